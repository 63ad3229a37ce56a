"""The data sets: found where they lie, verified before they are used, and one clear error for whatever is wrong."""

import builtins
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.worked_examples.datasets import data_files
from worked_examples.datasets import files
from worked_examples.datasets.sets import load, pretrained
from worked_examples.errors import DataError, MissingDataError


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No test sees what another one has loaded."""
    load.cache_clear()
    yield
    load.cache_clear()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keras's folder, empty."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    return tmp_path / "keras"


def test_a_set_comes_from_the_directory(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory goes before the cache; images come as rows of pixels, and who asks again gets the same arrays."""
    here, there = data_files.parts(seed=1), data_files.parts(seed=2)
    data_files.given(monkeypatch, tmp_path, here)
    data_files.cached(monkeypatch, home, there)
    found = load("mnist", tmp_path)
    assert (found.train.pixels.shape, found.test.pixels.shape, found.side, found.greatest) == ((3, 784), (2, 784), 28, 255)
    for got, right in zip((*found.train, *found.test), here, strict=True):
        assert np.array_equal(got, right.reshape(got.shape))
        assert got.dtype == np.uint8
    assert load("mnist", tmp_path) is found


@pytest.mark.parametrize("with_directory", [True, False])
def test_a_set_comes_from_the_cache(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, with_directory: bool) -> None:
    """Where the directory has not all files, or there is none, Keras's folder (here $KERAS_HOME) is next."""
    there = data_files.parts(seed=2)
    (data_files.given(monkeypatch, tmp_path, data_files.parts(seed=1)) / data_files.NAMES[3]).unlink()
    data_files.cached(monkeypatch, home, there)
    found = load("mnist", tmp_path if with_directory else None)
    assert np.array_equal(found.train.pixels, there[0].reshape(3, 784))


def test_fashion_comes_from_its_own_folder_of_the_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keras keeps the four files of Fashion-MNIST as they are published."""
    right = data_files.parts()
    contents = dict(zip(data_files.NAMES, map(data_files.idx, right), strict=True))
    files = data_files.write(home / "datasets" / "fashion-mnist", contents)
    monkeypatch.setitem(files.CACHED, "fashion", (files.CACHED["fashion"][0], files))
    assert np.array_equal(load("fashion").test.labels, right[3])


def test_without_keras_home_the_cache_is_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keras's folder is then ~/.keras."""
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    data_files.cached(monkeypatch, tmp_path / ".keras", data_files.parts())
    assert len(load("mnist").train.labels) == 3


def test_nobody_writes_into_shared_images(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The arrays are shared by all who ask, and so refuse to be changed, wherever they come from."""
    data_files.cached(monkeypatch, home, data_files.parts())
    for array in (*load("mnist").train, *load("digits").test):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("place", ["directory", "cache"])
def test_another_file_is_an_error(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """A file with another checksum is named, with what was found and expected; it is not skipped for the next place."""
    data_files.cached(monkeypatch, home, data_files.parts())
    file = home / "datasets" / "mnist.npz"
    if place == "directory":
        file = data_files.given(monkeypatch, tmp_path, data_files.parts()) / data_files.NAMES[2]
    good = file.read_bytes()
    file.write_bytes(good[:-20])
    found, right = data_files.described("", good[:-20]), data_files.described("", good)
    with pytest.raises(DataError) as caught:
        load("mnist", tmp_path)
    assert not isinstance(caught.value, MissingDataError)
    assert str(caught.value) == (
        f"{file}: {found.size} bytes with sha256 {found.sha256}, expected {right.size} bytes with sha256 {right.sha256}; "
        "it is truncated, corrupted or another file: delete or replace it"
    )


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """What the system says comes with the file's name."""
    with pytest.raises(DataError, match=re.escape(f"{tmp_path}: cannot be read: Is a directory")):
        files.verified(tmp_path, files.WEIGHTS)


def test_images_without_labels_are_refused(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There must be as many labels as images."""
    folder = data_files.given(monkeypatch, tmp_path, data_files.parts(labels=4))
    message = f"{folder}: uint8 images of shape (3, 28, 28) and uint8 labels of shape (4,), expected uint8, one label per image"
    with pytest.raises(DataError, match=re.escape(message)):
        load("mnist", tmp_path)


def test_objects_in_the_cache_are_not_unpickled(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays of objects are refused even in a file whose checksum is right."""
    file = data_files.cached(monkeypatch, home, [np.array([None]), *data_files.parts()[1:]])
    with pytest.raises(DataError, match=re.escape(f"{file}: not the arrays that Keras stores: Object arrays cannot be loaded")):
        load("mnist")


def test_missing_data_say_where_was_looked(tmp_path: Path, home: Path) -> None:
    """The message names each place, each missing file, and what to do; with the directory and without one."""
    with pytest.raises(MissingDataError) as caught:
        load("mnist", tmp_path)
    assert str(caught.value) == (
        f"mnist: not found: {tmp_path}/mnist has no {', '.join(data_files.NAMES)}; {home}/datasets has no mnist.npz; "
        f"put the files into {tmp_path}/mnist and run with --data={tmp_path}, or let keras.datasets download them"
    )
    with pytest.raises(MissingDataError, match=re.escape("; put the files into DIR/fashion and run with --data=DIR, or ")):
        load("fashion")


def test_an_unknown_set_is_refused() -> None:
    """The message lists the sets and offers the nearest."""
    with pytest.raises(DataError, match=r"^'mnits' is no data set; accepted: digits, fashion, mnist; did you mean 'mnist'\?$"):
        load("mnits")


def test_the_digits_are_split_as_stated() -> None:
    """scikit-learn's digits: the first 1,536 to train on, 261 to test with, every digit in both, 8 x 8 pixels up to 16."""
    found = load("digits")
    assert (found.train.pixels.shape, found.test.pixels.shape, found.side) == ((1536, 64), (261, 64), 8)
    assert (found.greatest, found.train.pixels.max()) == (16, 16)
    assert np.bincount(found.train.labels).tolist() == [152, 156, 153, 157, 153, 156, 155, 154, 148, 152]
    assert np.bincount(found.test.labels).tolist() == [26, 26, 24, 26, 28, 26, 26, 25, 26, 28]


def test_digits_without_their_package_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-learn its name is given, not a traceback."""
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingDataError, match=r"scikit-learn, which is not installed$"):
        load("digits")


COUNTS = {
    "mnist": [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "fashion": [6000] * 10,
}


@pytest.mark.parametrize(("name", "first", "tests"), [("mnist", 5, [980, 1135]), ("fashion", 9, [1000, 1000])])
def test_the_real_sets_are_what_is_known_of_them(pytestconfig: pytest.Config, name: str, first: int, tests: list[int]) -> None:
    """60,000 images to train on and 10,000 to test with, the first label, how often labels occur, pixels from 0 to 255."""
    try:
        found = load(name, pytestconfig.getoption("--data"))
    except MissingDataError:
        pytest.skip("data not available")
    assert (found.train.pixels.shape, found.test.pixels.shape) == ((60000, 784), (10000, 784))
    assert (found.train.pixels.min(), found.train.pixels.max()) == (0, found.greatest)
    assert found.train.labels[0] == first
    assert np.bincount(found.train.labels).tolist() == COUNTS[name]
    assert np.bincount(found.test.labels)[:2].tolist() == tests


def test_the_real_weights_have_the_known_shapes(pytestconfig: pytest.Config) -> None:
    """Three layers, 784-50-100-10, in float32."""
    try:
        found = pretrained(pytestconfig.getoption("--data"))
    except MissingDataError:
        pytest.skip("data not available")
    shapes = {"W1": (784, 50), "b1": (50,), "W2": (50, 100), "b2": (100,), "W3": (100, 10), "b3": (10,)}
    assert {name: array.shape for name, array in found.items()} == shapes
    assert {array.dtype for array in found.values()} == {np.dtype(np.float32)}
