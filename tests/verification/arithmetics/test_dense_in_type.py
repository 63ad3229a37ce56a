"""Every order of summation lies within the enclosure of dense layers in a floating-point type."""

from itertools import pairwise

import flint
import numpy as np
import pytest

from adapters import Array, Parameters
from reference.activations import ACTIVATIONS
from reference.comparisons import UndecidedError
from verification.arithmetics.dense_in_type import FURTHER, outputs_in_type, sums_in_type
from verification.exact.arithmetic import EXACT, balls

ACTIVATIONS_OF_LAYERS = ("sigmoid", "relu", "tanh", "softmax")


def layers_of(*units: int, scale: float = 1.0) -> list[Parameters]:
    """Random layers of float32 numbers, with a bias each."""
    random = np.random.RandomState(0)
    shapes = pairwise(units)
    pairs = [(random.standard_normal(shape) * scale / np.sqrt(shape[0]), random.standard_normal(shape[1])) for shape in shapes]
    return [Parameters(*(array.astype("float32").astype(float) for array in pair)) for pair in pairs]


def in_order(x: Array, layers: list[Parameters], activations: tuple[str, ...], dtype: str, random: np.random.RandomState) -> Array:
    """The outputs where every sum is taken term by term, in a random order that is another for every layer."""
    for activation, layer in zip(activations, layers, strict=True):
        terms = [x[0, row] * layer.kernel[row].astype(dtype) for row in range(x.shape[1])] + [layer.bias.astype(dtype)]
        total = np.zeros_like(terms[-1])
        for position in random.permutation(len(terms)):
            total = total + terms[position]
        x = ACTIVATIONS[activation].value(total[None])
        assert x.dtype == dtype
    return x


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", ACTIVATIONS_OF_LAYERS)
def test_every_order_of_summation_is_enclosed(dtype: str, activation: str) -> None:
    """Thirty random orders; the inputs are divided by 255 in the type."""
    layers, activations = layers_of(200, 40, 30, 10), (activation, "sigmoid", "softmax")
    pixels, random = np.random.RandomState(1).randint(0, 256, (1, 200)), np.random.RandomState(2)
    with flint.ctx.workprec(EXACT):
        x = np.array([[flint.arb(int(pixel)) / 255 for pixel in pixels[0]]], dtype=object)
    enclosed = outputs_in_type(activations, layers, x, dtype)
    for _ in range(30):
        outputs = in_order(pixels.astype(dtype) / np.dtype(dtype).type(255), layers, activations, dtype, random)
        assert all(ball.contains(flint.arb(float(output))) for ball, output in zip(enclosed[0], outputs[0], strict=True))


def test_three_digits_of_float32_are_certain() -> None:
    """The radius of an output is at most a four-hundredth of it, so that outputs of another image are told from it."""
    x = balls(np.random.RandomState(1).uniform(0, 1, (1, 200)).astype("float32").astype(object))
    enclosed = outputs_in_type(("sigmoid", "sigmoid", "softmax"), layers_of(200, 40, 30, 10), x, "float32")
    assert all(float(ball.rad()) < 0.0025 * float(ball.mid()) for ball in enclosed[0])


def test_terms_that_are_zero_add_no_error() -> None:
    """Of an input that is 0 but for one entry a sum has two terms: the product, and the bias."""
    x = balls(np.array([[0.0] * 99 + [1.0]], dtype=object))
    layer = Parameters(np.ones((100, 1)), np.zeros(1))
    (total,) = sums_in_type(x, layer, "float32")[0]
    assert float(total.mid()) == pytest.approx(1)
    assert float(total.rad()) == pytest.approx((2 + FURTHER) * 2.0**-24, rel=1e-3)


def test_what_may_not_be_zero_is_a_term() -> None:
    """A ball around 0 may hold other numbers."""
    x = np.array([[flint.arb(0, 1e-3)] * 10], dtype=object)
    (total,) = sums_in_type(x, Parameters(np.ones((10, 1)), np.zeros(1)), "float32")[0]
    assert float(total.rad()) > 10 * 1e-3 * (1 + 11 * 2.0**-24)


def test_a_sum_that_may_overflow_is_open() -> None:
    """No digit is certain where the terms are beyond the largest number of the type."""
    x = balls(np.array([[3e38, 3e38]], dtype=object))
    with pytest.raises(UndecidedError, match=r"^a sum may overflow$"):
        outputs_in_type(("softmax",), [Parameters(np.ones((2, 1)), np.zeros(1))], x, "float32")
