"""TOML files as tables, and what is wrong with a table as one line: file, key, what was found, what is accepted."""

import re
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from worked_examples.errors import FixtureError, nearest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KEY = re.compile(r"[\w-]+(\[\d+\])*(\.[\w-]+(\[\d+\])*)*: ")  # a message that begins with a key goes on with the path


def read_table(file: Path) -> dict[str, Any]:
    """The table of a TOML file.

    Raises:
        FixtureError: where the file is missing, cannot be read or is not TOML.

    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FixtureError(f"{file}: no such file") from None
    except OSError as error:
        raise FixtureError(f"{file}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FixtureError(f"{file}: not TOML: {error}") from None


def complaint(file: Path, error: ValidationError, kinds: Collection[str] = ()) -> FixtureError:
    """The one-line error for the first thing that is wrong; ``kinds`` are those that the table may say it is of."""
    first = error.errors()[0]
    path = first["loc"][1:] if first["loc"] and first["loc"][0] in kinds else first["loc"]
    parts = [step for step in path if " " not in str(step)]  # a key has no blank; the name of an alternative has
    key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in parts).lstrip(".")
    if first["type"] == "missing":
        text = f"{key}: missing"
    elif first["type"].startswith("union_tag"):
        kind = first["input"].get("kind", "nothing")
        text = f"kind: '{kind}' is not a kind of example; {nearest(str(kind), kinds)}"
    elif first["type"] == "tuple_type":
        text = f"{key}: {first['input']!r} is not a list; write [{first['input']}]"
    else:
        message = first["msg"].removeprefix("Value error, ")
        text = f"{key}{'.' if KEY.match(message) else ': '}{message}" if key else message
    return FixtureError(" ".join(f"{file}: {text}".splitlines()))
