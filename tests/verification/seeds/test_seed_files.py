"""Reading and writing the committed files."""

from pathlib import Path
from typing import Any

import pytest

from verification.seeds import seed_files
from verification.seeds.records import SeedFile
from verification.seeds.seed_files import claim_fractions, committed_seeds, path, printed_names, quantities, write
from worked_examples import load_all

NAME = "numpy-dnn/321_1"
WITHOUT = "numpy-dnn/311_1"
EXAMPLES = load_all()


@pytest.fixture
def content() -> SeedFile:
    """A committed file."""
    seed_file = committed_seeds(NAME)
    assert seed_file
    return seed_file


def test_an_example_without_seeds_has_no_results() -> None:
    """Where there is no file there is nothing to read, and no error."""
    assert committed_seeds(WITHOUT) is None
    assert quantities(EXAMPLES[WITHOUT]) == []
    assert printed_names(EXAMPLES[WITHOUT]) == []
    assert claim_fractions(WITHOUT) == {}


def test_quantities_and_claims_are_those_of_the_file(content: SeedFile) -> None:
    """The quantities in order, and every claim with its fraction."""
    assert [quantity.name for quantity in quantities(EXAMPLES[NAME])] == [quantity.name for quantity in content.quantities]
    assert list(claim_fractions(NAME).values()) == [0.976, 0.024]


def test_derived_results_are_not_printed() -> None:
    """What only follows from printed numbers is not a printed result."""
    example = EXAMPLES["numpy-dnn/322_1"]
    assert len(printed_names(example)) == 40 == len(quantities(example)) - 3


def test_a_file_is_read_as_it_was_written(content: SeedFile, tmp_path: Path) -> None:
    """Written to another folder and read from there, the content is the same."""
    assert write(content, tmp_path) == path(NAME, tmp_path)
    assert committed_seeds(NAME, tmp_path) == content


@pytest.mark.parametrize("step", ["write_text", "replace"])
def test_an_interrupted_run_leaves_no_half_written_file(
    step: str, content: SeedFile, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Interrupted while it writes, a run leaves the old file as it was, and nothing beside it."""
    file = write(content, tmp_path)
    old, write_text = file.read_text(encoding="utf-8"), Path.write_text

    def interrupted(self: Path, *arguments: Any, **options: Any) -> None:
        write_text(self, "{", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, step, interrupted)
    with pytest.raises(KeyboardInterrupt):
        seed_files.write(content.model_copy(update={"seconds": 0.0}), tmp_path)
    assert [entry.name for entry in file.parent.iterdir()] == ["321_1.json"]
    assert file.read_text(encoding="utf-8") == old
