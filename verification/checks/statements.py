"""What the book's sentences say about a training, or about trainings in a smaller type."""

from collections.abc import Iterator
from typing import Any

from adapters.schedule import training_of
from adapters.training import Run
from verification.case import Case
from verification.checks.type_claims import count, off_claims
from verification.records import Findings, StatementResult
from verification.runs.networks import run, training_by_id
from worked_examples import FixtureError
from worked_examples.schema.page import Statement

NEXT_STEP = (
    "read the sentence again; what is wrong in print on every engine becomes an erratum, [[statements.errata]]; what is said of a "
    "smaller type is compared with fixtures/precision.json, which python -m verification precision writes"
)


def check_statements(case: Case[Any], findings: Findings) -> Iterator[str]:
    """What the book's sentences say about the training holds; every erratum among them is one."""
    findings.statements = []
    for statement in case.example.statements:
        holds, observed = statement_holds(case, statement)
        findings.statements.append(
            StatementResult(where=statement.where, says=statement.says, holds=holds, is_erratum=bool(statement.errata))
        )
        if statement.trainings and case.engine_name == "reference":
            findings.notes.append(count(case, statement))
        for line in unexpected(statement, holds, observed):
            yield line + by_the_reference(case, statement, holds)


def of_end(statement: Statement, finished: Run, *, ends_by_count: bool) -> tuple[bool, str]:
    """Whether training ends after so many updates, or on so many passes, and where it does.

    Where a criterion stops it, the pass in which it holds makes no update; one that ends by its count has as many of both.
    """
    if finished.stop is None and not ends_by_count:
        return False, f"training never stops: {finished.epochs} epochs are made"
    updates = finished.epochs if ends_by_count or finished.stop is None else finished.stop
    passes = updates if ends_by_count else updates + 1
    if statement.updates is not None:
        return updates == statement.updates, f"training stops after {updates} updates"
    return passes == statement.passes, f"training stops on pass {passes}"


def by_the_reference(case: Case[Any], statement: Statement, holds: bool) -> str:
    """Whom the reference shows to be away: this engine, where the reference says otherwise of the sentence; else nobody."""
    if case.engine_name == "reference" or statement.trainings or statement_holds(case.on("reference"), statement)[0] == holds:
        return ""
    return f"; by the reference it {'does not hold' if holds else 'holds'}: look at {case.engine_name}, not at the sentence"


def unexpected(statement: Statement, holds: bool, observed: str) -> Iterator[str]:
    """A line for a statement that does not hold, or an erratum that is none or corrects to something else."""
    head = f"'{statement.says}', {statement.where}"
    if holds == bool(statement.errata):
        yield f"{head}: {'the erratum is none' if statement.errata else 'does not hold'}; {observed}"
    elif statement.errata and statement.errata[0].correct not in observed.split():
        yield f"{head}: the erratum says {statement.errata[0].correct}; {observed}"


def statement_holds(case: Case[Any], statement: Statement) -> tuple[bool, str]:
    """Whether a statement holds, and what the run shows instead."""
    if statement.trainings:
        off = list(off_claims(case, statement))
        return not off, "; ".join(off)
    finished, settings = run(case), training_of(case.example)
    if statement.updates is not None or statement.passes is not None:
        return of_end(statement, finished, ends_by_count=settings.stopping_criterion is None)
    if statement.loss_above is not None and statement.epoch is not None:
        loss = finished.losses.get(statement.epoch - settings.first_epoch)
        if loss is None:
            last = finished.epochs + settings.first_epoch
            raise FixtureError(
                f"{case.example.file}: statements: epoch: {statement.epoch} has no loss; accepted: {settings.first_epoch} to {last}"
            )
        return float(loss) > float(statement.loss_above), f"the loss there is {loss}"
    slower = training_by_id(case.session, statement.fewer_epochs_than or "")
    times = (slower.criterion.epoch or 0) / max(finished.epochs, 1)
    return times > statement.at_least_times, f"{finished.epochs} epochs, {times:.1f} times fewer than {slower.criterion.epoch}"
