"""What layers ask of the samples."""

from collections.abc import Callable

import numpy as np
import pytest

from worked_examples.schema.data import ArrayData
from worked_examples.schema.layers.samples import data_faults
from worked_examples.schema.layers.sequences import EmbeddingLayer

BATCH = '{type = "batch normalization", scale = ["1", "1"], offset = ["0", "0"], epsilon = "0.1"},'
MASKS = '{type = "dropout", mask = [["1", "0"], ["0", "1"], ["1", "1"]], keep_prob = "0.5"},'
EMBEDDING = '{type = "embedding", kernel = [["1"], ["2"]]}, {type = "flatten"},'
SMALL = '[training]\noptimizer = "gradient descent"\nlearning_rate = "0.1"\nmax_epochs = 1\nbatch_size = 2\n'


@pytest.mark.parametrize(
    ("layers", "samples", "more", "message"),
    [
        (BATCH, 1, "", "network.layers[0].running_mean: missing; a batch of one sample has no statistics of its own"),
        (BATCH, 3, SMALL, "network.layers[0].running_mean: missing; a batch of one sample has no statistics of its own"),
        (MASKS, 2, "", "network.layers[0].mask: for 3 samples, but the data have 2"),
        (
            BATCH + MASKS,
            3,
            SMALL.replace("2", "1"),
            "network.layers[0].running_mean: missing; a batch of one sample has no statistics of its own",
        ),
        (
            '{kernel = [["1", "0"], ["0", "1"]], bias = "0", activation = "tanh"},' + MASKS,
            3,
            SMALL,
            "network.layers[1].mask: for every sample; accepted where batches are smaller than the data: one mask for all samples",
        ),
        (
            EMBEDDING,
            2,
            "",
            "network.layers[0].kernel: 2 rows, but the data have 'random numbers'; accepted: numbers of rows, from 0",
        ),
    ],
)
def test_what_the_samples_do_not_give_is_refused(
    fault: Callable[..., str], layers: str, samples: int, more: str, message: str
) -> None:
    """With file and key."""
    assert fault(layers, 2, 2, samples=samples, more=more) == message


def test_an_embedding_does_not_take_pixels() -> None:
    """Its kernel has rows for whole numbers."""
    layers = [EmbeddingLayer(type="embedding", kernel=[["1"], ["2"]])]
    faults = list(data_faults(layers, ArrayData.of(np.zeros((3, 2)), np.zeros((3, 2))), None))
    assert faults == ["layers[0].kernel: its rows are chosen by whole numbers, but the data are images"]
