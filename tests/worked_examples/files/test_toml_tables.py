"""TOML files: read as tables, and what is wrong said in one line."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError, field_validator

from worked_examples import FixtureError
from worked_examples.files.toml_tables import complaint, read_table


class Inner(BaseModel):
    """A table for these tests."""

    rows: list[int]

    @field_validator("rows")
    @classmethod
    def refuse(cls, rows: list[int]) -> list[int]:
        """Two kinds of messages."""
        if rows == [1]:
            raise ValueError("deep.key[0]: wrong")
        if rows == [2]:
            raise ValueError("this is wrong: in\nmany ways")
        return rows


class Outer(BaseModel):
    """A table with tables."""

    tables: list[Inner]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "tables: missing"),
        ({"tables": [{}]}, "tables[0].rows: missing"),
        (
            {"tables": [{"rows": [0]}, {"rows": ["a"]}]},
            "tables[1].rows[0]: Input should be a valid integer, unable to parse string as",
        ),
        ({"tables": [{"rows": [1]}]}, "tables[0].rows.deep.key[0]: wrong"),
        ({"tables": [{"rows": [2]}]}, "tables[0].rows: this is wrong: in many ways"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(table: dict[str, object], message: str) -> None:
    """File, key and message; a message that begins with a key goes on with the path."""
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(table)
    assert str(complaint(Path("some.toml"), caught.value)).startswith(f"some.toml: {message}")


def test_a_table_is_read(tmp_path: Path) -> None:
    """Korean letters too."""
    (tmp_path / "some.toml").write_text('a = "편향"', encoding="utf-8")
    assert read_table(tmp_path / "some.toml") == {"a": "편향"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a = ", "not TOML: Invalid value (at end of document)"),
        (b"a = '\xff'", "not TOML: 'utf-8' codec can't decode byte 0xff in "),
    ],
)
def test_what_is_not_toml_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    """The parser's or the decoder's message comes with the file."""
    file = tmp_path / "some.toml"
    file.write_bytes(content)
    with pytest.raises(FixtureError) as caught:
        read_table(file)
    assert str(caught.value).startswith(f"{file}: {message}")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, and a folder in place of one."""
    with pytest.raises(FixtureError, match=r"none\.toml: no such file$"):
        read_table(tmp_path / "none.toml")
    with pytest.raises(FixtureError, match=r": cannot be read: Is a directory$"):
        read_table(tmp_path)
