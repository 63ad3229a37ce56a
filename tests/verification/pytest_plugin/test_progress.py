"""Progress of a long run: a line with the example, the counts, and an estimate of what remains."""

import re
from pathlib import Path

import pytest

from verification.pytest_plugin.progress import Progress
from verification.pytest_plugin.reporting import write_now


def test_a_line_names_the_example_the_counts_and_what_remains() -> None:
    """After each check that is due, one line; the last check needs none."""
    lines: list[str] = []
    progress = Progress({"a-torch-outputs": 1.0, "a-torch-epochs": 3.0, "b-torch-outputs": 0.0}, lines.append, seconds=0)
    progress.done("a-torch-outputs", "book/a", "torch", "outputs")
    progress.done("a-torch-epochs", "book/a", "torch", "epochs")
    progress.done("b-torch-outputs", "book/b", "torch", "outputs")
    assert len(lines) == 2
    assert re.fullmatch(r"\[1/3\] book/a on torch: outputs; about \d+ (s|min) left", lines[0])
    assert re.fullmatch(r"\[2/3\] book/a on torch: epochs; about 0 s left", lines[1])


def test_lines_come_every_few_seconds_only() -> None:
    """A check that ends soon after another says nothing."""
    lines: list[str] = []
    progress = Progress({"a": 1.0, "b": 1.0, "c": 1.0}, lines.append, seconds=3600)
    progress.done("a", "book/a", "torch", "outputs")
    progress.done("b", "book/b", "torch", "outputs")
    assert lines == []


def test_what_remains_is_the_rest_of_the_cost() -> None:
    """A quarter of the cost took as long as a third of what is left; minutes from 90 seconds on."""
    progress = Progress({"a": 1.0, "b": 3.0}, lambda _: None, seconds=0)
    assert progress.remaining(progress.started + 10) == "no estimate yet"
    progress.done("a", "book/a", "torch", "outputs")
    assert progress.remaining(progress.started + 10) == "about 30 s left"
    assert progress.remaining(progress.started + 100) == "about 5 min left"


def test_a_log_has_each_line_at_once(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """A file, which is buffered, holds the line before the run ends."""
    log = tmp_path / "log"
    with log.open("w", encoding="utf-8") as stream:
        write_now(pytest.TerminalReporter(pytestconfig, stream), "[1/3] book/a")
        assert log.read_text(encoding="utf-8") == "[1/3] book/a\n"
