"""The pages of the report, written together: ``index.html``, ``report.md``, ``junit.xml`` and the pictures."""

from pathlib import Path
from typing import Any

from report.example_sections import sections
from report.image_tables import run_times
from report.pictures import svg
from report.rendering import render
from report.verdict_table import verdict_table
from verification.records import Results
from worked_examples.files.atomic_files import write_all

__all__ = ["ReportError", "write"]

PAGES = ("index.html", "report.md", "junit.xml")


class ReportError(ValueError):
    """Results of which no report can be made."""


def write(results: Results, folder: Path) -> list[Path]:
    """The paths of ``index.html``, ``report.md``, ``junit.xml`` and the pictures in ``folder``, which are all written or none.

    Raises:
        ReportError: where the results hold neither an example nor a file that cannot be used; nothing is written then.

    """
    if not results.examples and not results.unreadable:
        raise ReportError("the results hold no example: nothing to report")
    parts = sections(results)
    view: dict[str, Any] = {
        "results": results,
        "table": verdict_table(results),
        "sections": parts,
        "run_times": run_times(results),
    }
    texts = {page: render(f"{page}.j2", view) for page in PAGES}
    pictures = {picture.file: svg.standalone(picture.svg) for section in parts for picture in section.pictures}
    return write_all(folder, texts | pictures)
