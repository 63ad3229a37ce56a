"""What the tests of injected faults share: a check that passes without the fault and fails with it."""

from collections.abc import Callable

import pytest

from adapters import Engine
from verification.check import message
from verification.records import Findings, Outcome
from worked_examples import NetworkExample


@pytest.fixture
def caught(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> Callable[[Engine, str, str], str]:
    """``caught(engine, example, check)``: the whole message of a check that only the faulty engine fails."""

    def text(engine: Engine, name: str, check_name: str) -> str:
        example = network(name)
        assert judged(check_name, example).outcome is Outcome.PASSED
        findings = judged(check_name, example, engine)
        assert findings.outcome is Outcome.FAILED
        failure = message(findings, example, most=len(findings.problems))
        assert failure.startswith(f"{name} on faulty (float64), {check_name}: {example.title}\n")
        assert "\n  next: " in failure
        return failure

    return text
