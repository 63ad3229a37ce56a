"""Data files: where they are looked for, and that nothing but the published bytes is used."""

import re
from pathlib import Path
from typing import Any

import pytest

from worked_examples.datasets.files import WEIGHTS, places, verified
from worked_examples.errors import DataError


def test_the_directory_comes_before_the_cache(tmp_path: Path, home: Path) -> None:
    """With a directory of data there are two places, without one only Keras's cache."""
    assert [place.folder for place in places("mnist", tmp_path)] == [tmp_path / "mnist", home / "datasets"]
    assert [place.folder for place in places("fashion", None)] == [home / "datasets" / "fashion-mnist"]


def test_a_place_names_the_files_that_are_missing(tmp_path: Path, data_files: Any) -> None:
    """A file that is not there makes the place incomplete."""
    folder = data_files.in_directory(tmp_path, data_files.arrays())
    assert places("mnist", tmp_path)[0].missing == []
    (folder / data_files.names[2]).unlink()
    assert places("mnist", tmp_path)[0].missing == [data_files.names[2]]


def test_only_the_published_bytes_are_given(tmp_path: Path, data_files: Any) -> None:
    """The checksum decides."""
    (published,) = data_files.write(tmp_path, {"some.gz": b"content"})
    assert verified(tmp_path / "some.gz", published) == b"content"
    with pytest.raises(DataError, match=r"some\.gz: 7 bytes with sha256 \w{64}, expected 181853 bytes with sha256 \w{64}; it is"):
        verified(tmp_path / "some.gz", WEIGHTS)


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """What the system says comes with the file's name."""
    with pytest.raises(DataError, match=re.escape(f"{tmp_path}: cannot be read: Is a directory")):
        verified(tmp_path, WEIGHTS)
