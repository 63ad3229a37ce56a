"""Committed certified files belong to their fixtures."""

from collections.abc import Callable

from verification.records import Findings, Outcome
from worked_examples import NetworkExample


def test_a_file_of_another_fixture_is_noticed(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> None:
    """A learning rate of 0.010001 instead of 0.01 is another training: the run fails and says what to do."""
    example = network("numpy-dnn/311_1")
    assert judged("certified", example).outcome is Outcome.PASSED
    assert example.training
    changed = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "0.010001"})})
    findings = judged("certified", changed)
    assert findings.outcome is Outcome.FAILED
    assert "is of another network, other data or another training than" in findings.problems[0]
    assert "certify" in findings.next_step
