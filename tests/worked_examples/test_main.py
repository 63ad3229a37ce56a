"""``python -m worked_examples``: the JSON Schema of the fixtures."""

import json

from worked_examples.loading import KINDS, ROOT, SCHEMA


def test_the_json_schema_is_current() -> None:
    """``fixtures/schema.json`` is what the models export; write it again with ``python -m worked_examples``."""
    assert json.loads((ROOT / "schema.json").read_text(encoding="utf-8")) == SCHEMA.json_schema()


def test_the_json_schema_has_every_kind_and_no_key_of_the_loader() -> None:
    """Editors offer every kind of example, and not the file that the loader adds."""
    schema = SCHEMA.json_schema()
    models = [schema["$defs"][choice["$ref"].rpartition("/")[2]] for choice in schema["oneOf"]]
    assert {model["properties"]["kind"]["const"] for model in models} == set(KINDS)
    assert all("file" not in table.get("properties", {}) for table in schema["$defs"].values())
