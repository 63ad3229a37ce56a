"""The functions of the framework conventions: gradients, kinks, ties, and what their reductions divide by."""

import inspect
import math
from collections.abc import Callable

import flint
import numpy as np
import pytest

from reference.comparisons import UndecidedError
from reference.convention_formulas import FORMULAS, normal_cdf, normal_density
from worked_examples import numbers

OPTIONS = {"leaky relu": {"slope": "0.01"}, "huber": {"delta": "0.45"}, "penalty": {"coefficient": "0.1"}}
Y, T = [["0.2", "0.5", "0.3"], ["0.6", "0.1", "0.35"]], [["0.7", "0.1", "0.25"], ["0.25", "0.5", "0.125"]]


@pytest.mark.parametrize("name", FORMULAS)
def test_every_gradient_is_the_derivative_of_its_value(
    name: str, ball_precision: None, assert_gradient: Callable[..., None]
) -> None:
    """Central differences agree with every gradient, away from kinks, with options and further arrays."""
    value, gradient = FORMULAS[name]
    y, t = numbers(Y, "ball"), numbers(T, "ball")
    options = {key: numbers(text, "ball")[()] for key, text in OPTIONS.get(name, {}).items()}
    others = [t, 2 * t[0]][: len(inspect.signature(value).parameters) - 1 - len(options)]
    assert_gradient(lambda y: np.sum(value(y, *others, **options)), y, np.asarray(gradient(y, *others, **options)))


def test_rectifiers_are_flat_at_the_kink() -> None:
    """At 0 ReLU has the derivative 0, the leaky one that of the left side."""
    zero = np.zeros(1)
    assert FORMULAS["relu"].gradient(zero) == 0
    assert FORMULAS["leaky relu"].gradient(zero, slope=0.25) == 0.25


def test_the_gradient_of_a_maximum_is_one_entry() -> None:
    """Of equal entries the first has it; overlapping balls are undecided."""
    assert FORMULAS["greatest"].gradient(np.array([[1.0, 2.0], [2.0, 0.0]])).tolist() == [[0, 1], [0, 0]]
    with pytest.raises(UndecidedError):
        FORMULAS["greatest"].gradient(np.array([flint.arb("0 +/- 1"), flint.arb("0.5 +/- 1")], dtype=object))


def test_huber_is_smooth_where_its_branches_meet() -> None:
    """At an error of exactly delta both branches give the same value and gradient."""
    y, t = np.array([0.5, -0.5, 2.0]), np.zeros(3)
    assert FORMULAS["huber"].value(y, t, delta=0.5) == (0.125 + 0.125 + 0.875) / 3
    assert (FORMULAS["huber"].gradient(y, t, delta=0.5) * 3).tolist() == [0.5, -0.5, 0.5]


def test_means_divide_by_entries_or_by_samples() -> None:
    """The mean squared error is over all entries, the mean cross entropy over samples."""
    y, t = np.array([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]]), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    assert FORMULAS["mean squared error"].value(y, t) == (0.25 + 2 * 0.0625 + 0.25 + 0.5625 + 0.0625) / 6
    assert FORMULAS["mean cross entropy"].value(y, t) == FORMULAS["cross entropy"].value(y, t) / 2
    assert FORMULAS["weighted cross entropy"].value(y, t, np.array([2.0, 0, 0])) == math.log(2)


def test_gelu_is_built_on_the_normal_distribution(ball_precision: None) -> None:
    """P(X <= 0) is 1/2, P(X <= 1) the known 0.8413447...; the density at 0 is 1 / sqrt(2 pi), in floats and balls."""
    for number_type in ("float64", "ball"):
        at_zero, at_one = numbers(["0", "1"], number_type)[:, np.newaxis]
        assert float(normal_cdf(at_zero)[0]) == 0.5
        assert float(normal_cdf(at_one)[0]) == pytest.approx(0.84134474606854293, rel=1e-15)
        assert float(normal_density(at_zero)[0]) == pytest.approx(1 / math.sqrt(2 * math.pi), rel=1e-15)
