"""A claim in words about precision: which trainings of this suite bear it out, and which refute it."""

from collections.abc import Iterator

from verification.case import Case
from verification.records import Findings
from verification.runs.smaller_types import reached
from worked_examples.schema.kinds.precision import PrecisionExample

NEXT_STEP = (
    "compare the fixture with fixtures/precision.json and the checks in smaller types: where these pass, correct the fixture; "
    "an outcome that is not recorded is recorded by python -m verification precision"
)


def check_trainings(case: Case[PrecisionExample], findings: Findings) -> Iterator[str]:
    """Every training that is named ends in the smaller type as the fixture says; a note counts how many of all do."""
    claim, known = case.example, reached(case.session, case.example.dtype, case.engine_name)
    if case.engine_name == "reference":
        findings.notes.append(f"{sum(known.values())} of {len(known)} trainings stop in {claim.dtype} at the printed epoch")
    for training in claim.trainings:
        if known.get(training.example) is not training.reaches_printed_epoch:
            says = {True: "reaches the printed epoch", False: "does not reach the printed epoch", None: "is not recorded"}
            yield f"{training.example} in {claim.dtype}: {says[known.get(training.example)]}"
