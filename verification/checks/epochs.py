"""Where training stops: the epoch, the proof, the margin, and what sentences say about it."""

from decimal import Decimal

from adapters.training import Run
from verification.certification.certified_run import CertifiedRun
from verification.certification.files import certified_run
from verification.failure import Record, fail
from verification.session import Case, run, training_of
from worked_examples.schema.page import Statement
from worked_examples.schema.training import Training

SAFE = 10  # times an engine's accumulated error


def check_epochs(case: Case, record: Record) -> None:
    """Training stops at the epoch that the book prints, and that is proved (or, for want of both, at the reference's)."""
    finished, known = run(case), certified_run(case.example)
    record["epochs"] = got = counted(case.training, finished.stop)
    record["book"], record["certified"] = case.training.criterion.epoch, counted(case.training, known.stop_epoch) if known else None
    if case.is_long and finished.path == "eager" and case.engine != "reference":
        record["note"] = f"no compiled training: {case.adapter.unsupported['compiled training']}"
    whose = {"certified": record["certified"]} if known else {}
    if record["book"] is not None:
        whose["printed"] = record["book"]
    if not whose:
        whose["reference"] = counted(case.training, run(case._replace(engine="reference")).stop)
    problems = [wrong_stop(case, finished, name, epoch) for name, epoch in whose.items() if epoch != got]
    if problems:
        fail(case, problems, "read the stop rule in the fixture: the comparison, before or after the update, counted from 0 or 1")
    if known and finished.stop is not None:
        record["margin"] = margin = safety(case, finished, known)
        if margin < SAFE:
            record["note"] = f"fragile epoch count: the loss misses the threshold by only {margin:.1f} times this engine's error"


def counted(training: Training, stop: int | None) -> int | None:
    """The epoch, as the book counts, where training stops; without a stop rule its last one; None where the rule never holds."""
    last = None if training.stopping_criterion else training.max_epochs
    return last if stop is None else stop + training.first_epoch


def wrong_stop(case: Case, finished: Run, whose: str, epoch: int | None) -> str:
    """One line about a stop at another epoch."""
    rule = f"loss {case.training.criterion.test} {case.training.criterion.threshold}"
    if finished.stop is None:
        return f"the stop rule ({rule}) never held in {finished.epochs} epochs; {whose} epoch {epoch}"
    got = finished.stop + case.training.first_epoch
    near = "; one epoch off: `<` or `<=`, or counted from 1 instead of 0?" if epoch in (got - 1, got + 1) else ""
    return (
        f"stop at epoch {got}, {whose} epoch {epoch} ({rule}; the loss there is {float(finished.losses[finished.epochs])!r}){near}"
    )


def safety(case: Case, finished: Run, known: CertifiedRun) -> float:
    """How many times this engine's accumulated error the certified losses on both sides of the stop are from the threshold.

    The error is that of the engine's own losses there; an engine that makes none is infinitely safe.
    """
    threshold, stop = Decimal(case.training.criterion.threshold), finished.stop or 0
    losses = [(known.loss(epoch).decimal, Decimal(float(finished.losses[epoch]))) for epoch in (stop - 1, stop) if epoch >= 0]
    error = max(abs(exact - own) for exact, own in losses)
    return float(min(abs(exact - threshold) for exact, _ in losses) / error) if error else float("inf")


def check_statements(case: Case, record: Record) -> None:
    """What the book's sentences say about the training holds; every erratum among them is one."""
    results = [statement_holds(case, statement) for statement in case.example.statements]
    problems = []
    for statement, (holds, found) in zip(case.example.statements, results, strict=True):
        if holds == bool(statement.errata):
            kind = "the erratum is none" if statement.errata else "does not hold"
            problems.append(f"'{statement.says}', {statement.where}: {kind}; {found}")
        elif statement.errata and statement.errata[0].correct not in found.split():
            problems.append(f"'{statement.says}', {statement.where}: the erratum says {statement.errata[0].correct}; {found}")
    record["statements"] = {"total": len(results), "confirmed": sum(holds for holds, _ in results)}
    record["statement errata"] = sum(bool(statement.errata) for statement in case.example.statements)
    if problems:
        fail(case, problems, "read the sentence again; what is wrong in print becomes an erratum")


def statement_holds(case: Case, statement: Statement) -> tuple[bool, str]:
    """Whether a sentence holds on this engine, and what was found."""
    finished = run(case)
    if statement.passes is not None:
        passes = -1 if finished.stop is None else finished.stop + 1
        return passes == statement.passes, f"training stops on pass {passes}"
    if statement.loss_above is not None and statement.epoch is not None:
        loss = finished.losses.get(statement.epoch - case.training.first_epoch)
        return loss is not None and float(loss) > float(statement.loss_above), f"the loss there is {loss}"
    slower = training_of(statement.fewer_epochs_than or "")
    times = (slower.criterion.epoch or 0) / max(finished.epochs, 1)
    return times > statement.at_least_times, f"{finished.epochs} epochs, {times:.1f} times fewer than {slower.criterion.epoch}"
