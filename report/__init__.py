"""From the results of a run to what an author reads (HTML, Markdown) and what a CI job reads (JUnit)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from report import pictures
from report.image_tables import learning, runs
from report.rendering import render
from report.sections import sections
from report.tables import table
from report.values import ReportError, anchor
from worked_examples import Example, InitializerExample
from worked_examples.atomic_files import write_all

__all__ = ["ReportError", "write"]


def write(results: Mapping[str, Any], examples: Mapping[str, Example], folder: Path) -> list[Path]:
    """Write ``index.html``, ``report.md``, ``junit.xml`` and the pictures into ``folder``, all of them or none.

    ``results`` is what ``results.json`` holds; ``examples`` are the fixtures by id, which know the errata in full.

    Raises:
        ReportError: where the results hold no example; nothing is written then.

    """
    if not results.get("examples"):
        raise ReportError("the results hold no example: nothing to report")
    verified = {name: examples[name] for name in results["examples"] if name in examples}
    drawn = {anchor(name): pictures.histogram(it) for name, it in verified.items() if isinstance(it, InitializerExample)}
    view: dict[str, Any] = {"table": table(results), "sections": sections(results, verified), "pictures": drawn}
    view |= {"training": learning(results), "runs": runs(results)}
    view |= {part: results.get(part) or {} for part in ("versions", "totals")}
    texts = {name: render(f"{name}.j2", view) for name in ("index.html", "report.md", "junit.xml")}
    files = {f"{name}.svg": svg for name, svg in drawn.items()}
    files |= {image.file: image.svg for found in view["learning"].values() for image in found.images}
    return write_all(folder, texts | {name: pictures.standalone(svg) for name, svg in files.items()})
