"""The trajectory of a training: its parameters at every checkpoint, step by step, compiled and eager."""

from collections.abc import Iterator, Mapping

import numpy as np

from adapters import Parameters
from adapters.training import Run
from verification.case import Case
from verification.certification.certified_run import CertifiedRun
from verification.certification.files import certified_run, is_certifiable
from verification.exact import arithmetic, error_bounds
from verification.exact.comparison import differences
from verification.records import Findings
from verification.runs.networks import first_updates, run
from worked_examples import NetworkExample

GUARD = 12
Trajectory = Mapping[int, list[Parameters]]
OTHER_UPDATE = "the optimizer does something else than W - learning_rate * gradient, or trains only a part of the parameters"
NOT_FLOAT64 = "look for a float32 variable, constant or learning rate: see adapters/{engine}"
NOT_EAGER = "the compiled loop does not carry out the eager update"


def check_trajectory(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """At every checkpoint the parameters are the certified ones within the divergence bound; one further epoch is the exact one.

    The steps where two neighbouring epochs are recorded are checked against the exact update, within the rounding of one epoch:
    no tolerance for a million epochs hides a wrong formula there. Without certified values the reference's run takes their
    place. A network too large for either is checked in these steps alone, which must then be all there are.
    """
    finished, known = run(case), certified_run(case.example)
    steps = [epoch for epoch in finished.parameters if epoch + 1 in finished.parameters]
    for epoch in steps:
        yield from one_step(case, epoch, finished.parameters)
    if is_certifiable(case.example):
        yield from off_trajectory(case, finished, known, findings)
    elif len(steps) != finished.epochs:
        yield f"only {len(steps)} of {finished.epochs} epochs can be checked in so large a net"


def off_trajectory(case: Case[NetworkExample], finished: Run, known: CertifiedRun | None, findings: Findings) -> Iterator[str]:
    """Lines for checkpoints at which a run is further from the exact trajectory than rounding may carry it."""
    trajectory = known.float64_trajectory if known else run(case.on("reference")).parameters
    bounds = error_bounds.divergence_bounds(case.example, trajectory, case.dtype)
    if known:
        digits = (
            arithmetic.digits(error_bounds.flat(finished.parameters[epoch]), error_bounds.row(balls))
            for epoch, balls in known.trajectory.items()
            if epoch in finished.parameters
        )
        findings.note_digits("parameters", min(digits))
        norms = {epoch: np.linalg.norm(error_bounds.flat(parameters)) for epoch, parameters in trajectory.items()}
        guaranteed = [-np.log10(bounds[epoch] / norm).item() for epoch, norm in norms.items() if bounds[epoch]]
        findings.guaranteed_digits = round(min(guaranteed), 2) if guaranteed else None
    yield from distances(finished.parameters, trajectory, bounds if known else doubled(bounds))


def doubled(bounds: Mapping[int, float]) -> dict[int, float]:
    """The bound for the distance of two runs of which neither is exact."""
    return {epoch: 2 * bound for epoch, bound in bounds.items()}


def distances(first: Trajectory, second: Trajectory, bounds: Mapping[int, float]) -> Iterator[str]:
    """Lines for parameters of two runs whose distance, at a common epoch, exceeds the bound."""
    common = sorted(set(first) & set(second))
    if not common:
        yield "no epoch is recorded in both runs: nothing was compared"
    for epoch in common:
        distance = float(np.linalg.norm(error_bounds.flat(first[epoch]) - error_bounds.flat(second[epoch])))
        if not distance <= bounds[epoch]:
            yield f"parameters at epoch {epoch}: distance {distance:.1e}, bound {bounds[epoch]:.1e}"


def one_step(case: Case[NetworkExample], epoch: int, parameters: Trajectory) -> Iterator[str]:
    """Lines for parameters at ``epoch + 1`` that are not those of the exact update from ``epoch``."""
    precisions = arithmetic.EXACT, arithmetic.BITS[case.dtype]
    exact, rough = (arithmetic.update(case.example, parameters[epoch], bits, epoch) for bits in precisions)
    for number, (computed, expected, wide) in enumerate(zip(parameters[epoch + 1], exact, rough, strict=True), 1):
        for name in Parameters._fields:
            bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(getattr(wide, name)), dtype=float)
            title = f"layer {number} {name} at epoch {epoch + 1}"
            unchanged = np.array_equal(getattr(parameters[epoch][number - 1], name), getattr(computed, name))
            for line in differences(title, getattr(computed, name), getattr(expected, name), bound):
                yield f"{line}; it was not updated" if unchanged else line


def check_float64(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """After the first step every quantity keeps at least 12 digits: no float32 hides in a run that is called float64.

    Float64 keeps 15 digits or 16 where nothing cancels, float32 at most 8; 12 lies between, with room for what cancels.
    """
    known = certified_run(case.example)
    if known is None:
        yield "there are no certified values to compare with"
        return
    first, exact = run(case).parameters[1], known.trajectory[1]
    for number, (computed, expected) in enumerate(zip(first, exact, strict=True), 1):
        for name in Parameters._fields:
            if not (digits := arithmetic.digits(getattr(computed, name), getattr(expected, name))) >= GUARD:
                yield f"layer {number} {name} after the first step: {digits:.1f} correct digits, {GUARD} at least in float64"


def at(updates: int | None) -> str:
    """Where a loop stops, in words; epochs are counted from 0."""
    return "never" if updates is None else f"after {updates} epochs"


def check_compiled(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The compiled loop and eager training agree over their first 1,000 updates, and the loop stops where it does begun anew."""
    compiled, eager = run(case), first_updates(case)
    if compiled.stop != compiled.restarted_stop:
        stop, restarted = at(compiled.stop), at(compiled.restarted_stop)
        yield f"the compiled loop stops {stop} without interruption, {restarted} begun anew at checkpoints"
    bounds = error_bounds.divergence_bounds(case.example, eager.parameters, case.dtype)
    yield from distances(compiled.parameters, eager.parameters, doubled(bounds))
