"""The file of results: read as it was written, described by the committed schema, and no other file is taken for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from verification.records import Findings, schema
from verification.results import merging
from verification.session import Session


def test_results_are_read_as_they_were_written(session: Session, findings: list[Findings], tmp_path: Path) -> None:
    """Every field comes back, also where it has its default value; the file is one JSON object."""
    collected = merging.collect(session, findings)
    file = merging.write(collected, tmp_path / "build" / "results.json")
    assert merging.read(file) == collected
    assert json.loads(file.read_text(encoding="utf-8"))["engines"] == ["reference", "keras", "torch"]


def test_every_key_of_the_file_is_in_the_schema(session: Session, findings: list[Findings]) -> None:
    """The dump of a full run has no key that the committed schema does not describe, level by level."""
    definitions = schema()["$defs"]

    def check(value: Any, subschema: dict[str, Any]) -> None:
        subschema = definitions[subschema["$ref"].rpartition("/")[2]] if "$ref" in subschema else subschema
        options = [option for option in subschema.get("anyOf", [subschema]) if option.get("type") != "null"]
        if isinstance(value, dict) and len(options) == 1:
            (only,) = (definitions[option["$ref"].rpartition("/")[2]] if "$ref" in option else option for option in options)
            known = only.get("properties", {})
            extra = only.get("additionalProperties")
            assert known.keys() >= value.keys() or extra
            for key, entry in value.items():
                check(entry, known.get(key, extra if isinstance(extra, dict) else {}))
        elif isinstance(value, list):
            for entry in value:
                check(entry, subschema.get("items", {}))

    check(merging.collect(session, findings).model_dump(mode="json"), schema())


def test_no_key_of_the_file_has_a_blank(session: Session, findings: list[Findings]) -> None:
    """Titles of log rows and of inference settings, which are a book's, are values; keys are ids and names of fields."""

    def keys(value: Any) -> list[str]:
        entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [*(value if isinstance(value, dict) else ()), *(key for entry in entries for key in keys(entry))]

    names = keys(merging.collect(session, findings).model_dump(mode="json"))
    assert {"log_rows", "predictions", "not_judged"} <= set(names)
    assert [key for key in names if " " in key] == []


@pytest.mark.parametrize("text", ["{}", '{"format": 1}', "[]", "nothing"])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    """Anything but results of this version is a ValueError."""
    file = tmp_path / "results.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"Results"):
        merging.read(file)
