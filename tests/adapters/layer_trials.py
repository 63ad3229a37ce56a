"""Layers tried alone: one function of a calculation on drawn operands of asymmetric shapes, with a loss that weighs every output.

The engines run their own layers (``adapters/keras_layers.py``, ``adapters/torch_layers.py``) with these weights; a ``Calculation``
holds outputs and all gradients in the reference's layout.
"""

import zlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from adapters.reference.engine import Engine
from worked_examples import CalculationExample

POSITIVE, SHARE = "positive", "from 0 to 1"


class Trial(NamedTuple):
    """A layer: its function, its operands' shapes by name, its settings, its scalars, and the operands of another range."""

    function: str
    shapes: Mapping[str, tuple[int, ...]]
    settings: Mapping[str, Any] = {}
    scalars: Mapping[str, str] = {}
    ranges: Mapping[str, str] = {}


IMAGE = {"x": (2, 3, 7, 5)}
FILTERS = {"filters": (4, 3, 3, 2), "bias": (4,)}
SCALE = {"gamma": (3,), "beta": (3,)}
GRU = {"x": (3, 4, 2), "kernel": (2, 9), "recurrent": (3, 9), "bias": (9,), "recurrent_bias": (9,)}
EPSILON = {"epsilon": "0.0009765625"}
TRIALS: Mapping[str, Trial] = {
    "convolution": Trial("convolution", IMAGE | FILTERS),
    "convolution of stride 3, 2": Trial("convolution", IMAGE | FILTERS, {"stride": [3, 2]}),
    "convolution padded by 2, 1": Trial("convolution", IMAGE | FILTERS, {"padding": [2, 1]}),
    "convolution of stride 2, padded": Trial("convolution", IMAGE | FILTERS, {"stride": 2, "padding": 1}),
    "convolution 1x1": Trial("convolution", {"x": (2, 3, 4, 5), "filters": (4, 3, 1, 1), "bias": (4,)}),
    "one window as large as the image": Trial("convolution", {"x": (2, 3, 3, 2), **FILTERS}),
    "max pooling": Trial("max pooling", IMAGE, {"size": [3, 2], "stride": [3, 2]}),
    "max pooling of overlapping windows": Trial("max pooling", IMAGE, {"size": 3, "stride": 2}),
    "max pooling, padded": Trial("max pooling", IMAGE, {"size": 3, "stride": 2, "padding": 1}),
    "average pooling": Trial("average pooling", IMAGE, {"size": [3, 2], "stride": [2, 1]}),
    "average pooling at the edge": Trial("average pooling", IMAGE, {"size": 3, "stride": 1, "padding": 1}),
    "average pooling, padding counted": Trial("average pooling, padding counted", IMAGE, {"size": 3, "stride": 2, "padding": 1}),
    "stochastic pooling": Trial(
        "stochastic pooling",
        {"x": (2, 3, 6, 4), "draws": (2, 3, 3, 2)},
        {"size": [2, 2], "stride": [2, 2]},
        ranges={"x": POSITIVE, "draws": SHARE},
    ),
    "expected pooling": Trial("expected pooling", {"x": (2, 3, 6, 4)}, {"size": [2, 2], "stride": [2, 2]}, ranges={"x": POSITIVE}),
    "batch normalization of units": Trial("batch normalization", {"x": (5, 3), **SCALE}, scalars=EPSILON),
    "batch normalization of maps": Trial("batch normalization", {"x": (2, 3, 4, 5), **SCALE}, scalars=EPSILON),
    "batch normalization at inference": Trial(
        "batch normalization at inference",
        {"x": (5, 3), **SCALE, "mean": (3,), "variance": (3,)},
        scalars=EPSILON,
        ranges={"variance": POSITIVE},
    ),
    "dropout": Trial("dropout", {"x": (3, 7), "mask": (3, 7)}, scalars={"kept": "0.75"}, ranges={"mask": "bits"}),
    "recurrent": Trial("recurrent", {"x": (3, 4, 2), "kernel": (2, 5), "recurrent": (5, 5), "bias": (5,)}),
    "lstm": Trial("lstm", {"x": (3, 4, 2), "kernel": (2, 12), "recurrent": (3, 12), "bias": (12,)}),
    "gru": Trial("gru", GRU),
    "gru reset after": Trial("gru reset after", GRU),
    "hidden units": Trial("hidden units", {"v": (4, 5), "kernel": (5, 3), "bias": (3,)}, ranges={"v": "bits"}),
    "visible units": Trial("visible units", {"h": (4, 3), "kernel": (5, 3), "bias": (5,)}, ranges={"h": "bits"}),
    "flip of rows": Trial("flip", IMAGE, {"axis": 2}),
    "crop": Trial("crop", IMAGE, {"index": "1:5,2:4"}),
}


def written(trial: Trial, weights: tuple[int, ...] = ()) -> CalculationExample:
    """A trial as a calculation; with ``weights``, the output's shape, as one that is differentiated."""
    shapes = {**trial.shapes, **({"w": weights} if weights else {})}
    drawn = {
        name: {"shape": list(shape), "seed": seed, "range": trial.ranges.get(name, "signed")}
        for seed, (name, shape) in enumerate(shapes.items())
    }
    steps = [{"name": "y", "function": trial.function, "operands": [*trial.shapes, *trial.scalars], **trial.settings}]
    table = {
        "kind": "calculation",
        "id": f"ours/{zlib.crc32(repr(trial).encode())}",
        "title": "a layer",
        "source": {"document": "ours", "section": "tests"},
        "provenance": "ours",
        "inputs": dict(trial.scalars),
        "random": drawn,
        "steps": steps + ([{"name": "loss", "function": "sum of products", "operands": ["y", "w"]}] if weights else []),
        "gradients_of": "loss" if weights else "",
    }
    return CalculationExample.model_validate(table)


def example(trial: Trial) -> CalculationExample:
    """A trial with a loss: the sum of all outputs, each times a weight."""
    return written(trial, Engine().calculate(written(trial), "float64").values["y"].shape)
