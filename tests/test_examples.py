"""Every worked example on every engine: the suite's main job."""

import pytest

from fixtures import FixtureError
from tests.checks import CHECKS
from tests.failures import Record
from tests.other_checks import OTHER_CHECKS
from tests.runs import Case, missing


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
