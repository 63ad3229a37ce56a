"""Records of printed numbers and errata."""

import pytest
from pydantic import ValidationError

from verification.records import Counts, ErratumResult, PrintedNumber
from verification.verdicts.verdict import Verdict


def test_every_verdict_has_its_count() -> None:
    """A new verdict without a count would be lost in the totals."""
    assert {verdict.value for verdict in Verdict} < set(Counts.model_fields)


def test_a_printed_number_is_the_same_after_a_round_trip() -> None:
    """The verdict is its word in JSON; the index stays a tuple."""
    number = PrintedNumber(
        where="console", name="W", index=(0, 1), epoch=79, printed="1.0", verdict=Verdict.TRUNCATED, value="1", corrected="1"
    )
    table = number.model_dump(mode="json")
    assert (table["verdict"], table["index"]) == ("truncated", [0, 1])
    assert PrintedNumber.model_validate(table) == number


def test_an_erratum_is_of_a_known_kind() -> None:
    """Number, label, statement or words."""
    with pytest.raises(ValidationError, match="kind"):
        ErratumResult.model_validate({"kind": "slip", "where": "", "printed": "", "correct": "", "why": "", "evidence": ""})
