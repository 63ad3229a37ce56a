"""How a check ends: outcome and reason for problems, errors, missing data and undecided numbers; and what its failure says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from verification.case import Case
from verification.check import Check, judge, message
from verification.records import Findings, Outcome, PrintedNumber
from verification.verdicts.verdict import Verdict
from worked_examples import FixtureError, ImageExample, NetworkExample
from worked_examples.errors import MissingDataError

Find = Callable[[Case[NetworkExample], Findings], Iterator[str]]


@pytest.fixture
def case(network: Callable[[str], NetworkExample]) -> Case[NetworkExample]:
    """An example on the reference."""
    return Case(network("numpy-dnn/311_1"), "reference")


def check_of(find: Find, **changes: object) -> Check:
    """A check of networks."""
    return Check("probe", (NetworkExample,), find, "look at adapters/{engine}", **changes)  # type: ignore[arg-type]  # any field


def number(verdict: Verdict, name: str = "E", index: tuple[int, ...] = ()) -> PrintedNumber:
    """A printed number with a verdict."""
    corrected = "1 or 2" if verdict is Verdict.UNDECIDED else "1"
    return PrintedNumber(where="console", name=name, index=index, printed="1", verdict=verdict, value="1", corrected=corrected)


def finds(
    *problems: str,
    numbers: list[PrintedNumber] | None = None,
    n_not_judged: int = 0,
    reason: str = "",
    error: Exception | None = None,
) -> Find:
    """A check that finds this."""

    def find(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
        findings.printed_numbers, findings.n_not_judged, findings.reason = numbers, n_not_judged, reason
        yield from problems
        if error:
            raise error

    return find


def test_no_problem_is_passed(case: Case[NetworkExample]) -> None:
    """The findings name example, engine, check, type and versions."""
    findings = judge(check_of(finds()), case)
    assert (findings.example, findings.engine, findings.check, findings.dtype) == (
        "numpy-dnn/311_1",
        "reference",
        "probe",
        "float64",
    )
    assert findings.outcome is Outcome.PASSED
    assert findings.versions == case.engine.versions()
    assert findings.problems == []


def test_a_problem_is_failed(case: Case[NetworkExample]) -> None:
    """Every problem is kept, and the next step is about this engine."""
    findings = judge(check_of(finds("one", "two")), case)
    assert (findings.outcome, findings.problems, findings.next_step) == (
        Outcome.FAILED,
        ["one", "two"],
        "look at adapters/reference",
    )


def test_a_problem_outweighs_an_undecided_number(case: Case[NetworkExample]) -> None:
    """A failure is not softened by what could not be decided."""
    assert judge(check_of(finds("one", numbers=[number(Verdict.UNDECIDED)])), case).outcome is Outcome.FAILED


def test_an_undecided_number_is_undecided(case: Case[NetworkExample]) -> None:
    """The reason counts the undecided numbers and names each; a confirmed or a wrong one beside it is none of them."""
    numbers = [number(Verdict.CONFIRMED), number(Verdict.UNDECIDED, "W", (0, 1)), number(Verdict.UNDECIDED)]
    findings = judge(check_of(finds(numbers=numbers)), case)
    assert findings.outcome is Outcome.UNDECIDED
    assert findings.reason == (
        "2 of 3 printed numbers undecided: W[0, 1], console: printed 1, 1: 1 or 2; E, console: printed 1, 1: 1 or 2"
    )


def test_a_number_that_needs_missing_data_is_not_judged(case: Case[NetworkExample]) -> None:
    """The reason counts them and says what is missing."""
    findings = judge(check_of(finds(n_not_judged=4, reason="mnist: not found")), case)
    assert (findings.outcome, findings.reason) == (Outcome.NOT_JUDGED, "mnist: not found")


def test_missing_data_are_not_judged(case: Case[NetworkExample]) -> None:
    """A check that cannot run for want of data neither fails nor passes."""
    findings = judge(check_of(finds(error=MissingDataError("mnist: not found"))), case)
    assert (findings.outcome, findings.reason) == (Outcome.NOT_JUDGED, "data not available: mnist: not found")


def test_a_fixture_error_is_a_problem_of_the_fixture(case: Case[NetworkExample]) -> None:
    """It fails with the error's message, and the next step is the fixture."""
    findings = judge(check_of(finds(error=FixtureError("a.toml: training.learning_rate: on reference, ..."))), case)
    assert (findings.outcome, findings.next_step) == (Outcome.FAILED, "correct the fixture")
    assert findings.problems == ["a.toml: training.learning_rate: on reference, ..."]


def test_problems_before_an_error_are_kept(case: Case[NetworkExample]) -> None:
    """What was found before the fixture or the data ended the check is still said."""
    findings = judge(check_of(finds("one", error=FixtureError("a.toml: ..."))), case)
    assert findings.problems == ["one", "a.toml: ..."]
    missing = judge(check_of(finds("one", error=MissingDataError("mnist"))), case)
    assert (missing.outcome, missing.problems) == (Outcome.FAILED, ["one"])


def test_what_an_engine_does_not_support_is_not_applicable(case: Case[NetworkExample]) -> None:
    """The reason is the engine's, and nothing is computed."""

    def find(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
        pytest.fail("computed")
        yield ""

    judged = judge(check_of(find), case, "Keras has no step activation")
    assert (judged.outcome, judged.reason) == (Outcome.NOT_APPLICABLE, "Keras has no step activation")


def test_a_message_names_everything(case: Case[NetworkExample]) -> None:
    """Example, engine, type, check, title, problems and the next step."""
    text = message(judge(check_of(finds("one", "two")), case), case.example)
    assert text == (
        "numpy-dnn/311_1 on reference (float64), probe: 2 inputs, 2 outputs, linear\n"
        "  one\n"
        "  two\n"
        "  next: look at adapters/reference"
    )


@pytest.mark.parametrize(
    ("count", "file", "last"),
    [
        (12, None, "  problem 11"),
        (13, None, "  ... and 1 more, all of them with --results=FILE or --report=DIR"),
        (34, Path("build/results.json"), "  ... and 22 more, all of them in build/results.json"),
    ],
)
def test_a_message_shows_at_most_twelve_problems(case: Case[NetworkExample], count: int, file: Path | None, last: str) -> None:
    """The others are counted, and left to the file of results, where all are; without one it says how to get it."""
    findings = judge(check_of(finds(*(f"problem {i}" for i in range(count)))), case)
    lines = message(findings, case.example, file=file).splitlines()
    assert sum(line.startswith("  problem") for line in lines) == 12
    assert lines[-2] == last
    assert len(findings.problems) == count


def test_what_was_not_judged_is_said_beside_what_is_undecided(case: Case[NetworkExample]) -> None:
    """Neither reason hides the other."""
    find = finds(numbers=[number(Verdict.UNDECIDED)], n_not_judged=4, reason="mnist: not found")
    findings = judge(check_of(find), case)
    assert findings.outcome is Outcome.UNDECIDED
    assert findings.reason == ("1 of 1 printed numbers undecided: E, console: printed 1, 1: 1 or 2; 4 not judged: mnist: not found")


@pytest.mark.parametrize(
    ("changes", "engine", "dtype", "is_for"),
    [
        ({}, "keras", "float64", True),
        ({}, "keras", "float32", False),
        ({"dtypes": ("float64", "float32")}, "keras", "float32", True),
        ({"engines": "reference"}, "keras", "float64", False),
        ({"engines": "reference"}, "reference", "float64", True),
        ({"engines": "frameworks"}, "reference", "float64", False),
        ({"engines": "frameworks"}, "keras", "float64", True),
        ({"applies": lambda _: False}, "keras", "float64", False),
        ({"kinds": (ImageExample,)}, "keras", "float64", False),
    ],
)
def test_a_check_says_what_it_is_for(
    case: Case[NetworkExample], changes: dict[str, object], engine: str, dtype: str, is_for: bool
) -> None:
    """Kind, engine, type and what the example has decide; what the engine supports does not."""
    values = {"name": "probe", "kinds": (NetworkExample,), "find": finds(), "next_step": ""} | changes
    assert Check(**values).is_for(case.on(engine).in_dtype(dtype)) is is_for  # type: ignore[arg-type]  # any field
