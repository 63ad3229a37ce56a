"""Numbers that record what is computed with them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters.reference.traced.recording import Recorded, RecordingError, in_order, inputs
from reference.comparisons import equals, exceeds, positive, reaches

X, Y = Recorded("x", "input"), Recorded("y", "input")


def said(number: Any) -> Any:
    """A number as nested tuples: an operation with its operands; inputs are their names."""
    if not isinstance(number, Recorded):
        return number
    if number.operation in ("input", "constant"):
        return number.operands[0]
    return number.operation, *map(said, number.operands)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (lambda: X + 1, ("+", "x", 1)),
        (lambda: 1 - X, ("-", 1, "x")),
        (lambda: X * Y, ("*", "x", "y")),
        (lambda: 2 / X, ("/", 2, "x")),
        (lambda: -X, ("-", "x")),
        (lambda: abs(X), ("fabs", "x")),
        (lambda: X**2, ("*", "x", "x")),
        (lambda: X**0, 1),
        (lambda: X**1, ("+", "x", 0)),
        (lambda: X**0.5, ("sqrt", "x")),
        (lambda: X**-1, ("/", 1, "x")),
        (lambda: X**3, ("pow", "x", 3)),
        (lambda: 0.5**X, ("pow", 0.5, "x")),
        (lambda: X >= Y, (">=", "x", "y")),
        (lambda: X != 0, ("!=", "x", 0)),
        (lambda: ~(X < 0), ("-", 1, ("<", "x", 0))),
        (lambda: np.float64(2) * X, ("*", 2.0, "x")),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
def test_what_is_computed_is_recorded(number: Callable[[], Any], expected: Any) -> None:
    """Operations of both sides, powers as NumPy computes them, comparisons as numbers."""
    assert said(number()) == expected


def test_arrays_are_recorded_entry_by_entry() -> None:
    """Matrix products, sums, functions and broadcasting are NumPy's own."""
    x = inputs(np.zeros((1, 2)), "x")
    assert [said(entry) for entry in np.exp(x).ravel()] == [("exp", "x[0]"), ("exp", "x[1]")]
    assert said((x @ x.T)[0, 0]) == ("+", ("*", "x[0]", "x[0]"), ("*", "x[1]", "x[1]"))
    assert said((X * np.array([2.0, 3.0]))[1]) == ("*", "x", 3.0)
    assert said((np.array([2.0, 3.0]) - X)[0]) == ("-", 2.0, "x")
    assert said(x.sum()) == ("+", "x[0]", "x[1]")


def test_comparisons_of_the_reference_are_numbers() -> None:
    """1 or 0, later; nothing is decided."""
    x, y = inputs(np.zeros(1), "x"), inputs(np.zeros(1), "y")
    assert said(positive(x)[0]) == (">", "x[0]", 0)
    assert said(reaches(x, y)[0]) == (">=", "x[0]", "y[0]")
    assert said(exceeds(x, y)[0]) == ("-", 1, (">=", "y[0]", "x[0]"))
    assert said(equals(x, y)[0]) == ("*", (">=", "x[0]", "y[0]"), (">=", "y[0]", "x[0]"))


@pytest.mark.parametrize(
    "decision",
    [lambda: bool(X > 0), lambda: float(X), lambda: np.where(inputs(np.zeros(2), "x") > 0, 1, 0)],
    ids=["truth", "value", "choice"],
)
def test_a_decision_by_a_value_is_refused(decision: Callable[[], Any]) -> None:
    """There is no value yet."""
    with pytest.raises((RecordingError, SystemError)):
        decision()


def test_operations_are_in_an_order_in_which_they_can_be_carried_out() -> None:
    """Each once, after its operands, however deep they are; inputs and constants are none."""
    square = X * X
    deep = square
    for _ in range(5000):
        deep = deep + 1
    ordered = in_order([deep, square])
    assert len(ordered) == 5001
    assert ordered[0] is square
    assert ordered[-1] is deep
    assert in_order([X, Recorded(1)]) == []
