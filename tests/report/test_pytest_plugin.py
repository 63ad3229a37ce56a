"""The option ``--report``: results and report in one folder, or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report.pytest_plugin import pytest_epoch79_results
from verification.records import ExampleResult, Results


def test_the_report_is_written_where_the_option_says(
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
    tmp_path: Path,
    make_results: Callable[..., Results],
    make_example: Callable[..., ExampleResult],
) -> None:
    """``results.json`` and the pages, in a folder that need not exist; every file is named."""
    results, folder = make_results(make_example()), tmp_path / "a" / "report"
    monkeypatch.setattr(pytestconfig.option, "report", folder)
    files = pytest_epoch79_results(pytestconfig, results)
    assert {file.name for file in files} >= {"results.json", "index.html", "report.md", "junit.xml"}
    assert sorted(files) == sorted(folder.iterdir())
    assert (folder / "results.json").read_text(encoding="utf-8") == results.as_json()


def test_without_the_option_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config, make_results: Callable[..., Results]
) -> None:
    """No file is named."""
    monkeypatch.setattr(pytestconfig.option, "report", None)
    assert pytest_epoch79_results(pytestconfig, make_results()) == []
