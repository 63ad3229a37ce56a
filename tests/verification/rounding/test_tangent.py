"""Tangents: enclosures with derivatives and rounding errors."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest

from verification.rounding.tangent import Tangent, as_tangent, plain, variables

FORMULAS: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda x, y: x + y + 1,
    "subtract": lambda x, y: 2 - (x - y) - 0.5,
    "multiply": lambda x, y: 3 * x * y,
    "divide": lambda x, y: x / y + 1 / y + y / 2,
    "power": lambda x, y: x**3 + y**0 + x**-1,
    "negative": lambda x, y: -x + y,
    "exp": lambda x, y: np.exp(x) * y,
    "log": lambda x, y: np.log(x) + y,
    "tanh": lambda x, y: np.tanh(x * y),
    "sqrt": lambda x, y: np.sqrt(x + y),
}
POINT = (0.7, 1.3)


def at(formula: Callable[[Any, Any], Any], radius: float, bits: int) -> Tangent:
    """The formula at the point, in tangents of a precision."""
    with flint.ctx.workprec(bits):
        x, y = (np.array([variable], dtype=object) for variable in variables(POINT, radius))
        found: Tangent = np.asarray(formula(x, y), dtype=object).item()
        return found


@pytest.mark.parametrize("name", FORMULAS)
def test_slopes_enclose_the_derivatives_at_every_point_within_the_radius(name: str) -> None:
    """Central differences of float64 at the corners, right to 1e-9, lie in the slopes."""
    formula, h = FORMULAS[name], 1e-6
    found = at(formula, 0.01, 100)
    for dx, dy in ((0.0, 0.0), (0.01, 0.01), (-0.01, 0.01), (0.01, -0.01)):
        x, y = POINT[0] + dx, POINT[1] + dy
        assert found.value.overlaps(flint.arb(float(formula(x, y)), 1e-12))
        by_x = (formula(x + h, y) - formula(x - h, y)) / (2 * h)
        by_y = (formula(x, y + h) - formula(x, y - h)) / (2 * h)
        assert all(slope.overlaps(flint.arb(float(d), 1e-9)) for slope, d in zip(found.slopes.entries(), (by_x, by_y), strict=True))


@pytest.mark.parametrize("name", FORMULAS)
def test_the_error_bounds_what_float32_does(name: str) -> None:
    """At a precision of 21 bits, 8 units of float32, and not a thousand times more."""
    formula = FORMULAS[name]
    x, y = (np.float32(number) for number in POINT)
    exact = formula(float(x), float(y))
    found = at(formula, 0.0, 21)
    assert abs(float(formula(x, y)) - exact) <= float(found.error) <= 100 * abs(exact) * 2.0**-21


def test_comparisons_are_those_of_the_enclosures() -> None:
    """Neither a comparison nor its opposite holds where enclosures overlap."""
    a, b = variables((1.0, 1.5), 0.1)
    wide, _ = variables((1.0, 1.5), 1.0)
    assert [a < b, a <= b, a > b, a >= b, a == b, a != b] == [True, True, False, False, False, True]
    assert [wide < b, wide >= b, b <= wide] == [False, False, False]
    assert a < 1.2
    assert repr(a) == repr(a.value)
    assert float(plain(0.5)) == 0.5


def test_a_number_that_is_not_negative_keeps_its_slopes_and_its_error() -> None:
    """Only the enclosure becomes narrower."""
    (x,) = variables([0.0], 0.25)
    part = x.nonnegative_part()
    assert part.value.lower() == 0
    assert part.slopes == x.slopes
    assert part.error == x.error


def test_a_constant_has_no_derivatives_and_the_width_of_its_enclosure_as_error() -> None:
    """As what an optimizer keeps of a gradient that does not depend on the parameters."""
    (x,) = variables([1.0], 0.5)
    assert as_tangent(x, 1) is x
    constant = as_tangent(flint.arb(3, 0.25), 2)
    assert [float(slope) for slope in constant.slopes.entries()] == [0.0, 0.0]
    assert 0.5 <= float(constant.error.upper()) < 0.51
