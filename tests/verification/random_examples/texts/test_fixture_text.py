"""Tables as TOML."""

from pathlib import Path
from typing import Any

import pytest

from verification.random_examples.texts.fixture_text import toml
from worked_examples.files.toml_tables import read_table

TABLES: list[dict[str, Any]] = [
    {"kind": "network", "count": 3, "negative": -1, "flag": True, "texts": [["1", "2"], ["3", "4"]], "none": []},
    {"text": 'a "quoted" \\ line', "lines": "x = 1\ny = [2\n3]"},
    {"inner": {"a": "1", "deep": {"b": 2}}, "after": "kept"},
    {"rows": [{"a": 1}, {"a": 2, "inner": [{"b": 3}]}], "empty": {}},
]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_read_as_it_was_written(table: dict[str, Any], tmp_path: Path) -> None:
    """Lines of a text keep their end."""
    file = tmp_path / "table.toml"
    file.write_text(toml(table), encoding="utf-8")
    expected = {name: f"{value}\n" if isinstance(value, str) and "\n" in value else value for name, value in table.items()}
    assert read_table(file) == expected
