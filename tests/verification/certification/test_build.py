"""The build folder: what an interrupted certification has finished, and what differs from the committed files."""

from pathlib import Path
from typing import Any

import pytest

from verification.certification import build
from verification.certification.files import path, read
from worked_examples import NetworkExample, load_all

DONE, OTHER = "numpy-dnn/314_1", "numpy-dnn/313_1"
EXAMPLES = load_all()


@pytest.fixture
def table() -> dict[str, Any]:
    """The committed table of one example."""
    run = read(DONE)
    assert run
    return dict(run.table)


@pytest.fixture
def examples() -> dict[str, NetworkExample]:
    """Two examples to certify."""
    return {name: example for name in (DONE, OTHER) if isinstance(example := EXAMPLES[name], NetworkExample)}


def test_a_changed_value_is_found(table: dict[str, Any], tmp_path: Path) -> None:
    """A committed number that differs from the recomputed one is reported with its file and key; versions do not count."""
    build.write(table | {"seconds": -1, "versions": {}}, tmp_path)
    assert build.difference(DONE, tmp_path) == ""
    build.write(table | {"stop": 173}, tmp_path)
    assert build.difference(DONE, tmp_path).startswith(f"{DONE}: stop differ; compare ")
    assert not list(tmp_path.rglob("*.part"))


def test_a_file_that_is_not_there_is_a_difference(table: dict[str, Any], tmp_path: Path) -> None:
    """Neither a committed nor a recomputed file may be absent."""
    build.write(table | {"id": "numpy-dnn/new"}, tmp_path)
    assert build.difference("numpy-dnn/new", tmp_path) == "numpy-dnn/new: no committed file"
    assert build.difference(DONE, tmp_path) == f"{DONE}: no recomputed file"


def test_an_interrupted_run_continues_with_what_is_not_finished(
    table: dict[str, Any], examples: dict[str, NetworkExample], tmp_path: Path
) -> None:
    """Finished examples are kept, unless the code has changed since."""
    folder = tmp_path / "certified"
    build.resume("code", folder)
    build.write(table, folder)
    build.resume("code", folder)
    assert list(build.pending(examples, folder)) == [OTHER]
    build.resume("other code", folder)
    assert sorted(build.pending(examples, folder)) == sorted(examples)


def test_what_another_fixture_gave_is_computed_again(
    table: dict[str, Any], examples: dict[str, NetworkExample], tmp_path: Path
) -> None:
    """A finished file with another fingerprint is not kept."""
    build.write(table | {"fixture": "another"}, tmp_path)
    assert DONE in build.pending(examples, tmp_path)


def test_finished_examples_are_discarded_one_by_one(table: dict[str, Any], tmp_path: Path) -> None:
    """Examples that an interrupted run has finished stay; without any, the folder is removed."""
    folder = tmp_path / "certified"
    build.write(table, folder)
    build.write(table | {"id": OTHER}, folder)
    build.discard([OTHER], folder)
    assert path(DONE, folder).is_file()
    build.discard([DONE], folder)
    assert not folder.exists()


def test_update_replaces_the_committed_files(table: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recomputed file is written to the committed folder."""
    monkeypatch.setattr(build, "FOLDER", tmp_path / "committed")
    build.write(table | {"stop": 173}, tmp_path / "build")
    build.commit([DONE], tmp_path / "build")
    committed = read(DONE, tmp_path / "committed")
    assert committed
    assert committed.stop_epoch == 173


def test_long_trainings_come_first(examples: dict[str, NetworkExample], tmp_path: Path) -> None:
    """So that the last process to finish is not alone for long."""
    order = list(build.pending(examples, tmp_path))
    assert [build.cost(examples[name]) for name in order] == sorted(map(build.cost, examples.values()), reverse=True)


def test_the_code_that_certifies_has_a_fingerprint(tmp_path: Path) -> None:
    """It depends on the content of the reference, and on no current folder."""
    file = tmp_path / "reference" / "losses.py"
    file.parent.mkdir()
    file.write_text("1", encoding="utf-8")
    first = build.code_fingerprint(tmp_path)
    file.write_text("2", encoding="utf-8")
    assert build.code_fingerprint(tmp_path) != first
