"""The report says what the results say, escapes it, is written whole or not at all, and needs the records alone."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from report import pages
from verification.records import Counts, ErratumResult, ExampleResult, PrintedNumber, Results
from verification.verdicts.verdict import Verdict
from worked_examples.files import atomic_files

FORMATS = {"index.html", "report.md", "junit.xml"}
FOLDER = Path(pages.__file__).parent
RECORDS = ("verification.records", "verification.seeds.records", "worked_examples.files.atomic_files", "report")
MakeExample = Callable[..., ExampleResult]
WriteReport = Callable[..., dict[str, str]]
TableRows = Callable[[str], list[list[str]]]


UNDECIDED = PrintedNumber(
    where="page 4",
    name="W",
    index=(0, 1),
    printed="0.25",
    verdict=Verdict.UNDECIDED,
    value="0.245 to 0.255",
    corrected="0.24 or 0.25",
)


def test_a_hostile_title_is_text_in_every_format(
    make_example: MakeExample, write_report: WriteReport, table_rows: TableRows, hostile: str
) -> None:
    """Markup, table bars and control characters in titles and notes reach no reader as anything but text."""
    texts = write_report(make_example(title=hostile, notes=[hostile], remarks=[hostile]))
    for name in FORMATS:
        assert "<script>" not in texts[name]
        assert "\x07" not in texts[name]
    assert hostile.replace("\x07", "\ufffd") in [row[0] for row in table_rows(texts["index.html"]) if row]
    header, _, line, *_ = (line for line in texts["report.md"].splitlines() if line.startswith("| "))
    assert line.replace(r"\|", "").count("|") == header.count("|")


def test_every_erratum_appears(make_example: MakeExample, write_report: WriteReport, table_rows: TableRows, hostile: str) -> None:
    """Each erratum is a row of both pages with its place, print, correction, reason, outcome, cause, weight and evidence."""
    kinds = ("number", "label", "statement", "words")
    cause = {"cause": "recognition", "weight": "code"}
    listed = [
        ErratumResult(kind=kind, where=kind, printed="1", correct="2", why=hostile, outcome="0.5", evidence="page", **cause)
        for kind in kinds
    ]
    texts = write_report(make_example(errata=listed), make_example(errata=[]))
    rows = [row[-8:] for row in table_rows(texts["index.html"])]
    assert all([kind, "1", "2", hostile.replace("\x07", "\ufffd"), "0.5", "recognition", "code", "page"] in rows for kind in kinds)
    assert texts["report.md"].partition("## Errata")[2].partition("\n## ")[0].count("\n| ") == len(kinds) + 2
    assert "4 listed errata" in texts["index.html"]


def test_every_printed_number_that_is_not_confirmed_is_listed(
    make_example: MakeExample, write_report: WriteReport, table_rows: TableRows
) -> None:
    """Its row has place, name with index, epoch, print, value, verdict, correction, whether an erratum lists it, and who judged."""
    wrong = {"engines": ["torch"], "verdict": Verdict.WRONG, "index": (), "epoch": 1079, "erratum": "number", "corrected": ""}
    confirmed = UNDECIDED.model_copy(update={"verdict": Verdict.CONFIRMED, "name": "confirmed one"})
    undecided = UNDECIDED.model_copy(update={"engines": ["reference", "keras"]})
    numbers = [undecided, UNDECIDED.model_copy(update=wrong), confirmed]
    texts = write_report(make_example(printed_numbers=numbers, printed=Counts(confirmed=1, wrong=1, undecided=1, total=3)))
    for row in (
        ["page 4", "W[0, 1]", "–", "0.25", "0.245 to 0.255", "undecided", "0.24 or 0.25", "no", "reference, keras"],
        ["page 4", "W", "1,079", "0.25", "0.245 to 0.255", "wrong", "–", "yes", "torch"],
    ):
        assert row in table_rows(texts["index.html"])
        assert " | ".join(row).replace("[", r"\[").replace("]", r"\]") in texts["report.md"]
    assert "confirmed one" not in texts["index.html"] + texts["report.md"]


def test_two_runs_write_the_same_bytes(
    trained_on_images: MakeExample, make_example: MakeExample, write_report: WriteReport
) -> None:
    """Pages and pictures of the same results are the same."""
    assert write_report(trained_on_images(), make_example()) == write_report(trained_on_images(), make_example())


def test_results_that_were_written_and_read_give_the_same_report(
    make_results: Callable[..., Results], trained_on_images: MakeExample, make_example: MakeExample, tmp_path: Path
) -> None:
    """The report needs nothing that ``results.json`` does not hold."""
    results = make_results(make_example(), trained_on_images())
    again = Results.model_validate_json(results.model_dump_json(exclude_defaults=True))
    first, second = pages.write(results, tmp_path / "a"), pages.write(again, tmp_path / "b")
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_nothing_is_written_where_rendering_fails(
    make_results: Callable[..., Results], make_example: MakeExample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that cannot be rendered leaves the folder as it was."""

    def broken(template: str, view: object) -> str:
        if template == "junit.xml.j2":
            raise RuntimeError(template)
        return "half"

    monkeypatch.setattr(pages, "render", broken)
    with pytest.raises(RuntimeError):
        pages.write(make_results(make_example()), tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_the_earlier_report_stays_where_writing_fails(tmp_path: Path) -> None:
    """Where one file cannot be written, the others keep their earlier text, and no unfinished file is left."""
    (tmp_path / "index.html").write_text("earlier", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        atomic_files.write_all(tmp_path, {"index.html": "later", "report.md": "\ud800"})
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("index.html", "earlier")]


def test_results_without_examples_are_refused(make_results: Callable[..., Results], tmp_path: Path) -> None:
    """There is one clear error, and no empty report."""
    with pytest.raises(pages.ReportError, match="the results hold no example: nothing to report"):
        pages.write(make_results(), tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_importing_the_report_imports_no_framework_and_no_engine() -> None:
    """Neither Keras nor PyTorch is loaded, nor an adapter, nor pyplot with its global state."""
    unwanted = "{'keras', 'tensorflow', 'torch', 'matplotlib.pyplot', 'adapters'}"
    code = f"import sys, report; print(sorted({unwanted} & set(sys.modules)))"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent)
    assert process.stdout == "[]\n"


@pytest.mark.parametrize("module", sorted(FOLDER.glob("*.py")), ids=lambda file: file.stem)
def test_pages_know_the_records_alone(module: Path) -> None:
    """No module but the two that write ``docs/conventions.md`` imports fixtures, adapters or what verifies them."""
    imported = [
        name
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in getattr(node, "names", [])]
        )
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    ours = [
        name
        for name in imported
        if name.partition(".")[0] in {"adapters", "reference", "report", "verification", "worked_examples"}
    ]
    others = {name for name in ours if not name.startswith(RECORDS)}
    allowed = {"conventions": {"worked_examples", "worked_examples.schema.kinds.convention"}}
    allowed["framework_calls"] = {"worked_examples.schema.framework_call"}
    assert others <= allowed.get(module.stem, set())
