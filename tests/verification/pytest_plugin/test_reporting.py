"""The run itself, end to end: what is put into a small book must come out of summary, results, JUnit and exit status."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

Run = Callable[..., Any]
Write = Callable[[Path, list[str]], Path]
VERDICTS = {
    "right": ("confirmed", ["confirmed", "confirmed"]),
    "wrong": ("failed", ["wrong", "confirmed"]),
    "off": ("failed", ["off", "confirmed"]),
    "truncated": ("failed", ["truncated", "confirmed"]),
    "erratum": ("errata", ["wrong", "confirmed"]),
    "no-erratum": ("failed", ["confirmed", "confirmed"]),
    "stops": ("confirmed", ["confirmed", "confirmed"]),
    "stops-later": ("failed", ["confirmed", "confirmed"]),
    "rounded": ("undecided", ["undecided"]),
}
TESTS = {"network": 4, "trained": 9, "calculation": 2}  # outputs, gradients, printed and once notes; trained ones have more


@pytest.fixture(scope="module", params=["-n0", "-n2"])
def whole(request: pytest.FixtureRequest, run_suite: Run, write_book: Write, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One run of the whole book on two engines, in one process and in two workers, with all files."""
    folder = tmp_path_factory.mktemp("whole")
    book, report = write_book(folder, list(VERDICTS)), folder / "report"
    options = (f"--examples={book}", "--engines=reference,torch", f"--report={report}", f"--junitxml={folder / 'pytest.xml'}")
    return run_suite(*options, request.param), folder


def test_every_printed_number_has_the_verdict_that_was_put_in(whole: Any) -> None:
    """Verdicts, number by number, and the verdict of each example, are those of the book."""
    done, _ = whole
    examples = {name.removeprefix("book/"): entry for name, entry in done.results["examples"].items()}
    numbers = {name: [number["verdict"] for number in entry["printed_numbers"]] for name, entry in examples.items()}
    assert {name: (entry["verdict"], numbers[name]) for name, entry in examples.items()} == VERDICTS


def test_corrected_digits_and_values_are_in_the_results(whole: Any) -> None:
    """A wrong number comes with its place, the computed value, and what should have been printed."""
    done, _ = whole
    number = done.results["examples"]["book/wrong"]["printed_numbers"][0]
    assert (number["where"], number["name"], number["index"], number["printed"]) == ("page 1", "Y", [0, 0], "7.100")
    assert (number["corrected"], number["value"]) == ("7.000", "certified 7 (exact)")
    assert done.results["examples"]["book/erratum"]["errata"][0]["correct"] == "7.000"


def test_totals_are_those_of_the_whole_book(whole: Any) -> None:
    """Counts by verdict add up over all examples, not over the last."""
    done, _ = whole
    counts = [verdict for _, verdicts in VERDICTS.values() for verdict in verdicts]
    expected = {word: counts.count(word) for word in ("confirmed", "wrong", "off", "truncated", "undecided")}
    for totals in (done.results["totals"], done.results["documents"]["book"]):
        assert {word: totals["printed"][word] for word in expected} == expected
        assert totals["printed"]["total"] == len(counts)
        assert totals["verdicts"] == {"confirmed": 2, "failed": 5, "errata": 1, "undecided": 1}
        assert (totals["examples"], totals["errata"]) == (9, {"author": {"result": 2}})


def test_epochs_are_those_of_each_engine(whole: Any) -> None:
    """The loss 4.5 * 0.9025^n is below 0.5 first at epoch 22, on every engine; a printed 23 fails."""
    done, _ = whole
    for name, printed in (("stops", 22), ("stops-later", 23)):
        epochs = done.results["examples"][f"book/{name}"]["epochs"]
        assert (epochs["printed"], epochs["engines"]) == (printed, {"reference": 22, "torch": 22})
    assert "stop at epoch 22, printed epoch 23 (loss < 0.5" in done.output


def test_the_summary_has_one_line_an_example(whole: Any) -> None:
    """Verdict and confirmed/printed stand in the line of the example, and the last line has the totals."""
    done, _ = whole
    lines = done.output.partition(" worked examples ===")[2].splitlines()
    for name, (verdict, numbers) in VERDICTS.items():
        (line,) = (line for line in lines if line.split()[:2] == [f"book/{name}", verdict])
        assert line.split()[2] == f"{numbers.count('confirmed')}/{len(numbers)}"
        assert len(line) <= 160
    assert "all: 12 of 17 printed numbers confirmed, 1 truncated, 1 off, 2 wrong, 1 undecided" in done.output


def test_exit_status_and_both_junit_files_agree(whole: Any) -> None:
    """The run fails; pytest's file and the report's name the same examples as failed, and the undecided one as skipped."""
    done, folder = whole
    assert done.status == 1
    failed = {f"book/{name}" for name, (verdict, _) in VERDICTS.items() if verdict == "failed"}
    cases = list(ET.parse(folder / "pytest.xml").iter("testcase"))  # noqa: S314 -- written by the run just now
    named = [(case.attrib["name"].partition("[")[2].partition("-reference")[0].partition("-torch")[0], case) for case in cases]
    assert {name for name, case in named if case.find("failure") is not None} == failed
    assert {name for name, case in named if case.find("skipped") is not None} == {"book/rounded"}
    assert not any(case.find("error") is not None for case in cases)
    ours = list(ET.parse(folder / "report" / "junit.xml").iter("testcase"))  # noqa: S314 -- likewise
    names = {case: case.attrib["name"].partition(":")[0] for case in ours}  # the example's id, and then its title
    outcome = {names[case]: next((child.tag for child in case if child.tag in ("failure", "skipped")), "") for case in ours}
    assert {name for name, tag in outcome.items() if tag == "failure"} == failed
    assert {name for name, tag in outcome.items() if tag == "skipped"} == {"book/rounded"}


def test_every_check_runs_on_every_engine(whole: Any) -> None:
    """Nothing is skipped in silence: each example has its checks on both engines, with their outcomes."""
    done, _ = whole
    checks = done.results["examples"]["book/stops"]["checks"]
    expected = {"outputs", "gradients", "printed", "epochs", "trajectory", "float64", "float32", "float16"}
    for engine in ("reference", "torch"):
        names = {check["check"] for check in checks if check["engine"] == engine}
        assert names == expected | {"notes" if engine == "reference" else "independence"}
    assert all(check["outcome"] == "passed" for check in checks)


def test_only_the_examples_that_are_named_run(whole: Any) -> None:
    """With ``--examples`` no test of the suite itself is collected."""
    done, folder = whole
    names = {case.attrib["classname"] for case in ET.parse(folder / "pytest.xml").iter("testcase")}  # noqa: S314 -- our file
    assert names == {"tests.test_worked_examples"}
    assert done.results["versions"].keys() >= {"python", "numpy", "torch"}


def test_a_right_book_passes(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """With nothing wrong the exit status is 0; an undecided number that the fixture announces does not change that."""
    book = write_book(tmp_path, ["right", "erratum", "announced"])
    done = run_suite(f"--examples={book}", "--engines=reference", "-n0", "-q")
    assert done.status == 0, done.output
    assert "UNDECIDED" not in done.output
    assert done.results["totals"]["verdicts"] == {"confirmed": 1, "errata": 1, "undecided": 1}
    (number,) = done.results["examples"]["book/announced"]["printed_numbers"]
    assert (number["verdict"], number["announced"]) == ("undecided", True)


def reason_in(done: Any) -> str:
    """What is said of the undecided number, put together from the results."""
    (number,) = done.results["examples"]["book/rounded"]["printed_numbers"]
    return f"y, page 2: printed 0.50, {number['value']}: {number['corrected']}"


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_an_undecided_number_is_said_everywhere_alike(run_suite: Run, write_book: Write, tmp_path: Path, workers: str) -> None:
    """Status 6, the last line of the run, the results and both JUnit files give the same reason; nothing has failed."""
    book, report = write_book(tmp_path, ["right", "rounded", "announced"]), tmp_path / "report"
    options = (f"--examples={book}", "--engines=reference,torch", f"--report={report}", f"--junitxml={tmp_path / 'pytest.xml'}")
    done = run_suite(*options, workers)
    assert done.status == 6, done.output
    why = reason_in(done)
    assert "a number from 0.48 to 0.52" in why
    assert done.output.splitlines()[-1] == f"UNDECIDED: book/rounded, {why}"
    assert done.output.count("UNDECIDED: ") == 1
    assert done.results["totals"]["verdicts"] == {"confirmed": 1, "undecided": 2}
    reasons = {
        name: {check["reason"] for check in entry["checks"] if check["outcome"] == "undecided"}
        for name, entry in done.results["examples"].items()
    }
    expected = {
        "book/right": set(),
        "book/rounded": {f"1 of 1 printed numbers undecided: {why}"},
        "book/announced": {f"1 of 1 printed numbers undecided (1 announced by the fixture): {why}"},
    }
    assert reasons == expected
    for file in (tmp_path / "pytest.xml", report / "junit.xml"):
        skipped = {element.attrib["message"] for element in ET.parse(file).iter("skipped")}  # noqa: S314 -- written just now
        assert skipped == {f"undecided: {text}" for texts in expected.values() for text in texts}
        assert not list(ET.parse(file).iter("failure"))  # noqa: S314 -- likewise


def test_a_failure_takes_precedence_over_an_undecided_number(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """The status is 1, and the undecided number is still the last line."""
    book = write_book(tmp_path, ["wrong", "rounded"])
    done = run_suite(f"--examples={book}", "--engines=reference", "-n0")
    assert done.status == 1
    assert done.output.splitlines()[-1] == f"UNDECIDED: book/rounded, {reason_in(done)}"


def test_a_number_that_is_decided_after_all_fails_its_announcement(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """As an erratum that is none does."""
    done = run_suite(f"--examples={write_book(tmp_path, ['decided'])}", "--engines=reference", "-n0")
    assert done.status == 1
    assert "printed[0].undecided: 'y', page 2, is decided after all; take it out" in done.output


def test_corrections_are_complete_in_the_files(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """The terminal shows twelve and says where the others are; results and both pages have all, with verdict and correction."""
    report = tmp_path / "report"
    options = (f"--examples={write_book(tmp_path, ['many'])}", f"--report={report}", "--engines=reference,torch", "-n0")
    done = run_suite(*options)
    assert done.status == 1
    assert "y[11], page 3: printed 23, " in done.output
    assert "y[12], page 3" not in done.output
    assert "  ... and 22 more, all of them in " in done.output
    entry = done.results["examples"]["book/many"]
    numbers = entry["printed_numbers"]
    assert [(number["printed"], number["verdict"], number["corrected"]) for number in numbers] == [
        (str(2 * n + 1), "off", str(2 * n)) for n in range(34)
    ]
    assert all(number["value"] and number["engines"] == ["reference", "torch"] for number in numbers)
    (judged,) = (check for check in entry["checks"] if (check["engine"], check["check"]) == ("torch", "printed"))
    assert [problem.partition(",")[0] for problem in judged["problems"]] == [f"y[{n}]" for n in range(34)]
    for page in ("index.html", "report.md"):
        text = (report / page).read_text(encoding="utf-8").replace("\\", "")
        assert all(f"y[{n}]" in text and f"{2 * n + 1}" in text for n in range(34))
