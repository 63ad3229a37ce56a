"""The lines of a console as they are pasted: no colours, overwritten text or prompts, and progress bars as their metrics."""

import re
from collections.abc import Iterator
from typing import NamedTuple

COLOUR = re.compile(r"\x1b?\[[0-9]{0,3}(?:;[0-9]{1,3}){0,4}m")  # in a notebook's text the escape character is lost
INPUT = re.compile(r"(?:>>>(?: |$)|In \[[0-9]{1,9}\]:)[ \t]*(?P<code>.*)")
CONTINUED = re.compile(r"(?:\.\.\.(?: |$)|[ \t]+\.\.\.:).*")
OUTPUT = re.compile(r"Out\[[0-9]{1,9}\]:[ \t]*")
PRINTED_NAME = re.compile(r"print\((?P<name>[^()\"',]+)\)")
VALUE = re.compile(r"[-+.]?[0-9]|[-+]?(?:inf|nan)\b|[\[(<]|True\b|False\b|Parameter containing:|(?:\w+\.)?\w+\(")
BAR = re.compile(r"[ \t]*(?P<done>[0-9]{1,12})/(?P<all>[0-9]{1,12}|Unknown|\?)[ \t]+(?:\[[=>.]*\]|[━╸╺]+|-(?=[ \t]))")
TIME = r"(?:ETA:[ \t]?)?[0-9][0-9:.]*[ \t]?(?:h|m|s|ms|us|µs)(?:/(?:step|epoch|sample))?"
TIMES = re.compile(rf"[━╸╺ \t]*(?:{TIME})?(?:[ \t]+{TIME})*[ \t]*")


class PrintedError(ValueError):
    """A printed block that cannot be read; the message names the line and what is there."""


class Line(NamedTuple):
    """One line of output: its number (from 1), its text, and the code typed above it where that names the value."""

    number: int
    text: str
    label: str = ""


def lines(text: str) -> Iterator[Line]:
    """The lines of output of a console.

    What is typed behind ``>>>`` or ``In [3]:`` is not printed. It is the name of the value in the line below it, if there is one
    (``print(W)`` has the name ``W``).
    """
    label, typed = "", False
    for number, raw in enumerate(text.split("\n"), 1):
        content = visible(raw)
        if match := INPUT.fullmatch(content):
            label, typed = name_of(match["code"].strip()), True
        elif not content.strip() or (typed and CONTINUED.fullmatch(content)):
            continue
        else:
            output = OUTPUT.sub("", content, count=1) if typed and content.startswith("Out[") else content
            if typed and not output.strip():
                continue
            yield Line(number, without_mark(output), label if VALUE.match(output.strip()) else "")
            label, typed = "", False


def visible(raw: str) -> str:
    """What a terminal shows of a line: without colours, and only what was written last over the same place."""
    content = raw.rstrip("\r").rpartition("\r")[2].rpartition("\b")[2]
    return COLOUR.sub("", content)


def name_of(code: str) -> str:
    """The name of the value that a line of code shows."""
    match = PRINTED_NAME.fullmatch(code)
    return match["name"].strip() if match else code


def without_mark(content: str) -> str:
    """A line without a single ``>`` in front of its first word, as some programs print it."""
    return re.sub(r"^[ \t]*>(?=[ \t]*[^\W\d])", "", content, count=1)


def metrics(line: Line) -> str:
    """The metrics of a finished progress bar, ``loss: 0.7251, accuracy: 0.5000``, no counts or times; any other line as it is.

    Raises:
        PrintedError: for a bar that is not finished: its metrics are not those of the epoch.

    """
    match = BAR.match(line.text)
    if not match:
        return line.text
    if match["all"].isdigit() and match["done"] != match["all"]:
        raise PrintedError(f"line {line.number}: the progress bar ends at {match['done']} of {match['all']}; remove the line")
    segments = re.split(r"[ \t]-[ \t]", f" {line.text[match.end() :]} ")
    return ", ".join(segment.strip() for segment in segments if not TIMES.fullmatch(segment))
