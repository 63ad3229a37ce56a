"""``python -m verification check PATH`` runs pytest on these examples alone."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from verification.commands import check


def parsed(*arguments: str) -> argparse.Namespace:
    """The options of the command."""
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return parser.parse_args(list(arguments))


def test_the_paths_and_options_reach_pytest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each path is absolute, for pytest runs in the project's folder; its exit status is the command's."""
    called = list[tuple[list[str], Path]]()

    def run(command: list[str], cwd: Path, check: bool) -> subprocess.CompletedProcess[str]:
        called.append((command, cwd))
        return subprocess.CompletedProcess(command, 5)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.chdir(tmp_path)
    assert check.main(parsed("a.toml", "b", "--pytest", "-x", "--engines=reference")) == 5
    paths = [f"--examples={tmp_path / name}" for name in ("a.toml", "b")]
    assert called == [([sys.executable, "-m", "pytest", "-q", *paths, "-x", "--engines=reference"], check.PROJECT)]


def test_a_path_is_needed() -> None:
    """Without one nothing would be verified."""
    with pytest.raises(SystemExit):
        parsed()
