"""Arrays against exact ones: equal to the bound passes; beyond it, nan, inf, other shapes and empty arrays are a line each."""

import flint
import numpy as np
import pytest

from adapters import Array
from verification.exact import arithmetic
from verification.exact.comparison import bounded_differences, differences, unbounded_note

EXACT = np.array([[flint.arb(1), flint.arb(2)], [flint.arb(3), flint.arb(4)]], dtype=object)
VALUES = np.array([[1.0, 2.0], [3.0, 4.0]])
BOUND = np.full((2, 2), 0.25)


def with_entry(value: float) -> Array:
    """The exact values with another entry [1, 0]."""
    changed = VALUES.copy()
    changed[1, 0] = value
    return changed


@pytest.mark.parametrize("value", [3.0, 3.25, 2.75])
def test_an_entry_within_its_bound_is_no_line(value: float) -> None:
    """The bound itself belongs to it, on both sides."""
    assert differences("W", with_entry(value), EXACT, BOUND) == []


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (3.5, "W [1, 0]: computed 3.5, exact 3.0, difference 5.0e-01, bound 2.5e-01"),
        (2.5, "W [1, 0]: computed 2.5, exact 3.0, difference 5.0e-01, bound 2.5e-01"),
        (np.nan, "W [1, 0]: computed nan, exact 3.0, difference nan, bound 2.5e-01"),
        (np.inf, "W [1, 0]: computed inf, exact 3.0, difference inf, bound 2.5e-01"),
        (-np.inf, "W [1, 0]: computed -inf, exact 3.0, difference inf, bound 2.5e-01"),
    ],
)
def test_an_entry_beyond_its_bound_is_named(value: float, line: str) -> None:
    """The worst entry with both numbers, the difference and the bound."""
    assert differences("W", with_entry(value), EXACT, BOUND) == [line]


def test_the_next_number_after_the_bound_is_beyond_it() -> None:
    """No tolerance is added to the bound."""
    assert differences("W", with_entry(np.nextafter(3.25, 4)), EXACT, BOUND)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (np.zeros((0, 2)), "W: shape (0, 2), expected (2, 2)"),
        (np.zeros(0), "W: shape (0,), expected (2, 2)"),
        (VALUES[0], "W: shape (2,), expected (2, 2)"),
        (VALUES[None], "W: shape (1, 2, 2), expected (2, 2)"),
        (np.float64(1.0) * np.ones(()), "W: shape (), expected (2, 2)"),
    ],
)
def test_another_shape_is_a_line(values: Array, line: str) -> None:
    """Nothing is broadcast: an empty array, a row, a scalar or one more dimension are not the expected array."""
    assert differences("W", values, EXACT, BOUND) == [line]


@pytest.mark.parametrize("bound", [np.nan, -1.0, np.inf])
def test_a_bound_that_is_none_passes_nothing(bound: float) -> None:
    """Even the exact value is not within nan, and everything would be within inf."""
    assert differences("W", VALUES, EXACT, np.full((2, 2), bound))


@pytest.mark.parametrize("bound", [np.zeros(0), np.zeros(2), np.array(0.25), np.zeros((1, 2, 2))])
def test_bounds_of_another_shape_pass_nothing(bound: Array) -> None:
    """A bound is not broadcast either."""
    assert differences("W", VALUES, EXACT, bound) == [f"W: bounds of the shape {bound.shape} for an array of the shape (2, 2)"]


@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_nothing_is_no_comparison(shape: tuple[int, ...]) -> None:
    """Arrays without entries on both sides are an error, for they would pass whatever is computed."""
    empty = np.zeros(shape)
    assert differences("W", empty, empty.astype(object), empty) == [f"W: nothing to compare: shape {shape}"]


@pytest.mark.parametrize(
    ("value", "exact", "passes"),
    [
        (np.inf, "inf", True),
        (-np.inf, "-inf", True),
        (np.inf, "-inf", False),
        (-np.inf, "inf", False),
        (1.7e308, "inf", False),
        (np.nan, "inf", False),
        (np.nan, "nan", False),
        (np.inf, "nan", False),
        (1.0, "nan", False),
        (np.inf, "1e400", False),
        (np.inf, "0 +/- inf", False),
    ],
)
def test_what_is_not_finite_is_equal_to_that_very_infinity_only(value: float, exact: str, passes: bool) -> None:
    """An infinite exact value is an infinity without error: neither a great number, nor a ball that holds every number, nor nan."""
    assert (differences("E", np.array(value), flint.arb(exact), np.array(0.5)) == []) is passes


def test_an_infinite_entry_hides_no_other() -> None:
    """Beside it, every entry is compared."""
    exact = np.array([flint.arb("inf"), flint.arb(1)], dtype=object)
    assert differences("E", np.array([np.inf, 1.0]), exact, np.full(2, 0.25)) == []
    for other in (1.5, np.nan, np.inf):
        (line,) = differences("E", np.array([np.inf, other]), exact, np.full(2, 0.25))
        assert line.startswith(f"E [1]: computed {other!r}, exact 1.0, ")


def test_errors_are_told_beside_their_bounds() -> None:
    """Whether they pass or not; without an infinite entry."""
    told: list[tuple[list[float], list[float]]] = []
    exact = np.array([flint.arb(1), flint.arb("inf")], dtype=object)
    differences("E", np.array([1.5, np.inf]), exact, np.array([2.0, 2.0]), lambda *pair: told.append((*map(list, pair),)))  # type: ignore[arg-type]  # a pair
    assert told == [([0.5], [2.0])]


def test_a_scalar_has_no_index() -> None:
    """The loss is named without brackets, and what the mistake looks like is said behind it."""
    assert differences("loss", np.array(2.0), flint.arb(1), np.array(2.0**-10)) == [
        "loss: computed 2.0, exact 1.0, difference 1.0e+00, bound 9.8e-04; "
        "it looks like the expected one doubled (a missing 1/2, or a factor 2 too many)"
    ]


def test_where_rounding_is_not_bounded_only_a_number_is_asked_for() -> None:
    """Other entries are compared as ever; what is skipped is told once, and a shape is always compared."""
    exact, bound, skipped = arithmetic.balls(np.array([1.0, 2.0], dtype=object)), np.array([np.inf, 0.1]), list[str]()
    assert bounded_differences("a", np.array([5.0, 2.05]), exact, bound, skipped=skipped.append) == []
    (line,) = bounded_differences("b", np.array([5.0, 3.0]), exact, bound, skipped=skipped.append)
    assert line.startswith("b [0]: computed 3.0, exact 2.0")
    assert bounded_differences("c", np.array([np.nan, 2.0]), exact, bound, skipped=skipped.append) == ["c: not finite"]
    assert skipped == ["a", "b", "c"]
    assert bounded_differences("d", np.array([1.0]), exact, bound) == ["d: shape (1,), expected (2,)"]
    assert bounded_differences("e", np.array([1.0, 2.0]), exact, np.array([0.1, 0.1]), skipped=skipped.append) == []
    (line,) = bounded_differences("f", np.array([1.0, 2.0]), exact, bound)
    assert line.endswith("bound inf")
    infinite = arithmetic.balls(np.array([np.inf, 2.0], dtype=object))
    assert bounded_differences("g", np.array([np.inf, 2.0]), infinite, bound, skipped=skipped.append) == []
    assert bounded_differences("g", np.array([-np.inf, 2.0]), infinite, bound, skipped=skipped.append) == ["g: not finite"]
    skipped = ["a", "b", "c"]
    assert unbounded_note(skipped) == "not compared, for rounding in one epoch is not bounded: a and 2 more"
