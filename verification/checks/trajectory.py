"""The course of a training: its parameters at every checkpoint, step by step, compiled and ordinary."""

from collections.abc import Mapping

import numpy as np

from adapters import Parameters
from adapters.training import Run
from verification import error_bounds, exact_arithmetic
from verification.certification.certified_run import CertifiedRun
from verification.certification.files import certified_run, is_certifiable
from verification.checks.evaluation import differences
from verification.failure import Record, fail
from verification.session import LONG, Case, run

GUARD = 12
Course = Mapping[int, list[Parameters]]


def check_trajectory(case: Case, record: Record) -> None:
    """At every checkpoint the parameters are the certified ones within the drift bound; one further epoch is the exact one.

    The steps where two neighbouring epochs are recorded are checked against the exact update, within the rounding of one epoch:
    no tolerance for a million epochs hides a wrong formula there. Without certified values the reference's run stands in. A net too
    large for either is checked in these steps alone, which must then be all there are.
    """
    finished, known = run(case), certified_run(case.example)
    steps = [epoch for epoch in finished.parameters if epoch + 1 in finished.parameters]
    problems = [line for epoch in steps for line in one_step(case, epoch, finished.parameters)]
    if is_certifiable(case.example):
        problems += off_course(case, finished, known, record)
    elif len(steps) != finished.epochs:
        problems += [f"only {len(steps)} of {finished.epochs} epochs can be checked in so large a net"]
    if problems:
        fail(case, problems, "the optimizer does something else than W - lr * gradient, or trains only a part of the parameters")


def off_course(case: Case, finished: Run, known: CertifiedRun | None, record: Record) -> list[str]:
    """Lines for checkpoints at which a run is further from the exact course than rounding may carry it."""
    course = known.float64_trajectory if known else run(case._replace(engine="reference")).parameters
    drift = error_bounds.drift(case.example, course, case.dtype)
    if known:
        record["parameters"] = min(
            exact_arithmetic.digits(error_bounds.flat(finished.parameters[epoch]), error_bounds.row(balls))
            for epoch, balls in known.trajectory.items()
            if epoch in finished.parameters
        )
        record["floor"] = min(-np.log10(drift[e] / np.linalg.norm(error_bounds.flat(course[e]))).item() for e in course if drift[e])
    return apart(finished.parameters, course, drift if known else doubled(drift))


def doubled(drift: Mapping[int, float]) -> dict[int, float]:
    """The bound for the distance of two runs of which neither is exact."""
    return {epoch: 2 * bound for epoch, bound in drift.items()}


def apart(one: Course, other: Course, bound: Mapping[int, float]) -> list[str]:
    """Lines for parameters of two runs that are further apart, at a common epoch, than the bound."""
    problems = []
    for epoch in sorted(set(one) & set(other)):
        distance = float(np.linalg.norm(error_bounds.flat(one[epoch]) - error_bounds.flat(other[epoch])))
        if not distance <= bound[epoch]:
            problems.append(f"parameters at epoch {epoch}: {distance:.1e} apart, bound {bound[epoch]:.1e}")
    return problems


def one_step(case: Case, epoch: int, parameters: Course) -> list[str]:
    """Lines for parameters at ``epoch + 1`` that are not those of the exact update from ``epoch``."""
    precisions = exact_arithmetic.EXACT, exact_arithmetic.BITS[case.dtype]
    exact, rough = (exact_arithmetic.update(case.example, parameters[epoch], bits, epoch) for bits in precisions)
    problems = []
    for number, (got, right, bound) in enumerate(zip(parameters[epoch + 1], exact, rough, strict=True), 1):
        for name in Parameters._fields:
            error = np.asarray(exact_arithmetic.SLACK * exact_arithmetic.radius(getattr(bound, name)), dtype=float)
            title = f"layer {number} {name} at epoch {epoch + 1}"
            before = getattr(parameters[epoch][number - 1], name)
            lines = differences(title, getattr(got, name), getattr(right, name), error)
            problems += [f"{line}; it was not updated" if np.array_equal(before, getattr(got, name)) else line for line in lines]
    return problems


def check_float64(case: Case, record: Record) -> None:
    """After the first step every quantity keeps at least 12 digits: no float32 hides in a run that is called float64.

    Float64 keeps 15 digits or 16 where nothing cancels, float32 at most 8; 12 lies between, with room for what cancels.
    """
    known = certified_run(case.example)
    assert known, "asked only where certified values are"
    first, exact = run(case).parameters[1], known.trajectory[1]
    problems = [
        f"layer {number} {name} after the first step: {digits:.1f} correct digits, {GUARD} at least in float64"
        for number, (got, right) in enumerate(zip(first, exact, strict=True), 1)
        for name in Parameters._fields
        if (digits := exact_arithmetic.digits(getattr(got, name), getattr(right, name))) < GUARD
    ]
    if problems:
        fail(case, problems, "look for a float32 variable, constant or learning rate: see adapters/" + case.engine)


def check_compiled(case: Case, record: Record) -> None:
    """The compiled loop and ordinary training agree over their first 1,000 updates."""
    fast, slow = run(case), run(case, compiled=False, limit=LONG // case.updates)
    problems = apart(fast.parameters, slow.parameters, doubled(error_bounds.drift(case.example, slow.parameters, case.dtype)))
    if problems:
        fail(case, problems, "the compiled loop does not carry out the ordinary update")
