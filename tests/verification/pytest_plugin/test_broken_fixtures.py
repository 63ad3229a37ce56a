"""A run with files that cannot be used among good ones: all good ones are judged, each broken one is a failure with its line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

Run = Callable[..., Any]
Write = Callable[[Path, list[str]], Path]
BROKEN = {
    "broken.toml": "network.loss: 'half squared eror' is not a loss; accepted: ",
    "deep.toml": "arrays or tables nested more than 100 deep (at line 1); accepted: at most 100",
    "brackets.toml": "printed[0].text: line 1: more than 20 brackets in each other; accepted: at most so many",
    "book.toml": "unknown key 'langage'; accepted: edition, errata_url, language, manuscript, title, url; did you mean 'language'?",
    "zz/book/right.toml": "id: 'book/right' is the id of ",
}


@pytest.fixture(scope="module", params=["-n0", "-n2"])
def run(request: pytest.FixtureRequest, run_suite: Run, write_book: Write, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A run of good and broken files, in one process and in two workers, with all files."""
    folder = tmp_path_factory.mktemp("run")
    book = write_book(folder, ["right", "wrong", "broken", "rounded"])
    right = (book / "right.toml").read_text(encoding="utf-8")
    (book / "deep.toml").write_text("a = " + 100_000 * "[", encoding="utf-8")
    (book / "brackets.toml").write_text(right.replace("[[7.000]]", 3_000 * "["), encoding="utf-8")
    (book / "book.toml").write_text('title = "B"\nlangage = "en"\n', encoding="utf-8")
    write_book(book / "zz", ["right"])
    options = (f"--examples={book}", "--engines=reference", f"--report={folder / 'report'}", f"--junitxml={folder / 'pytest.xml'}")
    return run_suite(*options, request.param), folder


def test_every_good_fixture_is_judged(run: Any) -> None:
    """Right, wrong and undecided numbers get their verdicts whatever lies beside them."""
    done, _ = run
    verdicts = {name: entry["verdict"] for name, entry in done.results["examples"].items()}
    assert verdicts == {"book/right": "confirmed", "book/wrong": "failed", "book/rounded": "undecided"}


def test_every_broken_file_is_in_the_results(run: Any) -> None:
    """``results.json`` lists the file, and what is wrong with it in one line."""
    done, folder = run
    unreadable = {Path(entry["file"]): entry["error"] for entry in done.results["unreadable"]}
    assert set(unreadable) == {folder / "book" / name for name in BROKEN}
    for name, message in BROKEN.items():
        assert unreadable[folder / "book" / name].startswith(message)
        assert "\n" not in unreadable[folder / "book" / name]


def test_every_broken_file_is_a_failed_test(run: Any) -> None:
    """The exit status is 1, and pytest's file and the report's name each of them; nowhere is a traceback."""
    done, folder = run
    assert done.status == 1
    assert "Traceback" not in done.output
    assert "INTERNALERROR" not in done.output
    cases = list(ET.parse(folder / "pytest.xml").iter("testcase"))  # noqa: S314 -- written by the run just now
    failed = {case.attrib["name"] for case in cases if case.find("failure") is not None}
    assert {f"broken-fixture[{folder / 'book' / name}]" for name in BROKEN} <= failed
    ours = list(ET.parse(folder / "report" / "junit.xml").iter("testcase"))  # noqa: S314 -- likewise
    assert {str(folder / "book" / name) for name in BROKEN} <= {
        case.attrib["name"] for case in ours if case.find("failure") is not None
    }


def test_summary_and_report_name_every_broken_file(run: Any) -> None:
    """One line each."""
    done, folder = run
    pages = [(folder / "report" / name).read_text(encoding="utf-8") for name in ("index.html", "report.md")]
    assert "epoch79: 5 files CANNOT BE USED: see the failures" in done.output
    for name in BROKEN:
        assert f"CANNOT BE USED: {folder / 'book' / name}: " in done.output
        assert all(str(folder / "book" / name) in page for page in pages)


def test_only_broken_files_are_a_failure_too(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """Where no fixture can be used, the run fails with their lines, and its results have no example."""
    done = run_suite(f"--examples={write_book(tmp_path, ['broken'])}", f"--report={tmp_path / 'report'}", "-n0")
    assert done.status == 1
    assert (done.results["examples"], len(done.results["unreadable"])) == ({}, 1)
    assert "INTERNALERROR" not in done.output
    assert (tmp_path / "report" / "junit.xml").is_file()


def test_a_broken_file_can_be_selected_by_its_name(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """``-k`` works on these tests as on others."""
    book = write_book(tmp_path, ["right", "broken"])
    assert run_suite(f"--examples={book}", "--engines=reference", "-n0", "-k", "not broken-fixture").status == 0
    assert run_suite(f"--examples={book}", "--engines=reference", "-n0", "-k", "broken-fixture").status == 1
