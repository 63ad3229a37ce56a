"""Calculations in exact numbers: rationals where they suffice, else narrow balls; wide ones for inputs known as printed only."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import flint
import numpy as np
import pytest

from adapters import Calculation
from verification.certification.certified_value import CertifiedValue
from verification.exact.calculations import as_ball, as_balls, as_certified, exact_calculation, number, rationally, widened
from verification.session import Session
from worked_examples import CalculationExample
from worked_examples.schema.kinds.calculation import CalculationTarget


def test_rational_arithmetic_is_exact(example: Callable[[str], CalculationExample]) -> None:
    """A shopping bill has no rounding; the softmax needs balls; each is computed once in a session."""
    session = Session()
    bill = exact_calculation(session, example("dl-python/graph-shopping"))
    assert {type(entry) for array in bill.values.values() for entry in np.ravel(np.asarray(array, dtype=object))} == {Fraction}
    softmax = exact_calculation(session, example("dl-python/softmax"))
    assert any(
        isinstance(entry, flint.arb) for array in softmax.values.values() for entry in np.ravel(np.asarray(array, dtype=object))
    )
    assert exact_calculation(session, example("dl-python/softmax")) is softmax


def test_only_an_irrational_function_leads_to_balls() -> None:
    """Any other error is one."""

    def no_exp(_: str) -> int:
        raise TypeError("loop of ufunc does not support argument of type Fraction")

    def no_division(_: str) -> int:
        raise ZeroDivisionError

    assert rationally(no_exp, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        rationally(no_division, lambda: 3)


def test_a_rounded_input_is_every_number_that_rounds_to_it(example: Callable[[str], CalculationExample]) -> None:
    """Half a unit of its last place; the other inputs stay as they are."""
    chosen = example("dl-python/graph-shopping")
    first, *others = chosen.inputs
    changed = chosen.model_copy(update={"inputs": chosen.inputs | {first: "0.25"}, "rounded": [first]})
    inputs = widened(changed)
    assert str(inputs[first]) == "0.25 +/- 0.005"
    assert {name: inputs[name] for name in others} == {name: chosen.inputs[name] for name in others}


def test_exact_numbers_become_balls_and_certified_values() -> None:
    """A fraction and a float without error, a third to 26 digits, a ball with its radius."""
    assert as_ball(Fraction(1, 4)) == as_ball(0.25) == as_ball(flint.arb("0.25"))
    assert as_balls([Fraction(1, 2), 0.5]).tolist() == [flint.arb(0.5), flint.arb(0.5)]
    assert as_certified(Fraction(1, 4)) == CertifiedValue(Decimal("0.25"), Decimal(0))
    assert as_certified(0.5) == CertifiedValue(Decimal("0.5"), Decimal(0))
    third, radius = as_certified(Fraction(1, 3))
    assert 0 < abs(third - Decimal(1) / 3) <= radius or third == Decimal(1) / 3
    assert 0 < radius < Decimal("1e-26")
    ball = as_certified(flint.arb(1, 0.25))
    assert ball.decimal == 1
    assert Decimal("0.25") <= ball.radius <= Decimal("0.6")


@pytest.mark.parametrize(
    ("name", "index", "expected"), [("m", (1, 0), 3.0), ("v", (1,), 6.0), ("v", (0, 1), 6.0), ("row", (1,), 8.0), ("s", (), 9.0)]
)
def test_an_index_finds_a_number(name: str, index: tuple[int, ...], expected: float) -> None:
    """A matrix of one row may be printed as a list, and a list as a matrix of one row."""
    values = {"m": np.array([[1.0, 2.0], [3.0, 4.0]]), "v": np.array([5.0, 6.0]), "row": np.array([[7.0, 8.0]]), "s": np.array(9.0)}
    target = CalculationTarget(name, gradient=False, entry=(), attribute="")
    assert number(Calculation(values, {}, {}), target, index) == expected
    assert number(Calculation({}, values, {}), target._replace(gradient=True), index) == expected
