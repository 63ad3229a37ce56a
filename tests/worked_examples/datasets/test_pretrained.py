"""The book's pretrained weights: verified before they are read, and missing with directions."""

import pickle
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worked_examples.datasets import sets
from worked_examples.datasets.sets import pretrained
from worked_examples.errors import DataError, MissingDataError

WEIGHTS = {"W1": np.arange(6, dtype=np.float32).reshape(2, 3), "b1": np.zeros(0, np.float32)}


def test_weights_are_read_from_the_directory(tmp_path: Path, data_files: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file in ``weights`` with the right checksum gives its arrays."""
    published = data_files.write(tmp_path / "weights", {"sample_weight.pkl": pickle.dumps(WEIGHTS, 3)})
    monkeypatch.setattr(sets, "WEIGHTS", published[0])
    weights = pretrained(tmp_path)
    assert list(weights) == ["W1", "b1"]
    assert np.array_equal(weights["W1"], WEIGHTS["W1"])


def test_other_weights_are_refused_before_they_are_read(tmp_path: Path, data_files: Any) -> None:
    """A file with another checksum is named, even where it is a good pickle."""
    data_files.write(tmp_path / "weights", {"sample_weight.pkl": pickle.dumps(WEIGHTS, 3)})
    with pytest.raises(DataError, match=re.escape("sample_weight.pkl: ") + r"\d+ bytes with sha256 \w{64}, expected 181853 bytes"):
        pretrained(tmp_path)


@pytest.mark.parametrize("given", [True, False])
def test_missing_weights_say_where_to_get_them(tmp_path: Path, given: bool) -> None:
    """The message names the book's code and the folder to put the file into, with a directory of data and without one."""
    folder = tmp_path / "weights" if given else Path("DIR/weights")
    where = folder / "sample_weight.pkl" if given else "no directory of data was given"
    with pytest.raises(MissingDataError) as caught:
        pretrained(tmp_path if given else None)
    assert str(caught.value) == (
        f"sample_weight.pkl: not found: {where}; take it from the public code repository of the book "
        f'"Deep Learning from Scratch", chapter 3, and put it into {folder}'
    )


def test_the_real_weights_have_the_known_shapes(pytestconfig: pytest.Config) -> None:
    """Three layers, 784-50-100-10, in float32."""
    try:
        weights = pretrained(pytestconfig.getoption("--data"))
    except MissingDataError:
        pytest.skip("data not available")
    shapes = {"W1": (784, 50), "b1": (50,), "W2": (50, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}
    assert {name: array.shape for name, array in weights.items()} == shapes
    assert {array.dtype for array in weights.values()} == {np.dtype(np.float32)}
