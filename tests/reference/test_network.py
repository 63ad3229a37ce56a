"""The reference against what it was not written from: differences, exact rationals, hand-made cases."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from adapters import Array
from adapters.reference.engine import Engine, design, layers
from reference.activations import ACTIVATIONS
from reference.comparisons import UndecidedError, at_most, less
from reference.initializers import STANDARD_DEVIATIONS
from reference.losses import LOSSES
from reference.network import Layer, forward, loss
from verification import exact_arithmetic
from verification.certification.files import is_certifiable
from worked_examples import NetworkExample, load_all, numbers

fractions: Any = np.frompyfunc(Fraction, 1, 1)
NETWORKS = [e for e in load_all().values() if isinstance(e, NetworkExample) and is_certifiable(e)]
LINEAR = [example for example in NETWORKS if {layer.activation for layer in example.network.layers} == {"identity"}]


def ids(examples: list[NetworkExample]) -> list[str]:
    """The ids of the examples, as test ids."""
    return [example.id for example in examples]


@pytest.mark.parametrize("example", NETWORKS, ids=ids(NETWORKS))
def test_gradients_are_the_slopes_of_the_loss(example: NetworkExample) -> None:
    """Every gradient, of parameters and input, is the central difference of the loss, taken at 200 bits.

    A step h = 2^-40 makes the difference wrong by h^2/6 = 1.4e-25 times the third derivative; to leave the bound of 1e-20 times
    the greatest gradient, that derivative would have to be 70,000 times the gradient, in nets whose weights are near 1.
    """
    evaluation = exact_arithmetic.evaluate(example, None, exact_arithmetic.EXACT)
    slopes = vector([*[array for pair in evaluation.gradients for array in pair], evaluation.input_gradient])
    with flint.ctx.workprec(exact_arithmetic.EXACT):
        weights, step = layers(example, "ball"), flint.arb(2) ** -40
        arrays = [*[array for layer in weights for array in layer], numbers(example.data.input, "ball")]
        t = numbers(example.data.target, "ball")

        def value(point: Array) -> Any:
            *parameters, x = split(point, arrays)
            pairs = [Layer(*pair) for pair in zip(parameters[::2], parameters[1::2], strict=True)]
            return loss(design(example), forward(design(example), pairs, x), t)

        point = vector(arrays)
        shifts = [np.array([step * (i == place) for i in range(len(point))], dtype=object) for place in range(len(point))]
        differences = [(value(point + shift) - value(point - shift)) / (2 * step) for shift in shifts]
        worst = max(float(abs(a - b).upper()) for a, b in zip(differences, slopes, strict=True))
    assert worst <= 1e-20 * max(float(abs(slope).upper()) for slope in slopes)


def vector(arrays: list[Array]) -> Array:
    """All entries of all arrays in a row."""
    return np.concatenate([np.ravel(array) for array in arrays])


def split(row: Array, like: list[Array]) -> list[Array]:
    """The inverse of ``vector``."""
    ends = np.cumsum([array.size for array in like])[:-1]
    return [part.reshape(array.shape) for part, array in zip(np.split(row, ends), like, strict=True)]


@pytest.mark.parametrize("example", LINEAR, ids=ids(LINEAR))
def test_linear_networks_are_exact_in_rationals(example: NetworkExample) -> None:
    """In exact rational arithmetic the reference gives what float64 gives, within float64's rounding bound."""
    exact = Engine().evaluate(example, None, "rational")
    rounded, bound = Engine().evaluate(example, None, "float64"), exact_arithmetic.bounds(example, None, "float64")
    for (_, name, a), (_, _, b), (_, _, e) in zip(
        exact_arithmetic.named(rounded), exact_arithmetic.named(exact), exact_arithmetic.named(bound), strict=True
    ):
        apart = np.abs(np.asarray(b, dtype=object) - fractions(np.asarray(a)))
        assert np.all(apart <= np.asarray(e)), f"{name}: {apart} apart, bound {e}"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_match_their_definition(name: str) -> None:
    """Each activation is its textbook formula, evaluated with the math module."""
    x = np.array([[-2.0, -0.5, 0.0, 0.75, 3.0]])
    total = sum(math.exp(v) for v in x[0])
    formulas: dict[str, Callable[[float], float]] = {
        "identity": lambda v: v,
        "step": lambda v: 1.0 if v > 0 else 0.0,
        "sigmoid": lambda v: 1 / (1 + math.exp(-v)),
        "tanh": math.tanh,
        "relu": lambda v: max(v, 0.0),
        "softmax": lambda v: math.exp(v) / total,
    }
    expected = np.array([[formulas[name](v) for v in x[0]]])
    assert np.max(np.abs(ACTIVATIONS[name].value(x) - expected)) <= 8 * np.finfo(float).eps  # eight operations of one ulp


def test_softmax_does_not_overflow() -> None:
    """Sums of 1,000 and more leave softmax finite, because it subtracts the greatest."""
    y = ACTIVATIONS["softmax"].value(np.array([[1010.0, 1000.0, 990.0]]))
    assert np.all(np.isfinite(y))
    assert y[0, 0] == pytest.approx(1 / (1 + math.exp(-10) + math.exp(-20)), rel=8 * np.finfo(float).eps)


def test_relu_and_step_are_flat_at_zero() -> None:
    """The declared derivative of ReLU and step at 0 is 0."""
    zero, one = np.zeros((1, 1)), np.ones((1, 1))
    assert ACTIVATIONS["relu"].backward(zero, zero, one)[0, 0] == 0
    assert ACTIVATIONS["step"].backward(one, one, one)[0, 0] == 0


def test_softmax_under_cross_entropy_needs_no_shortcut() -> None:
    """The rule Ob = O - T is the softmax rule applied to the cross entropy's gradient, exactly, where targets sum to 1."""
    x = exact_arithmetic.balls(np.array([[0.3, -1.2, 0.7]], dtype=object))
    t = exact_arithmetic.balls(np.array([[0, 1, 0]], dtype=object))
    y = ACTIVATIONS["softmax"].value(x)
    long = ACTIVATIONS["softmax"].backward(x, y, LOSSES["cross entropy"].gradient(y, t))
    assert all(difference.contains(0) for difference in (long - (y - t)).ravel())


def test_losses_sum_over_patterns() -> None:
    """The half squared error is summed over patterns and outputs with the factor 1/2, the cross entropy summed."""
    y, t = np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert LOSSES["half squared error"].value(y, t) == (0.0625 * 2 + 0.25 * 2) / 2
    assert LOSSES["cross entropy"].value(y, t) == pytest.approx(-math.log(0.75) - math.log(0.5), rel=4 * np.finfo(float).eps)


def test_stop_tests_do_not_guess() -> None:
    """Overlapping balls and nan decide neither `<` nor `<=`."""
    wide = flint.arb("1 +/- 0.5")
    for test in (less, at_most):
        with pytest.raises(UndecidedError):
            test(wide, flint.arb(1.25))
        with pytest.raises(UndecidedError):
            test(float("nan"), 1.0)
    assert at_most(1, 1)
    assert not less(1, 1)


@pytest.mark.parametrize(
    ("name", "fans", "variance"), [("he", (10000, 7), 2e-4), ("lecun", (10000, 7), 1e-4), ("xavier", (3, 5), 0.25)]
)
def test_initial_standard_deviations(name: str, fans: tuple[int, int], variance: float) -> None:
    """The square of each standard deviation is the printed variance formula's value."""
    assert STANDARD_DEVIATIONS[name](*fans) ** 2 == pytest.approx(variance, rel=4 * np.finfo(float).eps)


def test_the_recovered_weights_of_312_1_are_the_only_ones() -> None:
    """Of all whole-number biases, only [1 2 3] gives the gradients that 312_1 prints; the kernel follows from the bias."""
    x, final, bias = [2, 3, 4], [[2.2, -0.867, 14.2], [2.8, -2.8, 18.3], [3.4, -4.733, 22.4]], [0.6, -0.933, 6.1]
    printed = [["0.000"] * 4, ["0.001"] * 3 + ["0.000"], ["-0.001"] * 3 + ["-0.000"]]
    for column, start in enumerate(([1], [2], [3])):
        errors = {b: 30 * (b - bias[column]) for b in range(-200, 201)}
        gradients = {b: [f"{factor * e * 0.7**35:.3f}" for factor in (*x, 1)] for b, e in errors.items()}
        assert [b for b in gradients if gradients[b] == printed[column]] == start
        kernel = [round(final[row][column] + x[row] * (start[0] - bias[column]), 2) for row in range(3)]
        assert kernel == [[3, 4, 5], [5, 6, 7], [8, 9, 10]][column]
