"""Every worked example on every engine: the suite's main job."""

import pytest

from verification.checks.networks import CHECKS
from verification.checks.other_kinds import OTHER_CHECKS
from verification.failure import Record
from verification.session import Case, missing
from worked_examples import FixtureError


def test_worked_example(case: Case, question: str, record: Record) -> None:
    """The engine gives what the book prints, and what the exact arithmetic gives; see the check of this name for how."""
    if reason := missing(case):
        record["note"] = f"not applicable: {reason}"
        pytest.skip(record["note"])
    checks = OTHER_CHECKS.get(type(case.example), CHECKS)
    try:
        checks[question](case, record)
    except FixtureError as error:
        pytest.fail(str(error), pytrace=False)
