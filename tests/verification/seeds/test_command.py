"""``python -m verification seeds``."""

import argparse
from collections.abc import Callable
from copy import copy
from functools import partial
from pathlib import Path

import pytest

from verification.seeds import command
from verification.seeds.records import SeedFile
from verification.seeds.seed_files import committed_seeds
from verification.seeds.study_files import STUDIES
from verification.session import Session
from worked_examples import FixtureError, load_all

ONE, OTHER = "numpy-dnn/321_1", "backprop-notes/xor-sequential"


@pytest.fixture
def sessions() -> list[Session]:
    """The sessions for which files are computed."""
    return []


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, sessions: list[Session]) -> list[SeedFile]:
    """What the command writes, with the committed files in the place of computed ones."""
    contents = [content for name in (ONE, OTHER) if (content := committed_seeds(name))]
    files: list[SeedFile] = []

    def computations(session: Session) -> dict[str, Callable[[], SeedFile]]:
        sessions.append(session)
        return {content.id: partial(copy, content) for content in contents}

    monkeypatch.setattr(command, "computations", computations)
    monkeypatch.setattr(command, "write", files.append)
    return files


def options(*arguments: str) -> argparse.Namespace:
    """The options of a command line."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_the_named_examples_are_written(written: list[SeedFile], capsys: pytest.CaptureFixture[str]) -> None:
    """One file for each example that is named, one line for each."""
    assert command.main(options(OTHER)) == 0
    assert [content.id for content in written] == [OTHER]
    assert capsys.readouterr().out == f"[1/1] {OTHER}: 1,000 seeds, 0.0 s\n"


def test_without_names_all_are_written(written: list[SeedFile], sessions: list[Session], tmp_path: Path) -> None:
    """Every example that has seeds is computed, with images from the given folder."""
    assert command.main(options("--data", str(tmp_path))) == 0
    assert [content.id for content in written] == [ONE, OTHER]
    assert [session.data for session in sessions] == [tmp_path]


def test_an_example_without_seeds_is_refused(written: list[SeedFile]) -> None:
    """The error names the examples that have seeds, and nothing is written."""
    with pytest.raises(FixtureError, match=f"no seeds are trained for 'numpy-dnn/321'; accepted: .*did you mean '{ONE}'"):
        command.main(options("numpy-dnn/321"))
    assert written == []


def test_both_kinds_of_examples_have_seeds() -> None:
    """Networks on given data and networks on images are behind the same command."""
    known = command.computations(Session(load_all().values()))
    assert [*STUDIES, "numpy-dnn/325_1"] == [name for name in known if name in (*STUDIES, "numpy-dnn/325_1")]
