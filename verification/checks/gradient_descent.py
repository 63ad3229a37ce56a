"""Numerical differentiation and gradient descent on a function: against exact gradients, and against the engine's own."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

import flint
import numpy as np

from adapters.reference.engine import Engine
from verification.arithmetics.descent_values import descent_value
from verification.arithmetics.numerical_descent import numerical, points
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.calculations import BITS
from verification.exact.comparison import differences
from verification.exact.descent_bounds import steepness
from verification.exact.enclosures import as_balls
from verification.records import Findings
from verification.verdicts.printed_number import Computed, settle
from worked_examples import DescentRun, GradientDescentExample, numbers
from worked_examples.printed.claims import claims
from worked_examples.schema.page import ARITHMETICS

DescentCase = Case[GradientDescentExample]
OTHER_STEP = "the optimizer does something else than x - learning_rate * gradient"


def check_gradients(case: DescentCase, findings: Findings) -> Iterator[str]:
    """The engine's own gradient at every start is the exact one, within the rounding bound of its formula."""
    for run in case.example.runs:
        calculation = case.example.calculation(run)
        computed = case.engine.calculate(calculation, case.dtype).gradients["x"]
        with flint.ctx.workprec(arithmetic.BITS[case.dtype]):
            radii = arithmetic.radius(Engine().calculate(calculation, "ball").gradients["x"])
            bound = np.asarray(arithmetic.SAFETY_FACTOR * radii, dtype=float)
        with flint.ctx.workprec(BITS):
            exact = as_balls(Engine().calculate(calculation, "rational").gradients["x"])
            note = partial(findings.note_tightness, "descent_gradients")
            yield from differences(f"gradient of {run.value} at the start of {run.name}", computed, exact, bound, note)


def check_finite_differences(case: DescentCase, findings: Findings) -> Iterator[str]:
    """The numerical gradient at every start is the central difference, within the rounding bound of its formula.

    The bound is that of ball arithmetic through the very quotient: the two function values cancel, and 2h divides what is left.
    """
    for run in case.example.runs:
        computed = numerical(case.example, run, np.asarray(numbers(run.start)))
        with flint.ctx.workprec(53):
            rough = numerical(case.example, run, np.asarray(numbers(run.start, "ball")), "ball")
            bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(rough), dtype=float)
        exact = np.asarray(numerical(case.example, run, np.asarray(numbers(run.start, "rational")), "rational"))
        with flint.ctx.workprec(BITS):
            note = partial(findings.note_tightness, "finite_differences")
            yield from differences(f"numerical gradient of {run.name}", computed, as_balls(exact), bound, note)


def check_descents(case: DescentCase, findings: Findings) -> Iterator[str]:
    """The engine's own gradient descent along its own gradient ends where exact arithmetic does.

    One step of a sum of squares rounds to within ``SAFETY_FACTOR`` units. With the Hessian's norm n every earlier error is
    multiplied by at most ``|1 - learning_rate n|``, or by 1 in a flat direction, relative to the least factor of the
    point itself.
    """
    for run in case.example.runs:
        if run.steps:
            rounding = arithmetic.SAFETY_FACTOR * 2.0 ** -arithmetic.BITS[case.dtype]
            relative = 2 * rounding * run.steps * steepness(case.example, run)
            computed = case.engine.descend(case.example, run, case.dtype)
            exact = Engine().descend(case.example, run, "rational")
            with flint.ctx.workprec(BITS):
                bound, note = relative * np.abs(exact.astype(float)), partial(findings.note_tightness, "descents")
                yield from differences(f"end of {run.name}", computed, as_balls(exact), bound, note)


def check_printed(case: DescentCase, findings: Findings) -> Iterator[str]:
    """Every printed gradient, probe and end point is what the arithmetic of its block gives, rounded; every erratum is one."""
    findings.printed_numbers, session, example = [], case.session, case.example
    for claim in claims(example):
        value = partial(descent_value, session, example, example.part(claim.block, claim.name), claim.at)
        stated = example.printed[claim.block].arithmetic
        others = {name: partial(value, name) for name in ARITHMETICS if name != stated}
        exact = value(stated)
        yield from settle(claim, f"{claim}, {claim.where}", findings, Computed(float(exact.decimal), exact, None, others))


def check_notes(case: DescentCase, findings: Findings) -> Iterator[str]:
    """The notes on broken-down derivatives are those that the fixture expects, if it expects any."""
    findings.notes = [line for run in case.example.runs if run.steps for line in broken_down(case.example, run)]
    if case.example.notes is not None and findings.notes != case.example.notes:
        yield f"computed: {findings.notes}"
        yield f"expected: {case.example.notes}"


def broken_down(example: GradientDescentExample, run: DescentRun) -> Iterator[str]:
    """A note where the numerical gradient along a run becomes exactly 0 although the function still slopes there."""
    trajectory = points(example, run)
    still = next((step for step, (a, b) in enumerate(pairwise(trajectory), 1) if np.array_equal(a, b)), None)
    exact = Engine().descend(example, run, "rational").astype(float)
    if still is not None and not np.allclose(trajectory[-1], exact, rtol=0.5):
        yield (
            f"{run.name}: the numerical derivative has broken down: x +- h no longer differs from x, the gradient is exactly 0 "
            f"from step {still} on; exact gradients end at {', '.join(f'{entry:.8e}' for entry in exact)}"
        )
