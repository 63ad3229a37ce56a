"""TOML files as tables, and what is wrong with a table as one line: file, key, what was found, what is accepted."""

import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from worked_examples.errors import FixtureError, in_line, nearest
from worked_examples.files.toml_limits import table_faults, text_of, unreadable
from worked_examples.limits import LONGEST_WORD

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KEY = re.compile(r"[\w-]+(\[[0-9]+\])*(\.[\w-]+(\[[0-9]+\])*)*: ")  # a message that begins with a key goes on with the path


def toml_files(root: Path) -> list[Path]:
    """Everything below a folder whose name ends in ``.toml``, in the order of the paths; links to folders are not followed.

    A folder that cannot be read is listed itself, so that who reads it hears why.
    """
    pending, found = [root], list[Path]()
    while pending:
        folder = pending.pop()
        try:
            entries = list(folder.iterdir())
        except OSError:
            found.append(folder)
            continue
        found += [entry for entry in entries if entry.name.endswith(".toml")]
        pending += [entry for entry in entries if entry.is_dir() and not entry.is_symlink()]
    return sorted(found)


def read_table(file: Path) -> dict[str, Any]:
    """The table of a TOML file.

    Raises:
        FixtureError: where the file is missing, cannot be read, is beyond a limit or is not TOML.

    """
    try:
        text = text_of(file)
    except FileNotFoundError:
        raise FixtureError(f"{in_line(file)}: no such file") from None
    except OSError as error:
        raise FixtureError(f"{in_line(file)}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise FixtureError(f"{in_line(file)}: not TOML: {error}") from None
    except ValueError as error:
        raise FixtureError(f"{in_line(file)}: cannot be read: {error}") from None
    return parsed(file, text)


def parsed(file: Path, text: str) -> dict[str, Any]:
    """The table of a text.

    Raises:
        FixtureError: where it is beyond a limit or is not TOML.

    """
    if fault := unreadable(text):
        raise FixtureError(f"{in_line(file)}: {fault}")
    try:
        table = tomllib.loads(text)
    except ValueError as error:  # the parser's own error, and what Python says of numbers and dates
        raise FixtureError(f"{in_line(file)}: not TOML: {in_line(error)}") from None
    for fault in table_faults(table):
        raise FixtureError(f"{in_line(file)}: {in_line(fault)}")
    return table


def found(error: ErrorDetails) -> str:
    """What was found, where the message of a type or a limit does not say it and it is short."""
    value = error["input"]
    plain = isinstance(value, str | int | float) and len(repr(value)) <= LONGEST_WORD
    return f"; found {value!r}" if plain and error["type"] not in ("value_error", "assertion_error") else ""


def complaint(file: Path, error: ValidationError, kinds: Collection[str] = ()) -> FixtureError:
    """The one-line error for the first thing that is wrong; ``kinds`` are those that the table may say it is of."""
    return FixtureError(f"{in_line(file)}: {in_line(first_fault(error, kinds))}")


def first_fault(error: ValidationError, kinds: Collection[str] = ()) -> str:
    """The key of the first thing that is wrong, what was found and what is accepted."""
    first = error.errors()[0]
    path = first["loc"][1:] if first["loc"] and first["loc"][0] in kinds else first["loc"]
    parts = [step for step in path if " " not in str(step)]  # a key has no blank; the name of an alternative has
    key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in parts).lstrip(".")
    if first["type"] == "missing":
        return f"{key}: missing"
    if first["type"].startswith("union_tag"):
        kind = first["input"].get("kind", "nothing")
        return f"kind: '{kind}' is not a kind of example; {nearest(str(kind), kinds)}"
    if first["type"] == "tuple_type":
        return f"{key}: {first['input']!r} is not a list; write [{first['input']}]"
    message = first["msg"].removeprefix("Value error, ") + found(first)
    return f"{key}{'.' if KEY.match(message) else ': '}{message}" if key else message
