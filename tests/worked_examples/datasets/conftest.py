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


class DataFiles:
    """Makes the files of a test, and puts their checksums in place of the published ones until the test ends."""

    names = tuple(file.name for file in files.IDX["mnist"])

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    @staticmethod
    def idx(array: Array) -> bytes:
        """An array of uint8 as the format has it, gzipped."""
        shape = b"".join(size.to_bytes(4, "big") for size in array.shape)
        return gzip.compress(bytes([0, 0, 8, array.ndim]) + shape + array.tobytes(), mtime=0)

    @staticmethod
    def arrays(seed: int = 0, labels: int = 3) -> list[Array]:
        """Three training images and their labels, then two test images and theirs."""
        random = np.random.default_rng(seed)
        shapes = [(3, 28, 28), (labels,), (2, 28, 28), (2,)]
        return [random.integers(0, 10, shape, dtype=np.uint8) for shape in shapes]

    @staticmethod
    def npz(arrays: list[Array]) -> bytes:
        """Arrays as Keras stores them in one file."""
        file = io.BytesIO()
        np.savez(file, x_train=arrays[0], y_train=arrays[1], x_test=arrays[2], y_test=arrays[3])
        return file.getvalue()

    @staticmethod
    def described(name: str, content: bytes) -> Published:
        """What a table of published files says about a file."""
        return Published(name, len(content), hashlib.sha256(content).hexdigest())

    def write(self, folder: Path, contents: dict[str, bytes]) -> tuple[Published, ...]:
        """Write files, and describe them."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
        return tuple(self.described(name, content) for name, content in contents.items())

    def in_directory(self, directory: Path, arrays: list[Array]) -> Path:
        """A tiny MNIST in a directory of data; its folder."""
        contents = dict(zip(self.names, map(self.idx, arrays), strict=True))
        published = self.write(directory / "mnist", contents)
        self.monkeypatch.setattr(files, "IDX", {**files.IDX, "mnist": published})
        return directory / "mnist"

    def in_cache(self, home: Path, arrays: list[Array]) -> Path:
        """A tiny MNIST in Keras's cache; its file."""
        published = self.write(home / "datasets", {"mnist.npz": self.npz(arrays)})
        self.monkeypatch.setattr(files, "CACHED", {**files.CACHED, "mnist": ("datasets", published)})
        return home / "datasets" / "mnist.npz"

    def fashion_in_cache(self, home: Path, arrays: list[Array]) -> Path:
        """A tiny Fashion-MNIST in Keras's cache, where it is four files; their folder."""
        folder = home / "datasets" / "fashion-mnist"
        published = self.write(folder, dict(zip(self.names, map(self.idx, arrays), strict=True)))
        self.monkeypatch.setattr(files, "CACHED", {**files.CACHED, "fashion": ("datasets/fashion-mnist", published)})
        return folder


@pytest.fixture
def data_files(monkeypatch: pytest.MonkeyPatch) -> DataFiles:
    """Tiny data files for one test."""
    return DataFiles(monkeypatch)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keras's folder, not there yet."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return tmp_path / "keras"
