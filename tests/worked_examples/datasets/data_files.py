"""Tiny data files in the published formats, and checksum tables that take them for the published ones."""

import gzip
import hashlib
import io
from pathlib import Path

import numpy as np
import pytest

from worked_examples.datasets import files
from worked_examples.datasets.files import Published
from worked_examples.number_types import Array

NAMES = [file.name for file in files.IDX["mnist"]]


def idx(array: Array) -> bytes:
    """An array of uint8 as the format has it, gzipped."""
    shape = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return gzip.compress(bytes([0, 0, 8, array.ndim]) + shape + array.tobytes(), mtime=0)


def parts(seed: int = 0, labels: int = 3) -> list[Array]:
    """Three training images and their labels, then two test images and theirs."""
    random = np.random.default_rng(seed)
    shapes = [(3, 28, 28), (labels,), (2, 28, 28), (2,)]
    return [random.integers(0, 10, shape, dtype=np.uint8) for shape in shapes]


def npz(arrays: list[Array]) -> bytes:
    """Arrays as Keras stores them in one file."""
    file = io.BytesIO()
    np.savez(file, x_train=arrays[0], y_train=arrays[1], x_test=arrays[2], y_test=arrays[3])
    return file.getvalue()


def described(name: str, content: bytes) -> Published:
    """What a table of published files says about a file."""
    return Published(name, len(content), hashlib.sha256(content).hexdigest())


def write(folder: Path, contents: dict[str, bytes]) -> tuple[Published, ...]:
    """Write files, and describe them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return tuple(described(name, content) for name, content in contents.items())


def given(monkeypatch: pytest.MonkeyPatch, directory: Path, arrays: list[Array]) -> Path:
    """A tiny MNIST in a directory of data; its folder."""
    contents = dict(zip(NAMES, map(idx, arrays), strict=True))
    monkeypatch.setitem(files.IDX, "mnist", write(directory / "mnist", contents))
    return directory / "mnist"


def cached(monkeypatch: pytest.MonkeyPatch, home: Path, arrays: list[Array]) -> Path:
    """A tiny MNIST in Keras's cache; its file."""
    monkeypatch.setitem(files.CACHED, "mnist", ("datasets", write(home / "datasets", {"mnist.npz": npz(arrays)})))
    return home / "datasets" / "mnist.npz"
