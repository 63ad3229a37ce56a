"""Calculations in exact numbers: rational where the arithmetic is rational, else narrow balls."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from adapters import Array
from adapters.calculation import Calculation
from adapters.reference.engine import Engine
from reference.comparisons import UndecidedError
from verification.certification.certified_value import CertifiedValue
from verification.session import Session
from verification.verdicts.verdict import unit
from worked_examples import CalculationExample, FixtureError
from worked_examples.exact_numbers import Exact
from worked_examples.schema.kinds.calculation import CalculationTarget

BITS = 300


def exactly(example: CalculationExample) -> Calculation:
    """The reference's calculation in exact numbers.

    Raises:
        FixtureError: where a step compares numbers that are equal, or nearly, and not rational.

    """
    with flint.ctx.workprec(BITS):
        try:
            return Engine().calculate(example, "exact")
        except UndecidedError as error:
            raise FixtureError(f"{example.file or example.id}: {open_comparison(example, error)}") from None


def open_comparison(example: CalculationExample, error: UndecidedError) -> str:
    """The key of the step that compares, the reason, and what to write instead."""
    position = [step.name for step in example.steps].index(error.node)
    return (
        f"steps[{position}] '{error.node}': {example.steps[position].function}: {error}, {BITS} bits; "
        "write operands that differ, or that are rational"
    )


def exact_calculation(session: Session, example: CalculationExample) -> Calculation:
    """What ``exactly`` says, computed once in a session."""
    return session.once(("exact calculation", example.id), lambda: exactly(example))


def calculation_as_printed(session: Session, example: CalculationExample) -> Calculation:
    """The exact calculation, or, where inputs are known only as printed, one in balls as wide as what is not known."""
    if not example.rounded:
        return exact_calculation(session, example)
    wide = example.model_copy(update={"inputs": widened(example)})
    return session.once(("calculation as printed", example.id), lambda: exactly(wide))


def widened(example: CalculationExample) -> dict[str, Any]:
    """The inputs, those that are rounded as decimal strings with an error (``"0.25 +/- 0.005"``)."""
    widen: Any = np.frompyfunc(lambda text: f"{text} +/- {unit(text) / 2}", 1, 1)
    return {
        name: np.asarray(widen(np.array(array)), dtype=object).tolist() if name in example.rounded else array
        for name, array in example.inputs.items()
    }


def as_ball(number: Any) -> flint.arb:
    """An exact number of any type as a ball, at the precision that is set."""
    if isinstance(number, Exact):
        return number.ball()
    if isinstance(number, Fraction):
        return flint.arb(number.numerator) / flint.arb(number.denominator)
    return number if isinstance(number, flint.arb) else flint.arb(float(number))


def as_balls(array: Any) -> Array:
    """Exact numbers of any type as an array of balls, at the precision that is set."""
    return np.asarray(np.frompyfunc(as_ball, 1, 1)(array), dtype=object)


def as_certified(exact: Any) -> CertifiedValue:
    """An exact number as a certified value: one that is rational without error, a ball with its radius."""
    if isinstance(exact, float):
        return CertifiedValue(Decimal(exact), Decimal(0))
    if isinstance(exact, Exact):
        with flint.ctx.workprec(BITS):
            return as_certified(exact.ball() if exact.rational is None else exact.rational)
    if isinstance(exact, Fraction):
        decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
        return CertifiedValue(decimal, Decimal(0) if Fraction(decimal) == exact else abs(decimal).scaleb(-26))
    with flint.ctx.workprec(BITS):
        middle, error = Decimal(exact.mid().str(40, radius=False)), Decimal(exact.rad().str(5, radius=False))
    return CertifiedValue(middle, 2 * error + abs(middle).scaleb(-38))


def number(calculation: Calculation, target: CalculationTarget, index: tuple[int, ...]) -> Any:
    """The number that a printed name and an index stand for; a matrix of one row may be printed as a list."""
    array = (calculation.gradients if target.gradient else calculation.values)[target.name]
    if target.entry:
        array = np.asarray(array[target.entry])
    if target.attribute:
        return float(np.asarray(getattr(array, target.attribute))[index])
    spare = array.ndim - len(index)
    entry = array.reshape(array.shape[spare:])[index] if spare >= 0 else array[index[-spare:]]
    return entry if isinstance(entry, Exact | Fraction | flint.arb) else float(entry)
