"""What a reader gets in float32 and float16: the same epoch count, another, or none, because rounding stalls the training."""

from collections.abc import Iterator

from verification.case import Case
from verification.records import Ending, Findings
from verification.runs import smaller_types
from worked_examples import NetworkExample

NEXT_STEP = (
    "find what has changed: the adapter, a package, or the processor; as long as a float64 check of {engine} fails it is a fault, "
    "and an outcome to be recorded (python -m verification precision) only when all of them pass"
)


def check_float32(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """In float32 training ends as recorded for this engine and path."""
    yield from check(case.in_dtype("float32"), findings)


def check_float16(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """In float16 training ends as recorded for this engine and path."""
    yield from check(case.in_dtype("float16"), findings)


def check(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """A line where the ending is not the recorded one; on another platform that is a note, for roundings may correctly differ."""
    table = case.session.once("endings in smaller types", smaller_types.recorded)
    findings.dtype = case.dtype
    findings.ending, path = smaller_types.ending(case)
    expected = smaller_types.expectation(table, case.example.id, case.dtype, case.engine_name, path)
    if expected is None:
        findings.notes.append(f"{case.dtype}: nothing is recorded for the {path} path")
    if expected is None or findings.ending == expected:
        return
    line = f"{case.dtype}, {path}: {in_words(findings.ending)}; recorded: {in_words(expected)}"
    if table["platforms"].get(case.engine_name) == smaller_types.platform_of(case.engine):
        yield line
    else:
        findings.notes.append(f"{line} (on another machine or with other versions)")


def in_words(ending: Ending) -> str:
    """All that is known of an ending."""
    at = "" if ending.epoch is None else f" at epoch {ending.epoch}"
    loss = "" if ending.loss is None else f" with the loss {ending.loss!r}"
    return f"{ending.how}{at}{loss}{f', for {ending.reason}' if ending.reason else ''}"
