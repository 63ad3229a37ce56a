"""The trajectory of a training: its parameters at every checkpoint, step by step, compiled and eager."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import flint
import numpy as np

from adapters import Array, Parameters
from adapters.reference.training import one_epoch
from adapters.training import Run
from verification.arithmetics.engine_rounding import distances as distances_expected
from verification.arithmetics.turned_comparisons import turned
from verification.case import Case
from verification.certification.certified_run import CertifiedRun
from verification.certification.files import is_certifiable
from verification.certification.when_judged import certified
from verification.exact import arithmetic
from verification.exact.comparison import Note, bounded_differences, unbounded_note, unnoted
from verification.exact.other_engines import evidence
from verification.exact.parameter_distances import beyond, distance, shapes
from verification.records import Findings
from verification.rounding import error_bounds
from verification.runs.networks import first_updates, run
from worked_examples import NetworkExample

GUARD = 12
Trajectory = Mapping[int, list[Parameters]]
FLOAT32 = 4  # correct digits that float32 leaves at least where a step does not cancel much
OTHER_UPDATE = (
    "one does something else than the optimizer's formula, or trains only a part of the parameters: {engine}'s optimizer, or the "
    "reference's formula, which the exact update is from; where the other engines fail alike, look at the reference first"
)
NOT_FLOAT64 = "where about 7 digits are left, look for a float32 variable, constant or learning rate: see adapters/{engine}"
NOT_EAGER = (
    "the compiled loop and the eager update are two: the check trajectory says whether the compiled one is away from the exact"
)


def check_trajectory(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """At every checkpoint the parameters are the certified ones within the divergence bound; one further epoch is the exact one.

    The steps where two neighbouring epochs are recorded are checked against the exact update, within the rounding of one epoch:
    no tolerance for a million epochs hides a wrong formula there. Beyond what is certified the reference's run takes the place of
    certified values. A network too large for either is checked in these steps alone, which must then be all there are.
    """
    finished = run(case)
    if misshapen := [epoch for epoch, layers in finished.parameters.items() if shapes(layers) != expected_shapes(case)]:
        told = shapes(finished.parameters[misshapen[0]])
        yield f"parameters of the shapes {told} at epoch {misshapen[0]}, expected {expected_shapes(case)}"
        return
    steps = [epoch for epoch in finished.parameters if epoch + 1 in finished.parameters]
    skipped = list[str]()
    for epoch in steps:
        yield from one_step(case, epoch, finished.parameters, partial(findings.note_tightness, "one_epoch"), skipped.append)
    findings.notes += [unbounded_note(skipped)] if skipped else []
    if is_certifiable(case.example):
        yield from off_trajectory(case, finished, certified(case.session, case.example), findings)
    elif len(steps) != finished.epochs:
        yield f"only {len(steps)} of {finished.epochs} epochs can be checked in so large a net"


def expected_shapes(case: Case[NetworkExample]) -> list[tuple[int, ...]]:
    """The shapes of the example's parameters."""
    return shapes(arithmetic.initial(case.example, "float64"))


def off_trajectory(case: Case[NetworkExample], finished: Run, known: CertifiedRun, findings: Findings) -> Iterator[str]:
    """Lines for checkpoints at which a run is further from the exact trajectory than rounding may carry it."""
    trajectory = known.float64_trajectory
    bounds = distances_expected(case, case.dtype)
    balls = known.trajectory
    digits = [
        arithmetic.digits(error_bounds.flat(finished.parameters[epoch]), error_bounds.row(balls[epoch]))
        for epoch in sorted(finished.parameters.keys() & balls.keys())
    ]
    findings.note_digits("parameters", min(digits, default=0.0))
    norms = {epoch: np.linalg.norm(error_bounds.flat(parameters)) for epoch, parameters in trajectory.items()}
    guaranteed = [-np.log10(bounds[epoch] / norm).item() for epoch, norm in norms.items() if bounds[epoch] and norm]
    findings.guaranteed_digits = round(max(min(guaranteed), 0.0), 2) if guaranteed else None
    yield from unbounded(finished.parameters, bounds, findings)
    yield from apart(case, finished.parameters, trajectory, finite(bounds), findings)


def apart(
    case: Case[NetworkExample], first: Trajectory, second: Trajectory, bounds: Mapping[int, float], findings: Findings
) -> Iterator[str]:
    """As ``distances``; where rounding may turn a comparison before the first epoch of a line, that and later epochs are a note."""
    note = partial(findings.note_tightness, "trajectory")
    lines = list(distances(first, second, bounds, note))
    failing = [
        epoch for epoch in sorted(set(first) & set(second) & set(bounds)) if [*distances(first, second, {epoch: bounds[epoch]})]
    ]
    if failing and (found := turned(case, failing[0])):
        epoch, question = found
        findings.notes.append(
            f"not compared behind epoch {epoch}, in which rounding in {case.dtype} may turn a comparison: {question}"
        )
        return
    yield from lines


def finite(bounds: Mapping[int, float]) -> dict[int, float]:
    """The epochs up to which rounding is bounded: where updates amplify errors, they soon outgrow every number."""
    return {epoch: bound for epoch, bound in bounds.items() if np.isfinite(bound)}


def unbounded(trajectory: Trajectory, bounds: Mapping[int, float], findings: Findings) -> Iterator[str]:
    """A note on the checkpoints whose distance nothing bounds; lines for parameters there that are not finite numbers."""
    epochs = [epoch for epoch in sorted(trajectory) if epoch in bounds and not np.isfinite(bounds[epoch])]
    if epochs:
        findings.notes.append(f"from epoch {epochs[0]} on no distance is compared: rounding may carry this training anywhere")
    for epoch in epochs:
        if not np.all(np.isfinite(error_bounds.flat(trajectory[epoch]))):
            yield f"parameters at epoch {epoch}: not finite"


def doubled(bounds: Mapping[int, float]) -> dict[int, float]:
    """The bound for the distance of two runs of which neither is exact."""
    return {epoch: 2 * bound for epoch, bound in bounds.items()}


def distances(first: Trajectory, second: Trajectory, bounds: Mapping[int, float], note: Note = unnoted) -> Iterator[str]:
    """Lines for parameters of two runs whose distance, at a common epoch, exceeds the bound; one where there is no common epoch."""
    common = sorted(set(first) & set(second) & set(bounds))
    if not common:
        yield "the runs have no recorded epoch in common for which there is a bound"
    for epoch in common:
        yield from beyond(f"parameters at epoch {epoch}: distance", distance(first[epoch], second[epoch]), bounds[epoch], note)


def one_step(
    case: Case[NetworkExample],
    epoch: int,
    parameters: Trajectory,
    note: Note = unnoted,
    skipped: Callable[[str], None] | None = None,
    note_digits: Callable[[Any], None] | None = None,
) -> Iterator[str]:
    """Lines for parameters at ``epoch + 1`` that are not those of the exact update from ``epoch``.

    ``skipped`` is told of arrays whose rounding is not bounded; without it they are lines. ``note_digits`` is told how many digits
    of the parameters, not of an optimizer's state, are correct.
    """
    precisions, later = (arithmetic.EXACT, arithmetic.BITS[case.dtype]), parameters[epoch + 1]
    exact, rough = (arithmetic.update(case.example, parameters[epoch], bits, epoch) for bits in precisions)
    if len(later) != len(exact):
        yield f"parameters of {len(later)} layers at epoch {epoch + 1}, expected {len(exact)}"
        return
    for number, (computed, expected, wide) in enumerate(zip(later, exact, rough, strict=True), 1):
        for name in (name for name, array in expected._asdict().items() if array.size):
            bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(getattr(wide, name)), dtype=float)
            title = f"{array_title(case.example, number, name)} at epoch {epoch + 1}"
            if note_digits and number <= len(case.example.network.layers):
                note_digits(arithmetic.digits(getattr(computed, name), getattr(expected, name)))
            unchanged = np.array_equal(getattr(parameters[epoch][number - 1], name), getattr(computed, name))
            for line in bounded_differences(title, getattr(computed, name), getattr(expected, name), bound, note, skipped):
                alike = partial(after_first_epoch, number - 1, name)
                others = "" if epoch else evidence(case, getattr(computed, name), getattr(expected, name), bound, alike)
                yield f"{line}{'; it was not updated' if unchanged else ''}{others}"


def array_title(example: NetworkExample, number: int, name: str) -> str:
    """What the array ``name`` of a trainer's ``number``-th parameters is: behind the layers is an optimizer's state."""
    state, layer = divmod(number - 1, len(example.network.layers))
    return f"layer {layer + 1} {name}" if not state else f"optimizer state {state} of layer {layer + 1} {name}"


def after_first_epoch(layer: int, name: str, case: Case[NetworkExample]) -> Array | None:
    """One array of another engine at epoch 1; None where it has no such layer."""
    after = run(case, limit=1).parameters.get(1, [])
    array: Array | None = getattr(after[layer], name) if layer < len(after) else None
    return array


def check_float64(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """After the first step every parameter keeps at least 12 digits: no float32 hides in a run that is called float64.

    Float64 keeps 15 digits or 16 where nothing cancels, float32 at most 8; 12 lies between, with room for what cancels. Where a
    float64 step itself cannot keep 12, a note says so. The state of an optimizer is left to the check ``trajectory``: in
    ``1 - beta2`` more may cancel.
    """
    exact, finished, lossy = first_step(case.example, arithmetic.EXACT), run(case), list[str]()
    if not finished.epochs:
        findings.notes.append("no step is made: the stopping criterion holds before any update")
        return
    first, layers = finished.parameters.get(1, []), len(case.example.network.layers)
    if len(first) != len(exact):
        yield f"parameters of {len(first)} layers after the first step, expected {len(exact)}"
        return
    for number, (computed, expected) in enumerate(zip(first[:layers], exact[:layers], strict=True), 1):
        for name in (name for name, array in expected._asdict().items() if array.size):
            title = f"layer {number} {name} after the first step"
            if (digits := arithmetic.digits(getattr(computed, name), getattr(expected, name))) >= GUARD:
                continue
            rough = first_step(case.example, arithmetic.BITS["float64"])[number - 1]
            if max(digits, 0.0) >= arithmetic.digits_left(getattr(rough, name)):
                lossy.append(title)
                continue
            other = "" if digits >= FLOAT32 else "; fewer than float32 leaves: the update is another, see the check trajectory"
            yield f"{title}: {digits:.1f} correct digits, {GUARD} at least in float64{other}"
    findings.notes += [f"float64 itself need not keep {GUARD} digits: {', '.join(lossy)}"] if lossy else []


def first_step(example: NetworkExample, bits: int) -> list[Parameters]:
    """The parameters after the first epoch, in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return one_epoch(example, arithmetic.initial(example, "ball"), 0, "ball")


def at(updates: int | None) -> str:
    """Where a loop stops, in words; epochs are counted from 0."""
    return "never" if updates is None else f"after {updates} epochs"


def check_compiled(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The compiled loop and eager training agree over their first 1,000 updates, and the loop stops where it does begun anew."""
    compiled, eager = run(case), first_updates(case)
    if compiled.stop != compiled.restarted_stop:
        stop, restarted = at(compiled.stop), at(compiled.restarted_stop)
        yield f"the compiled loop stops {stop} without interruption, {restarted} begun anew at checkpoints"
    bounds = doubled(error_bounds.divergence_bounds(case.example, eager.parameters, case.dtype))
    yield from unbounded(compiled.parameters, bounds, findings)
    yield from distances(compiled.parameters, eager.parameters, finite(bounds), partial(findings.note_tightness, "compiled"))
