"""Printed numbers that nobody can decide, or that are cut off: does the fixture announce them? A line for each undecided one."""

from collections.abc import Iterator

from verification.records import Findings, PrintedNumber
from verification.verdicts.verdict import Verdict
from worked_examples import Example

EXIT_STATUS = 6  # of a run with undecided numbers that no fixture announces; those up to 5 are pytest's

NEXT_STEP = 'state the arithmetic of the page, run all engines, or announce the number in its block: undecided = ["NAME"]'


def undecided_numbers(findings: Findings) -> list[PrintedNumber]:
    """The undecided printed numbers among the findings of a check."""
    return [number for number in findings.printed_numbers or [] if number.verdict is Verdict.UNDECIDED]


def announce(findings: Findings, example: Example) -> Iterator[str]:
    """Mark the undecided and cut off numbers that the fixture announces; lines for announced names that have no such number."""
    for position, block in enumerate(example.blocks):
        of_verdict = (
            ("undecided", block.undecided, Verdict.UNDECIDED, "decided"),
            ("truncated", block.truncated, Verdict.TRUNCATED, "not cut off"),
        )
        for key, names, verdict, instead in of_verdict:
            for name in names:
                recorded = [
                    number for number in findings.printed_numbers or [] if (number.where, number.name) == (block.where, name)
                ]
                found = [number for number in recorded if number.verdict is verdict]
                for number in found:
                    number.announced = True
                if recorded and not found:
                    yield f"{example.key_of(position)}.{key}: '{name}', {block.where}, is {instead} after all; take it out"


def described(number: PrintedNumber) -> str:
    """Which number is undecided, where it is printed, and why."""
    index = list(number.index) if number.index else ""
    candidates = f": {number.corrected}" if number.corrected else ""
    return f"{number.name}{index}, {number.where}: printed {number.printed}, {number.value}{candidates}"


def reason(findings: Findings) -> str:
    """Why a check is undecided: every undecided number, and how many are announced."""
    numbers = undecided_numbers(findings)
    n_announced = sum(number.announced for number in numbers)
    announced = f" ({n_announced} announced by the fixture)" if n_announced else ""
    count = f"{len(numbers)} of {len(findings.printed_numbers or [])} printed numbers undecided{announced}"
    return f"{count}: {'; '.join(map(described, numbers))}"


def unannounced(findings: Findings) -> Iterator[str]:
    """A line for every undecided number that the fixture does not announce: example, number, where, and why."""
    for number in undecided_numbers(findings):
        if not number.announced:
            yield f"{findings.example}, {described(number)}"
