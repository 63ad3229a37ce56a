"""Random fixtures on an engine: it computes the exact values within the derived bounds, or says why not."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from verification.case import Case
from verification.check import judge
from verification.random_examples.judging import NAME, REFERENCE, described, loaded
from verification.random_examples.texts.examples import RandomExample
from verification.records import Findings, Outcome
from verification.registry import checks_of, unsupported
from verification.session import Session
from worked_examples import Example, FixtureError

CHECKS = ("values", "outputs", "gradients", "trajectory", "epochs")


def wrong_on(engine: str, example: RandomExample, folder: Path, outcomes: Counter[str]) -> Iterator[str]:
    """Lines for what an engine computes otherwise; ``outcomes`` counts how its checks end, and why one is not applicable."""
    try:
        fixture = loaded(example.fixture(NAME), folder)
    except FixtureError:
        return  # the judgement of the reference has this line
    try:
        for findings in findings_on(engine, fixture):
            reason = f": {findings.reason}" if findings.outcome is Outcome.NOT_APPLICABLE else ""
            outcomes[f"{engine}, {findings.check} {findings.outcome.value}{reason}"] += 1
            yield from (f"{engine}, {findings.check}: {problem}" for problem in findings.problems)
    except Exception as error:
        yield f"{engine}: {described(error)}"


def findings_on(engine: str, example: Example) -> Iterator[Findings]:
    """The findings of the checks that compare an engine with exact arithmetic and with the reference."""
    case = Case(example, engine, Session([example], engine_names=dict.fromkeys((REFERENCE, engine))))
    for check in checks_of(case):
        if check.name in CHECKS:
            yield judge(check, case, unsupported(check, case))
