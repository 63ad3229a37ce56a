"""The questions asked of calculations: values and gradients against exact arithmetic, printed numbers, what an engine has not."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from adapters.calculation import Calculation
from adapters.reference.engine import Engine
from verification import exact_arithmetic, session
from verification.certification.certified_value import CertifiedValue
from verification.checks.evaluation import READ_ADAPTER, differences
from verification.checks.printed_numbers import settle
from verification.failure import Record, fail
from verification.session import Case
from verification.verdicts import Verdict, unit
from worked_examples import CalculationExample
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.calculation import CalculationTarget

BITS = 300
IRRATIONAL = (TypeError, AttributeError)  # what NumPy raises for exp and its like on fractions


def example_of(case: Case) -> CalculationExample:
    """The case's example, which is a calculation."""
    assert isinstance(case.example, CalculationExample)
    return case.example


def calculated(case: Case) -> Calculation:
    """The engine's calculation, from the cache where it was asked for before."""
    key = case.example.id, case.engine, case.dtype, 0
    if key not in session.MOMENTS:
        session.MOMENTS[key] = case.adapter.calculate(example_of(case), case.dtype)
    found: Calculation = session.MOMENTS[key]
    return found


def in_balls(example: CalculationExample, bits: int) -> Calculation:
    """The reference's calculation in ball arithmetic."""
    with flint.ctx.workprec(bits):
        return Engine().calculate(example, "ball")


EXACT: dict[str, Calculation] = {}


def exactly(example: CalculationExample) -> Calculation:
    """The reference's calculation in exact rationals where the arithmetic is rational, else in narrow balls."""
    if example.id not in EXACT:
        try:
            EXACT[example.id] = Engine().calculate(example, "rational")
        except IRRATIONAL:
            EXACT[example.id] = in_balls(example, BITS)
    return EXACT[example.id]


def as_far_as_known(example: CalculationExample) -> Calculation:
    """The exact calculation, or, where inputs are known only as printed, one in balls as wide as what is not known."""
    if not example.rounded:
        return exactly(example)
    if (key := f"{example.id} as printed") not in EXACT:
        with flint.ctx.workprec(BITS):
            EXACT[key] = Engine().calculate(example.model_copy(update={"inputs": widened(example)}), "ball")
    return EXACT[key]


def widened(example: CalculationExample) -> dict[str, Any]:
    """The inputs, those that are rounded as decimal strings with an error (``"0.25 +/- 0.005"``)."""
    widen: Any = np.frompyfunc(lambda text: f"{text} +/- {unit(text) / 2}", 1, 1)
    return {name: widen(np.array(array)).tolist() if name in example.rounded else array for name, array in example.inputs.items()}


def as_ball(number: Any) -> flint.arb:
    """An exact number of any type as a ball."""
    if isinstance(number, Fraction):
        return flint.arb(number.numerator) / flint.arb(number.denominator)
    return number if isinstance(number, flint.arb) else flint.arb(float(number))


as_balls: Any = np.frompyfunc(as_ball, 1, 1)


def check_values(case: Case, record: Record) -> None:
    """Every step's value and every gradient is the exact one, within the rounding bound of its own formula."""
    example, found = example_of(case), calculated(case)
    exact, rough = exactly(example), in_balls(example, exact_arithmetic.BITS[case.dtype])
    if found.missing:
        record["note"] = "; ".join(f"no {name}: {reason}" for name, reason in found.missing.items())
    problems: list[str] = []
    with flint.ctx.workprec(BITS):
        for kind, title in (("values", ""), ("gradients", "gradient of ")):
            for name, values in getattr(found, kind).items():
                right, bound = (np.asarray(as_balls(getattr(source, kind)[name]), dtype=object) for source in (exact, rough))
                if np.all(np.isfinite(values.astype(float))):
                    radii = np.asarray(exact_arithmetic.SLACK * exact_arithmetic.radius(bound), dtype=float)
                    problems += differences(f"{title}{name}", values, right, radii)
        problems += [f"gradient of {name}: none" for name in without_gradient(found, exact)]
    if problems:
        fail(case, problems, READ_ADAPTER.format(case.engine))


def without_gradient(found: Calculation, exact: Calculation) -> list[str]:
    """The inputs and steps for which the engine gives no gradient, although it is not 0."""
    if not found.gradients:
        return []
    absent = exact.gradients.keys() - found.gradients.keys() - found.missing.keys()
    return sorted(name for name in absent if np.any(exact.gradients[name] != 0))


def check_printed(case: Case, record: Record) -> None:
    """Every printed number of a calculation is the computed one, rounded; every erratum is one."""
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    problems = [line for claim in claims(example_of(case)) for line in judged(case, claim, verdicts)]
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "recompute by hand from the printed inputs; a number that is wrong in print becomes an erratum")


def judged(case: Case, claim: Claim, verdicts: Record) -> Iterator[str]:
    """Judge one claim, count it, and yield a line where the fixture does not expect the verdict."""
    example, found = example_of(case), calculated(case)
    name = claim.erratum.correct if claim.erratum and claim.erratum.of_label else claim.name
    part = example.part(claim.block, name)
    if part.name in found.missing:
        return
    own = number(found, part, claim.at)
    exact = None if part.attribute or not np.isfinite(own) else right_value(case, part, claim)
    other = number(found, example.part(claim.block, claim.name), claim.at) if name != claim.name else None
    yield from settle(claim, f"{claim}, {claim.where}", verdicts, own, exact, other)


def right_value(case: Case, part: CalculationTarget, claim: Claim) -> CertifiedValue:
    """What a printed number is judged by: the exact value, or in a block of float64 the reference's own."""
    example = example_of(case)
    if example.printed[claim.block].arithmetic == "float64":
        return CertifiedValue(Decimal(number(calculated(case._replace(engine="reference")), part, claim.at)), Decimal(0))
    source = exactly(example) if part.name in example.inputs else as_far_as_known(example)
    return certain(number(source, part, claim.at))


def number(found: Calculation, part: CalculationTarget, at: tuple[int, ...]) -> Any:
    """The number that a printed name and an index stand for; a matrix of one row may be printed as a list."""
    array = (found.gradients if part.gradient else found.values)[part.name]
    if part.entry:
        array = np.asarray(array[part.entry])
    if part.attribute:
        return float(np.asarray(getattr(array, part.attribute))[at])
    entry = array.reshape(array.shape[array.ndim - len(at) :])[at] if array.ndim >= len(at) else array[at[len(at) - array.ndim :]]
    return entry if isinstance(entry, Fraction | flint.arb) else float(entry)


def certain(exact: Any) -> CertifiedValue:
    """An exact number as a certified value: a float or a fraction without error, a ball with its radius."""
    if isinstance(exact, float):
        return CertifiedValue(Decimal(exact), Decimal(0))
    if isinstance(exact, Fraction):
        decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
        return CertifiedValue(decimal, Decimal(0) if Fraction(decimal) == exact else abs(decimal).scaleb(-26))
    with flint.ctx.workprec(BITS):
        middle, error = Decimal(exact.mid().str(40, radius=False)), Decimal(exact.rad().str(5, radius=False))
    return CertifiedValue(middle, 2 * error + abs(middle).scaleb(-38))


CALCULATION_CHECKS: Mapping[str, Any] = {"values": check_values, "printed": check_printed}
