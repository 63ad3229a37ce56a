"""The computed notes are those of the fixture, if it has any."""

from collections.abc import Callable

import pytest

from verification.records import Findings
from worked_examples import NetworkExample


@pytest.mark.parametrize(
    ("expected", "problems"),
    [
        (None, []),
        (["a", "b"], []),
        (["a"], ["computed, but not expected: b"]),
        (["a", "b", "c"], ["expected, but not computed: c"]),
        (["c"], ["expected, but not computed: c", "computed, but not expected: a", "computed, but not expected: b"]),
        (["b", "a"], ["the notes are in another order"]),
        ([], ["computed, but not expected: a", "computed, but not expected: b"]),
    ],
)
def test_notes_are_compared_one_by_one(
    expected: list[str] | None,
    problems: list[str],
    network: Callable[[str], NetworkExample],
    judged: Callable[..., Findings],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Missing, new and exchanged ones; a fixture that expects nothing accepts any."""
    monkeypatch.setattr("verification.checks.notes.notes", lambda _: ["a", "b"])
    findings = judged("notes", network("numpy-dnn/311_1").model_copy(update={"notes": expected}))
    assert findings.problems == problems
    assert findings.notes == ["a", "b"]
