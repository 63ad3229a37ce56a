"""AdaGrad, AdaDelta and RMSprop: first steps by their papers' formulas, and where epsilon is."""

import math
from typing import Any

import flint
import numpy as np
import pytest

from reference.optimization.optimizers import trajectory


@pytest.mark.parametrize("root", ["inside", "outside"])
def test_epsilon_is_inside_or_outside_the_root(root: str) -> None:
    """With a gradient of 3 and epsilon 7, AdaGrad divides by sqrt(16) = 4 or by 3 + 7 = 10."""
    (w,) = trajectory("adagrad", np.array([0.0]), [np.array([3.0])], [20.0], epsilon=7, root=root)
    assert w.item() == {"inside": -15, "outside": -6}[root]


def test_rmsprop_averages_squares() -> None:
    """With rho = 3/4 the first root is of g^2 / 4; centered it is of g^2 / 4 - (g / 4)^2 = 3 g^2 / 16."""
    start, g = np.array([0.0]), np.array([2.0])
    given: dict[str, Any] = {"rho": 0.75, "epsilon": 0, "root": "outside"}
    assert trajectory("rmsprop", start, [g], [1.0], **given)[0].item() == -2
    assert trajectory("rmsprop, centered", start, [g], [1.0], **given)[0].item() == pytest.approx(-4 / math.sqrt(3), rel=1e-15)
    two = trajectory("rmsprop, momentum", start, [g, g * 0], [1.0, 1.0], **given, momentum=0.5, form="momentum")
    assert [w.item() for w in two] == [-2, -3], "the velocity halves when the gradient is 0"


def test_adadelta_is_exact_where_roots_are() -> None:
    """With rho = 3/4, g = 2 and epsilon = 3: d = 2 sqrt(3) / sqrt(1 + 3) = sqrt(3)."""
    (w,) = trajectory("adadelta", np.array([0.0]), [np.array([2.0])], [1.0], rho=0.75, epsilon=3)
    assert w.item() == pytest.approx(-math.sqrt(3), rel=1e-15)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("adagrad", {"root": "outside"}),
        ("adadelta", {"rho": 0.5}),
        ("rmsprop", {"rho": 0.5, "root": "outside"}),
        ("rmsprop, momentum", {"rho": 0.5, "root": "outside", "momentum": 0.5, "form": "momentum"}),
        ("adam", {"beta1": 0.5, "beta2": 0.5}),
        ("adam, epsilon hat", {"beta1": 0.5, "beta2": 0.5}),
    ],
)
def test_a_gradient_that_cancels_to_zero_is_a_small_step(name: str, options: dict[str, Any]) -> None:
    """A ball around 0 of radius 2^-40 and an epsilon of 1/4: the step is enclosed, at most 2^-37 long."""
    start, g = (np.array([flint.arb(*ends)], dtype=object) for ends in ((1,), (0, 2.0**-40)))
    (w,) = trajectory(name, start, [g], [1], epsilon=flint.arb(0.25), **options)
    assert abs(w.item() - 1) <= 2.0**-37
