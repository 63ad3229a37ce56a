"""What the tests of short fixtures share: every check of a fixture on every engine that is installed."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import ENGINES, installed
from verification.case import Case
from verification.check import judge
from verification.records import Findings
from verification.registry import checks_of, unsupported
from verification.session import Session
from verification.verdicts.verdict import Verdict


@pytest.fixture(params=ENGINES)
def checked(request: pytest.FixtureRequest, written: Callable[[str], Any]) -> Callable[[str], list[Findings]]:
    """``checked(text)``: what every check of a fixture finds on each engine; there are no problems, and all numbers hold."""
    engine: str = request.param
    if not installed(engine):
        pytest.skip(f"{engine} is not installed")

    def check(text: str) -> list[Findings]:
        example = written(text)
        case = Case(example, engine, Session([example], engine_names=dict.fromkeys(("reference", engine))), "float64")
        found = [judge(each, case, unsupported(each, case)) for each in checks_of(case)]
        assert [(findings.check, findings.problems) for findings in found if findings.problems] == []
        verdicts = {number.verdict for findings in found for number in findings.printed_numbers or []}
        assert verdicts == {Verdict.CONFIRMED}
        return found

    return check
