"""The report says what the results and the fixtures say, escapes it, and is written whole or not at all."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.dom.minidom import Element, parse

import pytest

import report
from report import pictures
from report.errata import corrections
from report.percentiles import percentiles
from worked_examples import Example, atomic_files, load_all

HOSTILE = "<script>alert(1)</script> | \"a\" & 'b' `c` \x07"
FORMATS = {"index.html", "report.md", "junit.xml"}


@pytest.fixture(scope="module")
def examples() -> dict[str, Example]:
    """Every fixture of ours."""
    return load_all()


def results(**changes: Any) -> dict[str, Any]:
    """The results of a run of one example that holds, with some of its entries changed."""
    counts = {"confirmed": 19, "truncated": 0, "off": 0, "wrong": 0, "undecided": 0, "errata": 0, "total": 19}
    epochs = {"book": 207889, "reference": 207889, "keras": 207889}
    entry: dict[str, Any] = {"title": "2-2-2", "source": "a book, chapter 3", "printed": counts, "epochs": epochs, "notes": []}
    entry |= {"digits": {"reference": {"output": "exact", "loss": 16.08}, "keras": {"output": "exact"}}}
    entry |= {"statements": {"total": 2, "confirmed": 1, "errata": 1}, "errata in words": 3}
    totals = {"confirmed": 19, "total": 19, "statements": 2, "errata": 4}
    named = {"numpy-dnn/3110_2": entry | changes}
    return {"versions": {"numpy": "2.4.6"}, "engines": ["reference", "keras"], "examples": named, "totals": totals}


def write(found: dict[str, Any], examples: dict[str, Example], folder: Path) -> dict[str, str]:
    """The texts of a report by file name."""
    return {file.name: file.read_text(encoding="utf-8") for file in report.write(found, examples, folder)}


class Cells(HTMLParser):
    """The texts of the rows of every table body on a page, a row a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Open a row or a cell."""
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")
        self.inside = tag in {"td", "th"} or (self.inside and tag in {"a", "del", "ins"})

    def handle_endtag(self, tag: str) -> None:
        """Close a cell."""
        self.inside = self.inside and tag not in {"td", "th", "a"}

    def handle_data(self, data: str) -> None:
        """The text of a cell."""
        if self.inside:
            self.rows[-1][-1] += data


def cells(page: str) -> list[list[str]]:
    """The rows of all tables of a page."""
    parser = Cells()
    parser.feed(page)
    return parser.rows


def test_the_numbers_in_the_table_are_those_of_the_results(tmp_path: Path) -> None:
    """Counts, epochs and least digits stand in the row as the results have them, in HTML and in Markdown alike."""
    texts = write(results(), {}, tmp_path)
    row = ["2-2-2", "errata", "19/19", "1/2", "4", "207,889", "207,889", "207,889", "16.08", "exact", "–"]
    assert row in cells(texts["index.html"])
    assert "| 2-2-2 | a book, chapter 3 | " + " | ".join(row[1:]) + " |" in texts["report.md"]
    assert "19 of 19 printed numbers confirmed" in texts["report.md"]


def test_what_the_results_lack_is_a_dash_and_what_they_gain_is_shown(tmp_path: Path) -> None:
    """An empty entry makes a row of dashes; certified epochs and float32 outcomes get columns once an example has them."""
    bare = write({"engines": ["torch"], "examples": {"ours/bare": {}}}, {}, tmp_path)
    assert ["ours/bare", *["–"] * 8] in cells(bare["index.html"])
    epochs = {"book": 79, "certified": 79, "reference": 79, "keras": None}
    float32 = {"reference": {"stuck": 1234, "loss": 0.5}, "keras": 80}
    (row,) = (row for row in cells(write(results(epochs=epochs, float32=float32), {}, tmp_path)["index.html"]) if row[0] == "2-2-2")
    assert row[1] == "fails"
    assert row[5:9] == ["79", "79", "79", "never"]
    assert row[11:] == ["stuck at 1,234, loss 0.5", "80", "–"]


def test_a_hostile_title_is_text_in_every_format(tmp_path: Path) -> None:
    """Markup, table bars and control characters in titles and notes reach no reader as anything but text."""
    texts = write(results(title=HOSTILE, notes=[HOSTILE]), {}, tmp_path)
    for name in FORMATS:
        assert "<script>" not in texts[name]
        assert "\x07" not in texts[name]
    assert HOSTILE.replace("\x07", "\ufffd") in [row[0] for row in cells(texts["index.html"]) if row]
    header, _, line, *_ = (line for line in texts["report.md"].splitlines() if line.startswith("| "))
    assert line.replace(r"\|", "").count("|") == header.count("|")


def test_every_erratum_appears(tmp_path: Path, examples: dict[str, Example]) -> None:
    """Each erratum of a block, a statement or in words is a row of the page with place, print, correction, reason and evidence."""
    found = {"examples": {name: {"title": example.title} for name, example in examples.items()}}
    texts = write(found, examples, tmp_path)
    listed = [row[-5:] for row in cells(texts["index.html"])]
    expected = [list(erratum) for example in examples.values() for erratum in corrections(example)]
    inside = [part.errata for example in examples.values() for part in (*example.printed, *example.statements, example)]
    assert len(expected) == sum(map(len, inside)) > 0
    assert [row for row in expected if row not in listed] == []
    assert texts["report.md"].partition("## Errata")[2].partition("\n## ")[0].count("\n| ") == len(expected) + 2


def test_drawn_results_are_shown_with_their_place_among_the_seeds(tmp_path: Path, examples: dict[str, Example]) -> None:
    """Each printed result is a row with its verdict; outputs printed together share one; an example without seeds has none."""
    name = "numpy-dnn/321_1"
    texts = write({"examples": {name: {}, "numpy-dnn/311_1": {}}}, examples, tmp_path)
    shown = [row for row in cells(texts["index.html"]) if row[0].startswith(("epoch where", "outputs, "))]
    assert [row[:2] for row in shown] == [
        ["outputs, epoch 1", "0.4955, 0.5135, 0.4960, 0.4873"],
        ["epoch where training stops", "27818"],
        ["outputs, the stop", "0.0070, 0.0073, 0.9927, 0.0066"],
    ]
    assert [row[2] for row in shown] == [
        "4 typical",
        "typical: percentile 94.9 of 1,000 seeds, 98 % of them from 21629 to never",
        "4 typical",
    ]
    assert "training stops within the book&#39;s 1,000,000 epochs: holds for 97.6 %" in texts["index.html"]
    assert texts["report.md"].partition("among many seeds")[2].count("\n| ") == 2 + len(percentiles(name).results)
    assert percentiles("numpy-dnn/311_1") == ([], [])
    assert percentiles("numpy-dnn/322_1").results[0][1:] == ("40 numbers", "40 typical")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"printed": {"confirmed": 17, "wrong": 2, "errata": 1, "total": 19}},
            "2 of 19 printed numbers are not confirmed (wrong 2)",
        ),
        ({"statements": {"total": 2, "confirmed": 2, "errata": 1}}, "of 2 statements 2 are confirmed and 1 are errata"),
        ({"epochs": {"book": 79, "reference": 79, "keras": 80}}, "keras stops at epoch 80, book at 79"),
        ({"epochs": {"book": 79, "certified": 78, "reference": 79}}, "certified stops at epoch 78, book at 79"),
        ({"epochs": {"book": None, "reference": 79, "keras": None}}, "keras never stops, reference at 79"),
        ({"failures": ["keras-gradients"]}, "keras-gradients"),
    ],
)
def test_junit_fails_what_no_erratum_explains(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    """The suite counts one failure, and its message says what is wrong."""
    write(results(**changes), {}, tmp_path)
    suite = junit(tmp_path)
    assert [suite.getAttribute(name) for name in ("name", "tests", "failures", "skipped")] == ["numpy-dnn", "1", "1", "0"]
    (failure,) = suite.getElementsByTagName("failure")
    assert failure.getAttribute("message").startswith(message)


def test_junit_passes_what_holds_and_skips_what_has_no_record(tmp_path: Path) -> None:
    """An example that holds is a test without failure; one of which nothing was recorded is skipped, not passed."""
    found = results(printed={"confirmed": 18, "off": 1, "errata": 1, "total": 19})
    found["examples"]["numpy-dnn/bare"] = {"title": HOSTILE}
    write(found, {}, tmp_path)
    assert [junit(tmp_path).getAttribute(name) for name in ("tests", "failures", "skipped")] == ["2", "0", "1"]


def junit(folder: Path) -> Element:
    """The only suite of a report's ``junit.xml``, which must be well-formed."""
    (suite,) = parse(str(folder / "junit.xml")).getElementsByTagName("testsuite")  # noqa: S318 -- our own file
    return suite


def test_histograms_are_on_the_page_and_beside_it(tmp_path: Path, examples: dict[str, Example]) -> None:
    """An example about initial weights shows each distribution with its standard deviation; a second run draws the same."""
    found: dict[str, Any] = {"examples": {"numpy-dnn/3110_1": {}}}
    first, second = write(found, examples, tmp_path), write(found, examples, tmp_path)
    assert first == second
    assert set(first) == FORMATS | {"numpy-dnn-3110_1.svg"}
    for name in ("index.html", "numpy-dnn-3110_1.svg"):
        assert pictures.INK not in first[name]
        assert "He: 0.01414 by the formula" in first[name]
        assert "LeCun: 0.01 by the formula" in first[name]
    assert "![numpy-dnn/3110\\_1](numpy-dnn-3110_1.svg)" in first["report.md"]


def test_nothing_is_written_where_rendering_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that cannot be rendered leaves the folder as it was."""

    def broken(template: str, view: object) -> str:
        if template == "junit.xml.j2":
            raise RuntimeError(template)
        return "half"

    monkeypatch.setattr(report, "render", broken)
    with pytest.raises(RuntimeError):
        report.write(results(), {}, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_the_earlier_report_stands_where_writing_fails(tmp_path: Path) -> None:
    """Where one file cannot be written, the others keep their earlier text, and no unfinished file is left."""
    (tmp_path / "index.html").write_text("earlier", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        atomic_files.write_all(tmp_path, {"index.html": "later", "report.md": "\ud800"})
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("index.html", "earlier")]


@pytest.mark.parametrize("empty", [{}, {"examples": {}}])
def test_results_without_examples_are_refused(tmp_path: Path, empty: dict[str, Any]) -> None:
    """There is one clear error, and no empty report."""
    with pytest.raises(report.ReportError, match="the results hold no example: nothing to report"):
        report.write(empty, {}, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_importing_the_report_imports_no_framework() -> None:
    """Neither Keras nor PyTorch is loaded, nor pyplot with its global state."""
    code = "import sys, report; print(sorted({'keras', 'tensorflow', 'torch', 'matplotlib.pyplot'} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(report.__file__).parents[1]
    )
    assert found.stdout == "[]\n"
