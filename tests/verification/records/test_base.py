"""Records accept what they know and nothing else."""

import pytest
from pydantic import ValidationError

from verification.records import Counts, Outcome


def test_an_unknown_key_is_an_error() -> None:
    """A misspelt key is not dropped."""
    with pytest.raises(ValidationError, match="confirmd"):
        Counts.model_validate({"confirmd": 1})


def test_outcomes_are_words() -> None:
    """In JSON an outcome is its word."""
    assert [outcome.value for outcome in Outcome] == ["passed", "failed", "undecided", "not_applicable", "not_judged"]
    assert Outcome("not_judged") is Outcome.NOT_JUDGED
