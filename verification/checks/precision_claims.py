"""A claim in words about precision: which trainings of this suite bear it out, and which refute it."""

from collections.abc import Iterator

from verification.case import Case
from verification.network_runs import training_of
from verification.records import Findings
from verification.session import Session
from verification.smaller_types import expectation, recorded
from worked_examples.schema.precision import PrecisionExample

NEXT_STEP = "see fixtures/precision.json; record it again with python -m verification precision, or correct the fixture"
PATHS = ("compiled", "eager")


def reached(session: Session, dtype: str, engine: str) -> dict[str, bool]:
    """For every training whose end is printed and recorded, whether it stops in the smaller type at the printed epoch."""
    table, found = session.once("endings in smaller types", recorded), dict[str, bool]()
    for name in table["outcomes"]:
        endings = [expectation(table, name, dtype, engine, path) for path in PATHS]
        known = next((ending for ending in endings if ending), None)
        criterion = training_of(session, name).stopping_criterion
        if known and criterion and criterion.epoch is not None:
            found[name] = known.how == "stopped" and known.epoch == criterion.epoch
    return found


def check_trainings(case: Case[PrecisionExample], findings: Findings) -> Iterator[str]:
    """Every training that is named ends in the smaller type as the fixture says; a note counts how many of all do."""
    claim, known = case.example, reached(case.session, case.example.dtype, case.engine_name)
    if case.engine_name == "reference":
        findings.notes.append(f"{sum(known.values())} of {len(known)} trainings stop in {claim.dtype} at the printed epoch")
    for training in claim.trainings:
        if known.get(training.example) is not training.reaches_printed_epoch:
            says = "reaches" if known.get(training.example) else "does not reach"
            yield f"{training.example} in {claim.dtype}: {says} the printed epoch, or is not recorded"
