"""The notes to the author that a run gives are those that the fixture expects."""

from collections.abc import Iterator

from verification.case import Case
from verification.diagnostics import notes
from verification.records import Findings
from worked_examples import NetworkExample

NEXT_STEP = "write the computed notes into the fixture, if they are right"


def check_notes(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The notes to the author that the run gives are those that the fixture expects, if it expects any."""
    findings.notes = notes(case)
    expected = case.example.notes
    if expected is None or findings.notes == expected:
        return
    missing = [f"expected, but not computed: {note}" for note in expected if note not in findings.notes]
    new = [f"computed, but not expected: {note}" for note in findings.notes if note not in expected]
    yield from missing + new or ["the notes are in another order"]
