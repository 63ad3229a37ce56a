"""The suite's judgement of a random example: of the right texts, and of the same texts, each one unit in the last place away."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from verification.case import Case
from verification.check import judge
from verification.random_examples.texts.examples import DOCUMENT, RandomExample
from verification.records import Findings, PrintedNumber
from verification.registry import checks_of, unsupported
from verification.session import Session
from verification.verdicts.verdict import Verdict, normalized
from worked_examples import Example, FixtureError, load

NAME = "example"
REFERENCE = "reference"
ZERO = re.compile(r"[-+]?(0+\.?0*|\.0+)(e[-+]?\d+)?", re.IGNORECASE)


class Judged(NamedTuple):
    """What the suite says of one example: its wrong statements, the verdicts, reasons of UNDECIDED, why it refused the fixture."""

    wrong: list[str]
    verdicts: list[Verdict]
    changed: list[Verdict]
    undecided: list[str]
    refused: str = ""


def loaded(text: str, folder: Path) -> Example:
    """The example that a user's file with this text gives."""
    file = folder / DOCUMENT / f"{NAME}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load(file)


def findings_of(example: Example, engine: str, names: Sequence[str] = ()) -> Iterator[Findings]:
    """The findings of every check on an engine, or of those of these names, in a session of their own."""
    case = Case(example, engine, Session([example], engine_names=dict.fromkeys((REFERENCE, engine))))
    for check in checks_of(case):
        if not names or check.name in names:
            yield judge(check, case, unsupported(check, case))


REFUSALS = ("cannot be decided at this precision", "the learning rate is too large for these weights")
"""Words of the lines with which a check refuses what float64 or no precision can compute: for the whole example."""


def judged(example: RandomExample, folder: Path) -> Judged:
    """The judgement of the right and of the changed texts; an exception is a wrong statement."""
    result = Judged([], [], [], [])
    try:
        right = loaded(example.fixture(NAME), folder)
    except FixtureError as error:
        return refusal(example, str(error))
    except Exception as error:
        return Judged([f"the loader: {described(error)}"], [], [], [])
    try:
        for findings in findings_of(right, REFERENCE):
            known = (*REFUSALS, *example.may_refuse)
            if reason := next((problem for problem in findings.problems for words in known if words in problem), ""):
                return Judged([], [], [], [], reason)
            judge_right(findings, example, result)
        if example.numbers:
            for findings in findings_of(loaded(example.fixture(NAME, changed=True), folder), REFERENCE, ("printed",)):
                judge_changed(findings, example, result)
    except Exception as error:
        result.wrong.append(described(error))
    return result


def refusal(example: RandomExample, message: str) -> Judged:
    """A fixture that the loader refuses: right where the oracle knows a reason."""
    if any(words in message for words in example.may_refuse):
        return Judged([], [], [], [], message)
    return Judged([f"refused: {message}"], [], [], [], message)


def described(error: Exception) -> str:
    """An exception, and the line that raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} in {place}: {error}"


def judge_right(findings: Findings, example: RandomExample, result: Judged) -> None:
    """Right texts are confirmed, or undecided with a reason; no check finds a problem."""
    result.wrong.extend(f"{findings.check}: {problem}" for problem in findings.problems)
    for number in findings.printed_numbers or []:
        result.verdicts.append(number.verdict)
        if number.verdict is Verdict.UNDECIDED:
            result.undecided.append(f"{number.value}, {number.corrected}")
        elif number.verdict is not Verdict.CONFIRMED:
            result.wrong.append(f"right, but {line(number)}")
    if findings.printed_numbers is not None and len(findings.printed_numbers) != len(example.numbers):
        result.wrong.append(f"{len(findings.printed_numbers)} of {len(example.numbers)} printed numbers are judged")


def judge_changed(findings: Findings, example: RandomExample, result: Judged) -> None:
    """Changed texts are not confirmed, and what is offered in their place is the right text."""
    for number, right in zip(findings.printed_numbers or [], example.numbers, strict=False):
        text = right.text
        if right.fixed:
            continue
        result.changed.append(number.verdict)
        if number.verdict is Verdict.CONFIRMED:
            result.wrong.append(f"changed, but {line(number)}, right is {text}")
        elif number.verdict is not Verdict.UNDECIDED and not any(is_same(normalized(text), other) for other in offered(number)):
            result.wrong.append(f"corrected wrongly: {line(number)}, right is {text}")


def offered(number: PrintedNumber) -> list[str]:
    """The texts that are offered in the place of a printed one: more than one where the sign of the value is not certain."""
    return [normalized(text) for text in number.corrected.partition(" or at most ")[0].split(" or ")]


def is_same(text: str, offered: str) -> bool:
    """Whether a text is what is offered; a zero may be of either sign, since the sign of what is nearly 0 may not be certain."""
    return text == offered or all(ZERO.fullmatch(each) for each in (text, offered))


def line(number: PrintedNumber) -> str:
    """A verdict in a line."""
    index = list(number.index) or ""
    return f"{number.verdict.value}: {number.name}{index} printed {number.printed}, {number.value}, should read {number.corrected}"
