"""What the tests of the adapters share: engines, examples by id, Python in a process of its own, layers on random operands."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from adapters import ENGINES, Engine, installed, load_engine
from worked_examples import CalculationExample, ImageExample, NetworkExample, load_all
from worked_examples.expression.writing import formula

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The name of each engine that is installed."""
    name: str = request.param
    if not installed(name):
        pytest.skip(f"{name} is not installed")
    return name


@pytest.fixture
def engine(engine_name: str) -> Engine:
    """Each engine that is installed."""
    return load_engine(engine_name)


@pytest.fixture(scope="session")
def network() -> Callable[[str], NetworkExample]:
    """``network(id)``: an example that is a network."""
    examples = {name: example for name, example in load_all().items() if isinstance(example, NetworkExample)}
    return lambda name: examples[name]


@pytest.fixture(scope="session")
def image_example() -> Callable[[str], ImageExample]:
    """``image_example(id)``: an example with images."""
    examples = {name: example for name, example in load_all().items() if isinstance(example, ImageExample)}
    return lambda name: examples[name]


@pytest.fixture
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """``python(code, **environment)``: the code's end in a process of its own, started in the project's root."""

    def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {"PATH": "/usr/bin:/bin", "HOME": str(Path.home()), "TF_CPP_MIN_LOG_LEVEL": "3"}
        command = [sys.executable, "-c", code]
        return subprocess.run(command, cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False, timeout=120)

    return run


class Trial(NamedTuple):
    """A layer: its function, its operands' shapes by name, its settings, its scalars, and operands from another range."""

    function: str
    shapes: Mapping[str, tuple[int, ...]]
    settings: Mapping[str, Any] = {}
    scalars: Mapping[str, str] = {}
    ranges: Mapping[str, str] = {}


IMAGE = {"x": (2, 3, 7, 5)}
SMALL_IMAGE = {"x": (2, 3, 6, 4)}
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
        SMALL_IMAGE | {"draws": (2, 3, 3, 2)},
        {"size": [2, 2], "stride": [2, 2]},
        ranges={"x": "positive", "draws": "from 0 to 1"},
    ),
    "expected pooling": Trial("expected pooling", SMALL_IMAGE, {"size": [2, 2], "stride": [2, 2]}, ranges={"x": "positive"}),
    "batch normalization of units": Trial("batch normalization", {"x": (5, 3), **SCALE}, scalars=EPSILON),
    "batch normalization of maps": Trial("batch normalization", {"x": (2, 3, 4, 5), **SCALE}, scalars=EPSILON),
    "batch normalization at inference": Trial(
        "batch normalization at inference",
        {"x": (5, 3), **SCALE, "mean": (3,), "variance": (3,)},
        scalars=EPSILON,
        ranges={"variance": "positive"},
    ),
    "dropout": Trial("dropout", {"x": (3, 7), "mask": (3, 7)}, scalars={"keep_prob": "0.75"}, ranges={"mask": "bits"}),
    "recurrent": Trial("recurrent", {"x": (3, 4, 2), "kernel": (2, 5), "recurrent": (5, 5), "bias": (5,)}),
    "lstm": Trial("lstm", {"x": (3, 4, 2), "kernel": (2, 12), "recurrent": (3, 12), "bias": (12,)}),
    "gru": Trial("gru", GRU),
    "gru reset after": Trial("gru reset after", GRU),
    "hidden units": Trial("hidden units", {"v": (4, 5), "kernel": (5, 3), "bias": (3,)}, ranges={"v": "bits"}),
    "visible units": Trial("visible units", {"h": (4, 3), "kernel": (5, 3), "bias": (5,)}, ranges={"h": "bits"}),
    "flip of rows": Trial("flip", IMAGE, {"axis": 2}),
    "crop": Trial("crop", IMAGE, {"index": "1:5,2:4"}),
}


RANGES = {
    "signed": "randint(-1023, 1024, {}) / 1024",
    "positive": "randint(1, 1024, {}) / 1024",
    "from 0 to 1": "randint(0, 1024, {}) / 1024",
    "bits": "randint(0, 2, {})",
}
"""How the numbers of a range are drawn, by the shape: they are exact in every type of at least 11 bits."""


def as_calculation(name: str, weights: tuple[int, ...] = ()) -> CalculationExample:
    """A trial, by its name, as a calculation; with ``weights``, the output's shape, its loss is the weighted sum of all outputs."""
    trial = TRIALS[name]
    shapes = {**trial.shapes, **({"w": weights} if weights else {})}
    draws = [f"{name} = {RANGES[trial.ranges.get(name, 'signed')].format(shape)}" for name, shape in shapes.items()]
    steps = [formula("y", trial.function, [*trial.shapes, *trial.scalars], trial.settings)]
    loss = ["loss = sum_of_products(y, w)"] if weights else []
    table = {
        "kind": "calculation",
        "id": f"ours/{re.sub('[^a-z0-9]+', '-', name)}",
        "title": f"a layer of the tests: {name}",
        "source": {"document": "ours", "section": "tests"},
        "provenance": "ours",
        "inputs": dict(trial.scalars),
        "recipe": {"generator": "numpy.random.seed", "seed": 1, "draw": "\n".join(draws)},
        "steps": "\n".join(steps + loss),
        "gradients_of": "loss" if weights else "",
    }
    return CalculationExample.model_validate(table)


@pytest.fixture(scope="session")
def layer_example() -> Callable[[str], CalculationExample]:
    """``layer_example(trial)``: a layer on random operands of asymmetric shapes, with a loss that weighs every output."""

    def make(name: str) -> CalculationExample:
        output = load_engine("reference").calculate(as_calculation(name), "float64").values["y"]
        return as_calculation(name, np.shape(output))

    return make


@pytest.fixture(params=TRIALS)
def each_layer(request: pytest.FixtureRequest, layer_example: Callable[[str], CalculationExample]) -> CalculationExample:
    """Every trial."""
    return layer_example(request.param)
