"""A claim in words about precision: which trainings of this suite bear it out, and which refute it."""

from collections.abc import Iterator

from verification.case import Case
from verification.records import Findings
from verification.runs.smaller_types import reached
from worked_examples.schema.kinds.precision import PrecisionExample

NEXT_STEP = "see fixtures/precision.json; record it again with python -m verification precision, or correct the fixture"


def check_trainings(case: Case[PrecisionExample], findings: Findings) -> Iterator[str]:
    """Every training that is named ends in the smaller type as the fixture says; a note counts how many of all do."""
    claim, known = case.example, reached(case.session, case.example.dtype, case.engine_name)
    if case.engine_name == "reference":
        findings.notes.append(f"{sum(known.values())} of {len(known)} trainings stop in {claim.dtype} at the printed epoch")
    for training in claim.trainings:
        if known.get(training.example) is not training.reaches_printed_epoch:
            says = "reaches" if known.get(training.example) else "does not reach"
            yield f"{training.example} in {claim.dtype}: {says} the printed epoch, or is not recorded"
