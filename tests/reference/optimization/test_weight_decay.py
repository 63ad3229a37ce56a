"""Weight decay: L2 is a penalty's gradient, decoupled decay is not part of the gradient."""

from fractions import Fraction

import numpy as np

from reference.finite_differences import numerical_gradient
from reference.optimization.weight_decay import DECAYS
from worked_examples import numbers

W, G = numbers(["2", "-4"], "rational"), numbers(["1", "3"], "rational")
COEFFICIENT = Fraction(1, 2)


def test_l2_adds_the_gradient_of_its_penalty() -> None:
    """``c / 2 sum w^2``, exactly; the parameter stays, whatever the learning rate is."""
    w, g = DECAYS["l2"](W, G, Fraction(1, 4), COEFFICIENT)
    penalty = numerical_gradient(lambda w: COEFFICIENT / 2 * (w * w).sum(), W, 1)
    assert w is W
    assert np.array_equal(g - G, penalty)


def test_decoupled_decay_shrinks_the_parameter() -> None:
    """By the learning rate times the coefficient; the gradient stays."""
    w, g = DECAYS["decoupled"](W, G, Fraction(1, 4), COEFFICIENT)
    assert w.tolist() == [Fraction(7, 4), Fraction(-7, 2)]
    assert g is G


def test_under_plain_gradient_descent_both_are_one() -> None:
    """``w - lr (g + c w) = (w - lr c w) - lr g``."""
    learning_rate = Fraction(1, 4)
    ends = [w - learning_rate * g for w, g in (decay(W, G, learning_rate, COEFFICIENT) for decay in DECAYS.values())]
    assert ends[0].tolist() == ends[1].tolist()
