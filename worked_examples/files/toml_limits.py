"""The limits of a TOML file: before it is parsed, so that no file can exhaust the parser, and of the tables that come out."""

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from worked_examples.limits import DEEPEST, KEY_PARTS, LARGEST_FILE, LONGEST_TEXT, LONGEST_WORD, MOST_ENTRIES

SPECIAL = re.compile(r"\"\"\"|'''|[\"'#\[\]{}.=,\n]")
ENDS = {  # what ends a string or comment, and in strings with escapes what is escaped
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    "'''": re.compile("'''"),
    '"': re.compile(r'\\.|["\n]'),
    "'": re.compile(r"['\n]"),
    "#": re.compile(r"\n"),
}
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def text_of(file: Path) -> str:
    """The text of a file; a byte order mark before it is left out.

    Raises:
        ValueError: where it is no plain file, or too large; the message says so.
        OSError: where it cannot be read.
        UnicodeDecodeError: where it is not UTF-8.

    """
    mode = file.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # to open a pipe would wait for its other end
        raise ValueError("not a plain file; accepted: a text file")
    with file.open("rb") as opened:
        content = opened.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValueError(f"more than {LARGEST_FILE:,} bytes; accepted: at most so many, split the file")
    return content.decode("utf-8-sig")


def end_of_quoted(text: str, opening: str, start: int) -> int:
    """The position behind a string or comment that begins before ``start``; the end of the text where it is not closed."""
    for match in ENDS[opening].finditer(text, start):
        if not match[0].startswith("\\"):
            end = match.end()
            while opening in ('"""', "'''") and end - match.end() < 2 and text[end : end + 1] == opening[0]:
                end += 1  # the string's last characters may be quotes too
            return end if match[0] != "\n" else match.start()
    return len(text)


def unreadable(text: str) -> str:
    """Why a text must not go to the parser of TOML: too deep, or a word too long; empty where it may.

    One pass over the text. It agrees with the parser wherever the text is TOML, and behind the first mistake the parser stops.
    """
    depth, dots, line, position = 0, 0, 1, 0
    while match := SPECIAL.search(text, position):
        mark = match[0]
        if (word := longest_word(text[position : match.start()])) > LONGEST_WORD:
            return f"a key or number of {word:,} characters (at line {line}); accepted: at most {LONGEST_WORD}"
        depth = max(0, depth + (mark in "[{") - (mark in "]}"))
        dots = dots + 1 if mark == "." else dots if mark in ENDS else 0
        if depth > DEEPEST:
            return f"arrays or tables nested more than {DEEPEST} deep (at line {line}); accepted: at most {DEEPEST}"
        if dots >= KEY_PARTS:
            return f"a key of more than {KEY_PARTS} parts (at line {line}); accepted: at most {KEY_PARTS}"
        position = end_of_quoted(text, mark, match.end()) if mark in ENDS else match.end()
        line += text.count("\n", match.start(), position)
    if (word := longest_word(text[position:])) > LONGEST_WORD:
        return f"a key or number of {word:,} characters (at line {line}); accepted: at most {LONGEST_WORD}"
    return ""


def longest_word(text: str) -> int:
    """The length of the longest word."""
    return max(map(len, text.split()), default=0)


def table_faults(table: dict[str, Any]) -> Iterator[str]:
    """What is too large, too deep or unprintable in a parsed file: key and message. Nothing here is recursive."""
    pending: list[tuple[str, Any, int]] = [("", table, 0)]
    while pending:
        key, value, depth = pending.pop()
        if isinstance(value, str):
            yield from text_faults(key, value)
        if not isinstance(value, dict | list):
            continue
        if depth > DEEPEST:
            yield f"{key[:LONGEST_WORD]}...: nested more than {DEEPEST} deep; accepted: at most {DEEPEST}"
            continue
        if len(value) > MOST_ENTRIES:
            yield f"{key or 'the file'}: {len(value):,} entries; accepted: at most {MOST_ENTRIES:,}"
            continue
        yield from (fault for name in value if isinstance(value, dict) for fault in key_faults(key, name))
        pending += reversed(entries(key, value, depth + 1))


def entries(key: str, value: Any, depth: int) -> list[tuple[str, Any, int]]:
    """The entries of a table or array, each with its key."""
    if isinstance(value, dict):
        return [(f"{key}.{name}".lstrip("."), entry, depth) for name, entry in value.items()]
    return [(f"{key}[{position}]", entry, depth) for position, entry in enumerate(value)]


def text_faults(key: str, text: str) -> Iterator[str]:
    """What is wrong with a string wherever it is: its length, and characters that no terminal or report can show."""
    if len(text) > LONGEST_TEXT:
        yield f"{key}: a text of {len(text):,} characters; accepted: at most {LONGEST_TEXT:,}"
    elif match := UNPRINTABLE.search(text):
        yield f"{key}: the character U+{ord(match[0]):04X} cannot be shown; accepted: letters, digits, signs, blanks and new lines"


def key_faults(table: str, name: str) -> Iterator[str]:
    """What is wrong with a key: its length, or characters that would break a line."""
    if len(name) > LONGEST_WORD:
        yield f"{table or 'the file'}: a key of {len(name):,} characters; accepted: at most {LONGEST_WORD}"
    elif UNPRINTABLE.search(name) or "\n" in name or "\t" in name:
        yield f"{table or 'the file'}: the key {name!a} cannot be shown in a line; accepted: letters, digits, '_' and '-'"
