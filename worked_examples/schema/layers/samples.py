"""What layers ask of the samples: batches large enough for their statistics, a mask for each, whole numbers for an embedding."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from worked_examples.schema.data import ArrayData, Data
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.attention import AttentionLayer
from worked_examples.schema.layers.base import Given
from worked_examples.schema.layers.graph import given_to
from worked_examples.schema.layers.normalization import BatchNormalizationLayer, DropoutLayer
from worked_examples.schema.layers.sequences import EmbeddingLayer
from worked_examples.schema.trainings.training import Training


def data_faults(layers: Sequence[AnyLayer], data: Data, training: Training | None) -> Iterator[str]:
    """What of the data or of the batches does not suit a layer, from the layer's key on."""
    sizes = batch_sizes(data.samples, training)
    for index, (layer, (given, _)) in enumerate(zip(layers, given_to(layers, data.shapes[0][1]), strict=True)):
        if isinstance(layer, BatchNormalizationLayer):
            fault = statistics_fault(layer, given, sizes)
        elif isinstance(layer, DropoutLayer | AttentionLayer):
            fault = mask_fault(layer, given, data.samples, sizes)
        else:
            fault = entries_fault(layer, data) if isinstance(layer, EmbeddingLayer) else ""
        if fault:
            yield f"layers[{index}].{fault}"


def batch_sizes(samples: int, training: Training | None) -> set[int]:
    """The numbers of samples in a batch, the full one of an evaluation included."""
    size = samples if training is None or training.batch_size == "full" else training.batch_size
    visited = len(training.order[0]) if training and isinstance(training.order, list) else samples
    return {samples, min(size, visited), visited % size or size}


def statistics_fault(layer: BatchNormalizationLayer, given: Sequence[Given], sizes: set[int]) -> str:
    """Statistics of one number: its deviation is 0, whatever it is."""
    if layer.running_mean is None and min(sizes) * prod(given[0].shape[1:]) == 1:
        return "running_mean: missing; a batch of one sample has no statistics of its own"
    return ""


def mask_fault(layer: DropoutLayer | AttentionLayer, given: Sequence[Given], samples: int, sizes: set[int]) -> str:
    """A mask for every sample, where there are others, or where batches are smaller."""
    count = layer.samples(given)
    if count is not None and count != samples:
        return f"mask: for {count} samples, but the data have {samples}"
    if count is not None and sizes != {samples}:
        return "mask: for every sample; accepted where batches are smaller than the data: one mask for all samples"
    return ""


def entries_fault(layer: EmbeddingLayer, data: Data) -> str:
    """Data that are no numbers of the kernel's rows."""
    if isinstance(data, ArrayData):
        return "kernel: its rows are chosen by whole numbers, but the data are images"
    for row in data.input or [["random numbers"]]:
        for text in row:
            if data.input is None or Fraction(text).denominator != 1 or not 0 <= Fraction(text) < len(layer.kernel):
                return f"kernel: {len(layer.kernel)} rows, but the data have '{text}'; accepted: numbers of rows, from 0"
    return ""
