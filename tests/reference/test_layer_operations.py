"""Layers as named functions: every backward rule is a gradient, and parameters and operands reach the layer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flint
import numpy as np
import pytest

from reference.comparisons import Array
from reference.layer_operations import LAYERS, sliding
from reference.layers.im2col import window

SLIDE = {"size": [2, 1], "stride": [2, 1]}
IMAGE = (1, 2, 4, 2)
GRU = [(1, 2, 2), (2, 6), (2, 6), (6,), (6,)]
CASES: Mapping[str, tuple[Mapping[str, Any], Sequence[tuple[int, ...]]]] = {  # parameters, shapes of the operands
    "convolution": ({"stride": 2, "padding": [1, 0]}, [IMAGE, (2, 2, 3, 2), (2,)]),
    "max pooling": (SLIDE, [IMAGE]),
    "average pooling": ({**SLIDE, "padding": [1, 0]}, [IMAGE]),
    "average pooling, padding counted": ({**SLIDE, "padding": [1, 0]}, [IMAGE]),
    "stochastic pooling": (SLIDE, [IMAGE, (1, 2, 2, 2)]),
    "expected pooling": (SLIDE, [IMAGE]),
    "batch normalization": ({}, [(3, 2), (2,), (2,), ()]),
    "batch normalization at inference": ({}, [(3, 2), (2,), (2,), (2,), (2,), ()]),
    "dropout": ({}, [(2, 3), (2, 3), ()]),
    "recurrent": ({}, [(1, 2, 2), (2, 2), (2, 2), (2,)]),
    "lstm": ({}, [(1, 2, 2), (2, 8), (2, 8), (8,)]),
    "gru": ({}, GRU),
    "gru reset after": ({}, GRU),
    "hidden units": ({}, [(2, 3), (3, 2), (2,)]),
    "visible units": ({}, [(2, 2), (3, 2), (3,)]),
    "flip": ({"axis": 3}, [IMAGE]),
    "crop": ({"index": (slice(1, 3), slice(0, 1))}, [IMAGE]),
    "concatenate": ({"axis": 1}, [(2, 1), (2, 3)]),
    "rows": ({}, [IMAGE]),
    "sum of products": ({}, [(2, 3), (2, 3), (2,), (2,)]),
}
POSITIVE = ("stochastic pooling", "expected pooling", "batch normalization", "batch normalization at inference", "dropout")


def test_every_layer_has_a_case() -> None:
    """A new layer needs one here."""
    assert set(CASES) == set(LAYERS)


@pytest.mark.parametrize("name", CASES)
def test_every_backward_rule_is_the_gradient(
    name: str, random_balls: Callable[..., Array], assert_gradient: Callable[..., None]
) -> None:
    """By every operand that is not a setting, for a weighted sum of the outputs."""
    parameters, shapes = CASES[name]
    layer = LAYERS[name]
    arrays = [np.asarray(random_balls(*shape, seed=seed), dtype=object) for seed, shape in enumerate(shapes, 1)]
    arrays = [np.asarray(abs(array), dtype=object) for array in arrays] if name in POSITIVE else arrays
    if name == "stochastic pooling":
        arrays[1] = arrays[1] / 3  # draws from [0, 1)
    y = np.asarray(layer.value(parameters, *arrays), dtype=object)
    dy = np.array([flint.arb(i + 1) / 3 for i in range(y.size)], dtype=object).reshape(y.shape)
    gradients = layer.backward(parameters, arrays, y, dy)
    assert len(gradients) == len(arrays)
    for place, gradient in enumerate(gradients):
        if gradient is not None:

            def weighted_sum(x: Array, place: int = place) -> Any:
                return np.sum(layer.value(parameters, *arrays[:place], x, *arrays[place + 1 :]) * dy)

            assert_gradient(weighted_sum, arrays[place], np.asarray(gradient, dtype=object))


def test_settings_have_no_gradient() -> None:
    """Draws, epsilon, running statistics and the probability of dropout."""
    x, ones, epsilon = np.arange(6.0).reshape(3, 2), np.ones(2), np.array(0.5)
    rules = {name: LAYERS[name].backward for name in ("batch normalization", "batch normalization at inference", "dropout")}
    computed = {
        name: rule({}, arrays, x, x)
        for (name, rule), arrays in zip(
            rules.items(), ([x, ones, ones, epsilon], [x, ones, ones, ones, ones, epsilon], [x, x, epsilon]), strict=True
        )
    }
    places = {name: [gradient is None for gradient in gradients] for name, gradients in computed.items()}
    assert places == {
        "batch normalization": [False, False, False, True],
        "batch normalization at inference": [False, False, False, True, True, True],
        "dropout": [False, False, True],
    }


def test_the_window_comes_from_the_parameters() -> None:
    """Stride 1 and no padding by default; a convolution's window has the size of its filters."""
    assert sliding({"size": 2}) == window(2, 1, 0)
    assert sliding({"stride": 2, "padding": [1, 0]}, np.zeros((4, 3, 5, 2))) == window((5, 2), 2, (1, 0))


def test_an_lstm_may_have_one_bias() -> None:
    """A second bias of zeros changes nothing."""
    random = np.random.RandomState(1)
    x, kernel, recurrent, bias = random.randn(2, 3, 2), random.randn(2, 8), random.randn(2, 8), random.randn(8)
    with_one, with_two = (LAYERS["lstm"].value({}, x, kernel, recurrent, *biases) for biases in ([bias], [bias, bias * 0]))
    assert np.array_equal(with_one, with_two)


@pytest.mark.parametrize(
    ("name", "parameters", "shapes", "reason"),
    [
        ("crop", {"index": (slice(0, 2), 1)}, [IMAGE], "the index of a crop"),
        ("crop", {"index": (slice(0, 5), slice(0, 1))}, [IMAGE], "the index of a crop"),
        ("crop", {"index": (slice(-2, 4), slice(0, 1))}, [IMAGE], "the index of a crop"),
        ("crop", {"index": (slice(0, 2, 2), slice(0, 1))}, [IMAGE], "the index of a crop"),
        ("max pooling", {"size": 2, "stride": 0}, [IMAGE], "size and stride must be at least 1"),
        ("batch normalization", {}, [(3, 2), (1,), (2,), ()], "one entry for each channel"),
        ("sum of products", {}, [(3,), (3,), (3,)], "an even number of operands"),
        ("rows", {}, [(3,)], "samples of at least one axis"),
    ],
)
def test_operands_and_parameters_that_do_not_fit_are_refused(
    name: str, parameters: Mapping[str, Any], shapes: Sequence[tuple[int, ...]], reason: str
) -> None:
    """Rather than cut off, counted from the end, or broadcast."""
    with pytest.raises(ValueError, match=reason):
        LAYERS[name].value(parameters, *(np.ones(shape) for shape in shapes))
