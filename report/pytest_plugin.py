"""The option ``--report``: after a run that verifies examples, the report is written from its results."""

from pathlib import Path

import pytest

from verification.records import Results
from worked_examples.files.atomic_files import write_text


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option of the report."""
    group = parser.getgroup("epoch79", "worked examples")
    group.addoption("--report", type=Path, metavar="DIR", help="write results.json and the report here")


def pytest_epoch79_results(config: pytest.Config, results: Results) -> list[Path]:
    """Write the report where the option says."""
    folder = config.getoption("--report")
    if folder is None:
        return []
    from report.pages import write  # noqa: PLC0415 -- who wants no report needs neither Jinja2 nor Matplotlib

    return [write_text(folder / "results.json", results.as_json()), *write(results, folder)]
