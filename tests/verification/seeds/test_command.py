"""``python -m verification seeds``."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest

from verification.seeds import command
from verification.seeds.records import SeedFile
from verification.seeds.seed_files import committed_seeds
from verification.session import Session
from worked_examples import Example, FixtureError
from worked_examples.loading import ROOT

ONE, OTHER = "numpy-dnn/321_1", "backprop-notes/xor-sequential"


@pytest.fixture
def sessions() -> list[Session]:
    """The sessions for which files are computed."""
    return []


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, sessions: list[Session]) -> list[tuple[SeedFile, Path]]:
    """What the command writes and where, with the committed files in the place of computed ones."""
    files = list[tuple[SeedFile, Path]]()

    def computation(example: Example, session: Session, *_: object) -> Callable[[], SeedFile]:
        sessions.append(session)
        content = committed_seeds(example.id)
        assert content
        return lambda: content

    monkeypatch.setattr(command, "computation", computation)
    monkeypatch.setattr(command, "write", lambda content, folder: files.append((content, folder)))
    return files


def options(*arguments: str) -> argparse.Namespace:
    """The options of a command line."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_the_examples_of_the_paths_are_written(
    written: list[tuple[SeedFile, Path]], sessions: list[Session], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """One file for each, beside the folder of its document, and one line for each."""
    paths = [str(ROOT / f"{name}.toml") for name in (OTHER, ONE)]
    assert command.main(options(*paths, "--data", str(tmp_path))) == 0
    assert [(content.id, folder) for content, folder in written] == [(OTHER, ROOT / "seeds"), (ONE, ROOT / "seeds")]
    assert capsys.readouterr().out.splitlines()[0].startswith(f"[1/2] {OTHER}: 1,000 seeds, ")
    assert {session.data for session in sessions} == {tmp_path}


def test_without_paths_all_of_ours_are_written(written: list[tuple[SeedFile, Path]]) -> None:
    """Networks on given data and networks on images are behind the same command."""
    assert command.main(options()) == 0
    names = {content.id for content, _ in written}
    assert {ONE, OTHER, "numpy-dnn/325_1"} <= names
    assert len(names) == len(list((ROOT / "seeds").rglob("*.json")))


def test_a_path_without_unreproducible_results_is_refused() -> None:
    """The error names it."""
    path = ROOT / "numpy-dnn" / "311_1.toml"
    with pytest.raises(FixtureError) as raised:
        command.main(options(str(path)))
    assert str(raised.value) == f"{path}: no example with [[unreproducible_results]], and none that trains on images"


def test_a_bad_fixture_ends_the_run(tmp_path: Path) -> None:
    """Before anything is trained."""
    (tmp_path / "bad.toml").write_text("kind = 1", encoding="utf-8")
    with pytest.raises(FixtureError, match=r"bad\.toml: "):
        command.main(options(str(tmp_path)))


@pytest.mark.parametrize("text", ["0", "-1", "many", "1000000", "²"])
def test_a_number_of_seeds_is_whole_and_positive(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(argparse.ArgumentTypeError) as raised:
        command.positive(text)
    assert str(raised.value) == f"{text!r} is not a whole number from 1 to 999,999"


def test_the_number_of_seeds_can_be_given() -> None:
    """For a first look."""
    assert options("--seeds", "20").seeds == 20
