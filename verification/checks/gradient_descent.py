"""The questions asked of numerical differentiation and of descents: against exact gradients, and against the frameworks' own."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

import flint
import numpy as np

from adapters import Array
from adapters.reference.engine import Engine, valued
from reference import finite_differences
from verification import exact_arithmetic
from verification.certification.certified_value import CertifiedValue
from verification.checks.calculation import BITS, as_balls
from verification.checks.evaluation import READ_ADAPTER
from verification.checks.evaluation import differences as apart
from verification.checks.printed_numbers import settle
from verification.descent_bounds import steepness
from verification.failure import Record, fail
from verification.session import Case
from verification.verdicts import Verdict
from worked_examples import DescentRun, GradientDescentExample, numbers
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.gradient_descent import DescentTarget


def example_of(case: Case) -> GradientDescentExample:
    """The case's example, which differentiates a function."""
    assert isinstance(case.example, GradientDescentExample)
    return case.example


def numerical(example: GradientDescentExample, run: DescentRun, x: Array, number_type: str = "float64") -> Array:
    """The central differences at ``x``, in a number type."""
    calculation = example.calculation(run)

    def f(point: Array) -> Any:
        return valued(calculation, number_type, point)[1][run.value][()]

    return finite_differences.numerical_gradient(f, x, numbers(example.h, number_type)[()])


def points(example: GradientDescentExample, run: DescentRun) -> list[Array]:
    """The course of a run along its numerical gradient, in float64, as the book's program goes."""
    start, rate = np.asarray(numbers(run.start)), numbers(run.learning_rate)[()]
    return finite_differences.descend(lambda x: numerical(example, run, x), start, rate, run.steps)


def check_gradients(case: Case, record: Record) -> None:
    """The engine's own gradient at every start is the exact one, within the rounding bound of its formula."""
    example, problems = example_of(case), list[str]()
    for run in example.runs:
        calculation = example.calculation(run)
        found = case.adapter.calculate(calculation, case.dtype).gradients["x"]
        with flint.ctx.workprec(exact_arithmetic.BITS[case.dtype]):
            bound = exact_arithmetic.SLACK * exact_arithmetic.radius(Engine().calculate(calculation, "ball").gradients["x"])
        with flint.ctx.workprec(BITS):
            right = np.asarray(as_balls(Engine().calculate(calculation, "rational").gradients["x"]), dtype=object)
            problems += apart(f"gradient of {run.value} at the start of {run.name}", found, right, np.asarray(bound, dtype=float))
    if problems:
        fail(case, problems, READ_ADAPTER.format(case.engine))


def check_differences(case: Case, record: Record) -> None:
    """The numerical gradient at every start is the central difference, within the rounding bound of its formula.

    The bound is that of ball arithmetic through the very quotient: the two function values cancel, and 2h divides what is left.
    """
    example, problems = example_of(case), list[str]()
    for run in example.runs:
        found = numerical(example, run, np.asarray(numbers(run.start)))
        with flint.ctx.workprec(53):
            rough = numerical(example, run, np.asarray(numbers(run.start, "ball")), "ball")
            bound = np.asarray(exact_arithmetic.SLACK * exact_arithmetic.radius(rough), dtype=float)
        exact = np.asarray(numerical(example, run, np.asarray(numbers(run.start, "rational")), "rational"))
        with flint.ctx.workprec(BITS):
            problems += apart(f"numerical gradient of {run.name}", found, np.asarray(as_balls(exact), dtype=object), bound)
    if problems:
        fail(case, problems, "compare reference/differences.py with the formula")


def check_descents(case: Case, record: Record) -> None:
    """The engine's own gradient descent along its own gradient ends where exact arithmetic does.

    One step of a sum of squares rounds to within ``SLACK`` units; with the Hessian's norm n every earlier error is multiplied by at
    most ``|1 - rate n|``, or by 1 in a flat direction, relative to what the point itself is multiplied by at least.
    """
    problems = []
    for run in example_of(case).runs:
        if not run.steps:
            continue
        unit = 2 * exact_arithmetic.SLACK * run.steps * 2.0 ** -exact_arithmetic.BITS[case.dtype] * steepness(example_of(case), run)
        found = case.adapter.descend(example_of(case), run, case.dtype)
        exact = Engine().descend(example_of(case), run, "rational")
        bound = unit * np.abs(exact.astype(float))
        with flint.ctx.workprec(BITS):
            problems += apart(f"end of {run.name}", found, np.asarray(as_balls(exact), dtype=object), bound)
    if problems:
        fail(case, problems, "the optimizer does something else than x - rate * gradient")


def check_printed(case: Case, record: Record) -> None:
    """Every printed gradient, probe and end point is the computed one, rounded; every erratum is one."""
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    problems = [line for claim in claims(example_of(case)) for line in judged(example_of(case), claim, verdicts)]
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "recompute by hand from the printed inputs; a number that is wrong in print becomes an erratum")


def judged(example: GradientDescentExample, claim: Claim, verdicts: Record) -> Iterator[str]:
    """Judge one claim by the reference's float64: the program's own digits are what stands in print."""
    array = value(example, example.part(claim.block, claim.name))
    own = float(array[claim.at] if claim.at else array[()])
    yield from settle(claim, f"{claim}, {claim.where}", verdicts, own, CertifiedValue(Decimal(own), Decimal(0)), None)


def value(example: GradientDescentExample, part: DescentTarget) -> Array:
    """What a printed name stands for, in float64."""
    start = np.asarray(numbers(part.run.start))
    if part.what == "gradient":
        return numerical(example, part.run, start)
    if part.what == "end":
        return points(example, part.run)[-1]
    _, above, below = list(finite_differences.probes(start, float(example.h)))[part.coordinate]
    return above if part.what == "plus" else below


def check_notes(case: Case, record: Record) -> None:
    """The notes on broken-down derivatives are those that the fixture expects, if it expects any."""
    example = example_of(case)
    record["notes"] = found = [line for run in example.runs if run.steps for line in broken(example, run)]
    if example.notes is not None and found != example.notes:
        fail(case, [f"found: {found}", f"expected: {example.notes}"], "write the found notes into the fixture, if they are right")


def broken(example: GradientDescentExample, run: DescentRun) -> Iterator[str]:
    """A note where the numerical gradient of a course becomes exactly 0 although the function still slopes there."""
    course = points(example, run)
    still = next((step for step, (a, b) in enumerate(pairwise(course), 1) if np.array_equal(a, b)), None)
    exact = Engine().descend(example, run, "rational").astype(float)
    if still is not None and not np.allclose(course[-1], exact, rtol=0.5):
        yield (
            f"{run.name}: the numerical derivative has broken down: x +- h no longer differs from x, the gradient is exactly 0 "
            f"from step {still} on; exact gradients end at {', '.join(f'{entry:.8e}' for entry in exact)}"
        )


DESCENT_CHECKS: Mapping[str, Any] = {
    "gradients": check_gradients,
    "differences": check_differences,
    "descents": check_descents,
    "printed": check_printed,
    "notes": check_notes,
}
