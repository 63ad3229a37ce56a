"""``results.json`` is described by a schema that is committed."""

import pytest
from pydantic import ValidationError

from verification.commands.schema import FILE, schema_text
from verification.records import CheckResult, ExampleResult, Outcome, Results, SourceResult, Totals, schema

EMPTY = {"versions": {}, "engines": [], "dtype": "float64", "examples": {}, "documents": {}, "totals": {}}


def test_the_committed_schema_is_current() -> None:
    """``docs/results.schema.json`` is what the records export; write it again with ``python -m verification schema``."""
    assert FILE.read_text(encoding="utf-8") == schema_text()


def test_every_record_is_in_the_schema_with_its_keys() -> None:
    """The keys of the schema are those of the records, and no others are allowed."""
    definitions = schema()["$defs"]
    for record in (CheckResult, ExampleResult, Totals):
        assert definitions[record.__name__]["properties"].keys() == record.model_fields.keys()
        assert definitions[record.__name__]["additionalProperties"] is False
    assert schema()["properties"].keys() == Results.model_fields.keys()


@pytest.mark.parametrize("change", [{"format": 1}, {"format": 3}, {"extra": 1}, {"examples": []}])
def test_results_of_another_form_are_refused(change: dict[str, object]) -> None:
    """Another version of the format, an unknown key, another type."""
    Results.model_validate(EMPTY)
    with pytest.raises(ValidationError):
        Results.model_validate(EMPTY | change)


def test_the_problems_of_an_example_name_engine_and_check() -> None:
    """Those of failed checks only; a failed check without a line says so."""
    checks = [
        CheckResult(engine="keras", check="outputs", dtype="float64", outcome=Outcome.FAILED, problems=["a", "b"]),
        CheckResult(engine="torch", check="epochs", dtype="float64", outcome=Outcome.FAILED),
        CheckResult(engine="reference", check="epochs", dtype="float64", outcome=Outcome.PASSED, problems=["not one"]),
    ]
    source = SourceResult(document="a", section="b")
    entry = ExampleResult(title="", kind="network", source=source, provenance="ours", checks=checks)
    assert entry.problems == ["keras, outputs: a", "keras, outputs: b", "torch, epochs: failed"]
