"""Fixtures as TOML: what a table of strings, whole numbers, lists and tables is in a file."""

import json
from collections.abc import Iterator, Mapping
from typing import Any


def is_table(value: Any) -> bool:
    """Whether a value is a table, or a list of tables that is not empty."""
    return isinstance(value, Mapping) or (
        isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)
    )


def written(value: Any) -> str:
    """A string, a whole number, a truth value or a list; a text of several lines between three quotes."""
    if isinstance(value, str) and "\n" in value:
        return f'"""\n{value}\n"""'
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value, ensure_ascii=False)


def lines(table: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The lines of a table: its values, then the tables in it."""
    for key, value in table.items():
        if not is_table(value):
            yield f"{key} = {written(value)}"
    for key, value in table.items():
        name = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from ("", f"[{name}]", *lines(value, name))
        elif is_table(value):
            for row in value:
                yield from ("", f"[[{name}]]", *lines(row, name))


def toml(table: Mapping[str, Any]) -> str:
    """The text of a fixture."""
    return "\n".join(lines(table)) + "\n"
