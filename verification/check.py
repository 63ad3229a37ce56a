"""A check: its name, the examples and capabilities that it needs, how it finds problems, and what to do about them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reference.comparisons import UndecidedError
from verification.case import Case
from verification.records import Findings, Outcome
from verification.undecided import announce, reason, undecided_numbers
from worked_examples import Example, FixtureError
from worked_examples.errors import MissingDataError, in_line


def always(_: Case[Any]) -> bool:
    """Every case."""
    return True


def nothing(_: Any) -> Iterable[str]:
    """No capability."""
    return ()


@dataclass(frozen=True)
class Check:
    """What is checked of examples: ``find`` yields a line for every problem and records what it sees in the findings.

    ``applies`` says for which cases of these kinds there is something to check, ``needs`` which capabilities of the engine it
    takes besides those of the example itself. ``engines`` limits it to the reference, or to the frameworks.
    """

    name: str
    kinds: tuple[type[Any], ...]
    find: Callable[[Case[Any], Findings], Iterator[str]]
    next_step: str
    applies: Callable[[Case[Any]], bool] = always
    needs: Callable[[Any], Iterable[str]] = nothing
    engines: str = "all"
    dtypes: tuple[str, ...] = ("float64",)

    def is_for(self, case: Case[Any]) -> bool:
        """Whether this check is made of a case at all; whether its engine is capable of it, ``registry.unsupported`` says."""
        of_engine = {"all": True, "reference": case.engine_name == "reference", "frameworks": case.engine_name != "reference"}
        of_kind = isinstance(case.example, self.kinds)
        return of_kind and of_engine[self.engines] and case.dtype in self.dtypes and self.applies(case)


def judge(check: Check, case: Case[Any], unsupported: str = "") -> Findings:
    """The findings of one check of one case; ``unsupported`` is why the engine is not capable of it."""
    findings = Findings(example=case.example.id, engine=case.engine_name, check=check.name, dtype=case.dtype)
    if unsupported:
        findings.outcome, findings.reason = Outcome.NOT_APPLICABLE, unsupported
        return findings
    findings.next_step = check.next_step.format(engine=case.engine_name)
    try:
        for problem in check.find(case, findings):
            findings.problems.append(problem)
    except FixtureError as error:
        findings.problems.append(with_file(str(error), case.example))
        findings.next_step = "correct the fixture"
    except MissingDataError as error:
        findings.reason, findings.outcome = f"data not available: {error}", Outcome.NOT_JUDGED
    except UndecidedError as error:
        findings.reason, findings.outcome = f"rounding in {case.dtype} may turn a comparison: {error}", Outcome.NOT_APPLICABLE
    findings.versions = case.engine.versions()
    findings.problems += announce(findings, case.example)
    return concluded(findings)


def with_file(problem: str, example: Example) -> str:
    """What is wrong with a fixture, after the file's name."""
    named = problem.partition(": ")[0].endswith(".toml")
    return problem if named or not example.file.name else f"{in_line(example.file)}: {problem}"


def concluded(findings: Findings) -> Findings:
    """The findings with their outcome: a problem fails, an undecided number is neither a failure nor a success."""
    if findings.problems:
        findings.outcome = Outcome.FAILED
    elif undecided_numbers(findings):
        missing = f"; {findings.n_not_judged} not judged: {findings.reason}" if findings.n_not_judged else ""
        findings.outcome, findings.reason = Outcome.UNDECIDED, f"{reason(findings)}{missing}"
    elif findings.n_not_judged:
        findings.outcome = Outcome.NOT_JUDGED
    return findings


def message(findings: Findings, example: Example, most: int = 12, file: Path | None = None) -> str:
    """What a failure says: example, engine, the first problems, how many more the ``file`` of results has, and what to do next."""
    shown, n_more = findings.problems[:most], len(findings.problems[most:])
    where = f"all of them in {file}" if file else "all of them with --results=FILE or --report=DIR"
    more = [f"... and {n_more} more, {where}"] if n_more else []
    head = f"{example.id} on {findings.engine} ({findings.dtype}), {findings.check}: {example.title}"
    return "\n".join([head, *(f"  {problem}" for problem in [*shown, *more]), f"  next: {findings.next_step}"])
