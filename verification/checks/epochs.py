"""Where training stops: the epoch, the losses that decide it, and its margin."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import flint
import numpy as np

from adapters.capabilities import written_by_hand
from adapters.reference.traced.trainer import why_eager
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from adapters.training import Run
from verification.case import Case
from verification.certification.certified_run import CertifiedRun
from verification.certification.when_judged import certified
from verification.checks.stops import is_stop_by_rounding
from verification.conditions import COMPILED
from verification.exact.arithmetic import BITS, EXACT, SAFETY_FACTOR, evaluate, exactly, radius
from verification.exact.comparison import bounded_differences, unbounded_note
from verification.records import Digits, EpochCount, Findings, PrintedNumber
from verification.runs.networks import is_long, run
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample
from worked_examples.schema.trainings.stopping import StoppingCriterion
from worked_examples.schema.trainings.training import Training

SAFE = 10  # times an engine's accumulated error
NEXT_STEP = "read the stopping criterion in the fixture: the comparison, before or after the update, counted from 0 or 1"


def check_epochs(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """Training stops at the epoch that the book prints and that is certified; where none is certified, at the reference's.

    A printed epoch that is not certified is undecided where the reference stops at another.
    """
    settings, finished, known = training_of(case.example), run(case), certified(case.session, case.example)
    count = EpochCount(
        printed=settings.criterion.epoch,
        certified=as_counted(settings, known.stop_epoch) if known.complete else None,
        reached=as_counted(settings, finished.stop),
    )
    findings.epochs = count
    findings.notes += written_by_hand(case.example, case.engine)
    if is_long(case.example) and finished.path == "eager":
        if COMPILED in case.engine.unsupported:
            findings.notes.append(f"no compiled training: {case.engine.unsupported[COMPILED]}")
        elif case.engine_name == "reference" and (reason := why_eager(case.example, case.dtype)):
            findings.notes.append(f"no compiled training: {reason}")
        else:
            yield f"trained eagerly although the compiled loop was requested, and '{COMPILED}' is not said to be unsupported"
    for whose, epoch in expected_epochs(case, count, known).items():
        if epoch != count.reached:
            line = wrong_stop(settings, finished, whose, epoch)
            is_exact = whose != "printed" or epoch == count.certified
            if is_exact and is_stop_by_rounding(case):
                findings.notes.append(f"the stop hangs on rounding in {case.dtype}: {line}")
            else:
                yield line
    skipped = list[str]()
    yield from wrong_losses(case, finished, skipped.append)
    findings.notes += [unbounded_note(skipped)] if skipped else []
    if not known.complete:
        findings.notes.append(f"the stop epoch is not certified: {known.unproved}")
        record_undecided(findings, count, as_counted(settings, known.further_stop), known)
    elif (
        finished.stop is not None and finished.stop == known.stop_epoch and settings.criterion.tests in ("loss", "change")
    ):  # losses are certified there only
        note_margin(findings, count, margin(settings, finished, known))


def expected_epochs(case: Case[NetworkExample], count: EpochCount, known: CertifiedRun) -> dict[str, int | None]:
    """The epochs that the engine must reach, by who says so."""
    if not known.complete:
        return {"reference": as_counted(training_of(case.example), run(case.on("reference")).stop)}
    return {"certified": count.certified} | ({"printed": count.printed} if count.printed is not None else {})


def record_undecided(findings: Findings, count: EpochCount, reference: int | None, known: CertifiedRun) -> None:
    """Record a printed epoch that is not certified, and at which the reference's float64 run does not stop."""
    if count.printed is None or count.printed == reference:
        return
    value = f"{'never' if reference is None else reference} in the reference's float64 run, {known.unproved}"
    number = PrintedNumber(
        where="training.stopping_criterion",
        name="epoch",
        index=(),
        epoch=count.printed,
        printed=str(count.printed),
        verdict=Verdict.UNDECIDED,
        value=value,
        corrected="",
        erratum="",
    )
    findings.printed_numbers = [number]


def wrong_losses(case: Case[NetworkExample], finished: Run, skipped: Callable[[str], None]) -> Iterator[str]:
    """Lines for recorded losses that are not those of the recorded parameters: the stopping criterion tested other numbers.

    ``skipped`` is told of losses whose rounding is not bounded.
    """
    for epoch, loss in sorted(finished.losses.items()):
        exact, rough = (tested_loss(case.example, finished, epoch, bits) for bits in (EXACT, BITS[case.dtype]))
        if exact is not None:
            bound = np.asarray(SAFETY_FACTOR * radius(rough), dtype=float)
            yield from bounded_differences(
                f"the loss that is tested after {epoch} epochs", np.asarray(loss), np.asarray(exact), bound, skipped=skipped
            )


def tested_loss(example: NetworkExample, finished: Run, epoch: int, bits: int) -> Any:
    """The loss that the criterion tests at an epoch, in ball arithmetic from the recorded parameters; None where they do not say.

    With all samples in one batch it is the loss there, else the sum of the losses of the last epoch, each before its own update; or
    that of further data, from the first epoch on.
    """
    of = training_of(example).criterion.of
    if of:
        return evaluate(example.with_data(of), finished.parameters[epoch], bits).loss if epoch else None
    if training_of(example).is_full_batch(example.data.samples):
        return evaluate(example, finished.parameters[epoch], bits).loss
    before = finished.parameters.get(epoch - 1)
    if before is None:
        return None
    with flint.ctx.workprec(bits):
        trainer = Trainer(example, "ball")
        trainer.restore(epoch - 1, exactly(before))
        trainer.train_epoch()
        return trainer.epoch_loss


def as_counted(settings: Training, stop: int | None) -> int | None:
    """The epoch, as the book counts, where training stops; without a criterion its last one; None where it never holds."""
    last = None if settings.stopping_criterion else settings.max_epochs
    return last if stop is None else stop + settings.first_epoch


def wrong_stop(settings: Training, finished: Run, whose: str, epoch: int | None) -> str:
    """One line about a stop at another epoch."""
    criterion = str(settings.criterion)
    if finished.stop is None:
        return f"the stopping criterion ({criterion}) never held in {finished.epochs} epochs; {whose} epoch {epoch}"
    reached, loss = finished.stop + settings.first_epoch, float(finished.losses[finished.epochs])
    near = "; one epoch off: `<` or `<=`, or counted from 1 instead of 0?" if epoch in (reached - 1, reached + 1) else ""
    return f"stop at epoch {reached}, {whose} epoch {epoch} ({criterion}; the loss there is {loss!r}){near}"


def margin(settings: Training, finished: Run, known: CertifiedRun) -> float:
    """How many times this engine's error what is tested on both sides of the stop, certified, is from the threshold.

    The error is that of the engine's own losses there; without any error the margin is infinite.
    """
    criterion, stop = settings.criterion, finished.stop or 0
    needed = [epoch for epoch in range(stop - 2 if criterion.tests == "change" else stop - 1, stop + 1) if epoch in finished.losses]
    certain = tested_values(criterion, {epoch: known.loss(epoch).decimal for epoch in needed})
    computed = tested_values(criterion, {epoch: Decimal(float(finished.losses[epoch])) for epoch in needed})
    error = max(abs(exact - own) for exact, own in zip(certain, computed, strict=True))
    return float(min(abs(exact - Decimal(criterion.threshold)) for exact in certain) / error) if error else float("inf")


def tested_values(criterion: StoppingCriterion, losses: Mapping[int, Decimal]) -> list[Decimal]:
    """What a criterion tests at the epochs of these losses."""
    if criterion.tests == "loss":
        return list(losses.values())
    return [abs(losses[epoch] - losses[epoch - 1]) for epoch in losses if epoch - 1 in losses]


def note_margin(findings: Findings, count: EpochCount, margin: float) -> None:
    """Record the margin; a small one makes the epoch count fragile, which is a note."""
    rounded: Digits = "exact" if margin == float("inf") else round(margin, 2)
    count.margin = rounded
    if margin < SAFE:
        findings.notes.append(f"fragile epoch count: the loss misses the threshold by only {margin:.1f} times this engine's error")
