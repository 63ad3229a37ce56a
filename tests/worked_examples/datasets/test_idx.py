"""The file format of MNIST: read exactly, and refused with the file's name where it is anything else."""

import gzip
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worked_examples.datasets.idx import unpack
from worked_examples.errors import DataError

FILE = Path("some.gz")


@pytest.mark.parametrize("shape", [(5,), (2, 3, 4), (0, 28, 28)], ids=str)
def test_idx_comes_back_as_it_was_written(shape: tuple[int, ...], data_files: Any) -> None:
    """Shape and entries of an array survive the format."""
    array = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    assert np.array_equal(unpack(data_files.idx(array), len(shape), FILE), array)


@pytest.mark.parametrize(
    ("packed", "message"),
    [
        pytest.param(
            gzip.compress(b"\0\0\x08\x01\0\0\0\x09" + bytes(range(9)))[:-9],
            "cannot be unpacked: Compressed file ended",
            id="truncated",
        ),
        pytest.param(b"no gzip", "cannot be unpacked: Not a gzipped file (b'no')", id="not-gzipped"),
        pytest.param(
            gzip.compress(b"\0\0\x08\x02\0\0\0\2\0\0\0\2" + bytes(4)),
            "begins with 00 00 08 02, expected 00 00 08 01",
            id="other-dimensions",
        ),
        pytest.param(gzip.compress(b"\0\0\x08\x01\0\0\0\3ab"), "10 bytes, expected 11: a header of 8 and 3", id="short"),
        pytest.param(gzip.compress(b"\0\0\x08\x01\0\0"), "6 bytes, expected 8: a header of 8 and 0", id="header-only"),
    ],
)
def test_bad_idx_is_refused(packed: bytes, message: str) -> None:
    """A file that is truncated, not gzipped, of other dimensions or of another length is named, with what was expected."""
    with pytest.raises(DataError, match=re.escape(f"some.gz: {message}")):
        unpack(packed, 1, FILE)
