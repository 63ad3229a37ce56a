"""Forms of momentum: two steps by hand in rationals, and where the forms agree."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from reference.optimization.momentum import (
    momentum,
    momentum_average,
    momentum_dampened,
    momentum_rate_outside,
    nesterov,
    nesterov_rate_outside,
    sgd,
)
from worked_examples import numbers

M, LR = Fraction(1, 2), Fraction(1, 4)


def two_steps(step: Callable[..., Any], first: Fraction, second: Fraction, **options: Any) -> list[Any]:
    """The parameter from 0 after steps along gradients 8 and 4, with these learning rates."""
    w, state = numbers(["0"], "rational"), (numbers(["0"], "rational"),)
    points = []
    for t, (g, learning_rate) in enumerate(((8, first), (4, second)), 1):
        state, w = step(state, w, numbers([str(g)], "rational"), learning_rate, t, **options)
        points.append(w.item())
    return points


@pytest.mark.parametrize(
    ("step", "options", "expected"),
    [
        (sgd, {}, [-2, -3]),
        (momentum, {"momentum": M}, [-2, -4]),  # v = -2, -1 - 1
        (momentum_rate_outside, {"momentum": M}, [-2, -4]),  # v = 8, 4 + 4
        (momentum_average, {"momentum": M}, [-1, -2]),  # v = 4, 2 + 2
        (momentum_dampened, {"momentum": M, "dampening": Fraction(3, 4)}, [-2, Fraction(-13, 4)]),  # v = 8, 4 + 1
        (nesterov, {"momentum": M}, [-3, -5]),  # -2 - 1, then -3 - 1 - 1
        (nesterov_rate_outside, {"momentum": M}, [-3, -5]),  # v = 8, 8
    ],
)
def test_two_steps_by_hand(step: Callable[..., Any], options: dict[str, Any], expected: list[Any]) -> None:
    """Gradients 8 and 4 at learning rate 1/4."""
    assert two_steps(step, LR, LR, **options) == expected


@pytest.mark.parametrize(("inside", "outside"), [(momentum, momentum_rate_outside), (nesterov, nesterov_rate_outside)])
def test_the_place_of_the_learning_rate_matters_only_if_it_changes(inside: Any, outside: Any) -> None:
    """Both forms agree at a constant learning rate, and differ at the first step after a change."""
    assert two_steps(inside, LR, LR, momentum=M) == two_steps(outside, LR, LR, momentum=M)
    (first, second), (same, other) = (two_steps(form, LR, LR / 2, momentum=M) for form in (inside, outside))
    assert first == same
    assert second != other
