"""The typed content of the committed files."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from verification.seeds.records import SeedClaim, SeedFile
from verification.seeds.seed_files import FOLDER, seed_file_text

FILES = sorted(FOLDER.rglob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_committed_file_is_valid_and_is_written_as_it_was_read(file: Path) -> None:
    """Read and written again, a committed file is the same text, and its id is that of its path."""
    content = SeedFile.model_validate_json(committed := file.read_text(encoding="utf-8"))
    assert seed_file_text(content) == committed
    assert content.id == f"{file.parent.name}/{file.stem}"


def test_an_unknown_key_is_refused() -> None:
    """A key that a record does not have is an error that names it."""
    with pytest.raises(ValidationError, match="unknown key 'share'"):
        SeedClaim.model_validate({"claim": "it holds", "share": 0.5})


def test_a_never_stopping_quantile_is_none(committed_quantity: dict[str, object]) -> None:
    """None is allowed for extremes and quantiles, and survives writing."""
    assert committed_quantity["max"] is None


@pytest.fixture
def committed_quantity() -> dict[str, object]:
    """The stop epoch of numpy-dnn/321_1, which some seeds never reach."""
    content = SeedFile.model_validate_json((FOLDER / "numpy-dnn" / "321_1.json").read_text(encoding="utf-8"))
    return content.quantities[5].model_dump(exclude_unset=True)
