"""Arrays against exact ones: equal to the bound passes; beyond it, nan, inf, other shapes and empty arrays are a line each."""

import flint
import numpy as np
import pytest

from adapters import Array
from verification.exact.comparison import diagnosis, differences

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


@pytest.mark.parametrize("bound", [np.nan, -1.0])
def test_a_bound_that_is_none_passes_nothing(bound: float) -> None:
    """Even the exact value is not within nan."""
    assert differences("W", VALUES, EXACT, np.full((2, 2), bound))


def test_an_exact_value_that_is_not_finite_passes_nothing() -> None:
    """Nothing is within a bound of nan."""
    assert differences("E", np.array(1.0), flint.arb("nan"), np.array(0.5))


def test_a_scalar_has_no_index() -> None:
    """The loss is named without brackets."""
    assert differences("loss", np.array(2.0), flint.arb(1), np.array(0.5)) == [
        "loss: computed 2.0, exact 1.0, difference 1.0e+00, bound 5.0e-01; "
        "it looks like the expected one doubled (a missing 1/2, or a factor 2 too many)"
    ]


@pytest.mark.parametrize(
    ("computed", "words"),
    [
        (2 * VALUES, "doubled"),
        (VALUES / 2, "half"),
        (-VALUES, "sign turned"),
        (VALUES.T, "transposed"),
        (VALUES + 1, ""),
        (2 * VALUES + 1e-4, ""),
        (np.full((2, 2), np.nan), ""),
    ],
)
def test_a_diagnosis_says_what_an_array_looks_like(computed: Array, words: str) -> None:
    """Doubled, halved, negated or transposed, to a millionth of the greatest entry; anything else is left without."""
    text = diagnosis(computed, VALUES)
    assert words in text if words else text == ""


def test_zeros_look_like_nothing() -> None:
    """All-zero expected values are their own double and transpose."""
    assert diagnosis(np.ones((2, 2)), np.zeros((2, 2))) == ""
