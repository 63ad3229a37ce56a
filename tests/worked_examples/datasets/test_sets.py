"""The data sets: found where they lie, verified before they are used, and one clear error for whatever is wrong."""

import builtins
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worked_examples.datasets.sets import load
from worked_examples.errors import DataError, MissingDataError


def test_a_set_comes_from_the_directory(tmp_path: Path, home: Path, data_files: Any) -> None:
    """The directory goes before the cache; images come as rows of pixels, and are read anew each time."""
    here, there = data_files.arrays(seed=1), data_files.arrays(seed=2)
    data_files.in_directory(tmp_path, here)
    data_files.in_cache(home, there)
    loaded = load("mnist", tmp_path)
    assert (loaded.train.pixels.shape, loaded.test.pixels.shape, loaded.side, loaded.greatest) == ((3, 784), (2, 784), 28, 255)
    for got, expected in zip((*loaded.train, *loaded.test), here, strict=True):
        assert np.array_equal(got, expected.reshape(got.shape))
        assert got.dtype == np.uint8
    assert load("mnist", tmp_path).train.pixels is not loaded.train.pixels


@pytest.mark.parametrize("with_directory", [True, False])
def test_a_set_comes_from_the_cache(tmp_path: Path, home: Path, data_files: Any, with_directory: bool) -> None:
    """Where the directory has not all files, or there is none, Keras's folder (here $KERAS_HOME) is next."""
    there = data_files.arrays(seed=2)
    (data_files.in_directory(tmp_path, data_files.arrays(seed=1)) / data_files.names[3]).unlink()
    data_files.in_cache(home, there)
    loaded = load("mnist", tmp_path if with_directory else None)
    assert np.array_equal(loaded.train.pixels, there[0].reshape(3, 784))


def test_fashion_comes_from_its_own_folder_of_the_cache(home: Path, data_files: Any) -> None:
    """Keras keeps the four files of Fashion-MNIST as they are published."""
    arrays = data_files.arrays()
    data_files.fashion_in_cache(home, arrays)
    assert np.array_equal(load("fashion").test.labels, arrays[3])


def test_without_keras_home_the_cache_is_in_the_home_folder(
    tmp_path: Path, data_files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keras's folder is then ~/.keras."""
    monkeypatch.delenv("KERAS_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    data_files.in_cache(tmp_path / ".keras", data_files.arrays())
    assert len(load("mnist").train.labels) == 3


def test_images_are_read_only(tmp_path: Path, home: Path, data_files: Any) -> None:
    """Callers share the arrays, which refuse to be changed, wherever they come from."""
    data_files.in_cache(home, data_files.arrays())
    for array in (*load("mnist").train, *load("sklearn_digits").test):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("place", ["directory", "cache"])
def test_another_file_is_an_error(tmp_path: Path, home: Path, data_files: Any, place: str) -> None:
    """A file with another checksum is named, with what was found and expected; it is not skipped for the next place."""
    data_files.in_cache(home, data_files.arrays())
    file = home / "datasets" / "mnist.npz"
    if place == "directory":
        file = data_files.in_directory(tmp_path, data_files.arrays()) / data_files.names[2]
    good = file.read_bytes()
    file.write_bytes(good[:-20])
    truncated, complete = data_files.described("", good[:-20]), data_files.described("", good)
    with pytest.raises(DataError) as caught:
        load("mnist", tmp_path)
    assert not isinstance(caught.value, MissingDataError)
    assert str(caught.value) == (
        f"{file}: {truncated.size} bytes with sha256 {truncated.sha256}, "
        f"expected {complete.size} bytes with sha256 {complete.sha256}; "
        "it is truncated, corrupted or another file: delete or replace it"
    )


def test_images_without_labels_are_refused(tmp_path: Path, home: Path, data_files: Any) -> None:
    """There must be as many labels as images."""
    folder = data_files.in_directory(tmp_path, data_files.arrays(labels=4))
    message = f"{folder}: uint8 images of shape (3, 28, 28) and uint8 labels of shape (4,), expected uint8, one label per image"
    with pytest.raises(DataError, match=re.escape(message)):
        load("mnist", tmp_path)


def test_objects_in_the_cache_are_not_unpickled(home: Path, data_files: Any) -> None:
    """Arrays of objects are refused even in a file whose checksum is right."""
    file = data_files.in_cache(home, [np.array([None]), *data_files.arrays()[1:]])
    with pytest.raises(DataError, match=re.escape(f"{file}: not the arrays that Keras stores: Object arrays cannot be loaded")):
        load("mnist")


def test_missing_data_say_where_was_looked(tmp_path: Path, home: Path, data_files: Any) -> None:
    """The message names each place, each missing file, and what to do; with the directory and without one."""
    with pytest.raises(MissingDataError) as caught:
        load("mnist", tmp_path)
    assert str(caught.value) == (
        f"mnist: not found: {tmp_path}/mnist has no {', '.join(data_files.names)}; {home}/datasets has no mnist.npz; "
        f"put the files into {tmp_path}/mnist and run with --data={tmp_path}, or let keras.datasets download them"
    )
    with pytest.raises(MissingDataError, match=re.escape("; put the files into DIR/fashion and run with --data=DIR, or ")):
        load("fashion")


def test_missing_data_say_why_the_download_failed(home: Path) -> None:
    """What ``fetch`` said is in the message, before what to do."""
    with pytest.raises(
        MissingDataError, match=r"has no mnist\.npz; the download failed: no network; put the files into DIR/mnist "
    ):
        load("mnist", download_failure="no network")


def test_an_unknown_set_is_refused() -> None:
    """The message lists the sets and offers the nearest."""
    sets = "enlarged_digits, fashion, mnist, sklearn_digits"
    with pytest.raises(DataError, match=rf"^'mnits' is not a data set; accepted: {sets}; did you mean 'mnist'\?$"):
        load("mnits")


def test_enlarged_digits_are_those_of_scikit_learn_without_equal_windows() -> None:
    """Every pixel is nine, each its value times 15 and a number from 0 to 15; no two windows of an image are alike."""
    small, large = load("sklearn_digits"), load("enlarged_digits")
    assert (large.side, large.greatest, large.test.labels.tolist()) == (28, 255, small.test.labels.tolist())
    images = large.train.pixels.reshape(-1, 28, 28)
    blocks = images[:, 2:-2, 2:-2].reshape(-1, 8, 3, 8, 3).transpose(0, 1, 3, 2, 4).reshape(-1, 64, 9).astype(int)
    remainders = blocks - 15 * small.train.pixels[:, :, np.newaxis]
    assert (remainders.min(), remainders.max()) == (0, 15)
    windows = np.lib.stride_tricks.sliding_window_view(images[0], (5, 5)).reshape(-1, 25)
    assert len(np.unique(windows, axis=0)) == len(windows)


def test_the_digits_are_split_as_stated() -> None:
    """scikit-learn's digits: the first 1,536 to train on, 261 to test with, every digit in both, 8 x 8 pixels up to 16."""
    loaded = load("sklearn_digits")
    assert (loaded.train.pixels.shape, loaded.test.pixels.shape, loaded.side) == ((1536, 64), (261, 64), 8)
    assert (loaded.greatest, loaded.train.pixels.max()) == (16, 16)
    assert np.bincount(loaded.train.labels).tolist() == [152, 156, 153, 157, 153, 156, 155, 154, 148, 152]
    assert np.bincount(loaded.test.labels).tolist() == [26, 26, 24, 26, 28, 26, 26, 25, 26, 28]


def test_digits_without_their_package_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-learn its name is given, not a traceback."""
    real = builtins.__import__

    def refuse(name: str, *rest: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingDataError, match=r"scikit-learn, which is not installed$"):
        load("sklearn_digits")


COUNTS = {
    "mnist": [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "fashion": [6000] * 10,
}


@pytest.mark.parametrize(("name", "first", "tests"), [("mnist", 5, [980, 1135]), ("fashion", 9, [1000, 1000])])
def test_the_real_sets_are_what_is_known_of_them(pytestconfig: pytest.Config, name: str, first: int, tests: list[int]) -> None:
    """60,000 images to train on and 10,000 to test with, the first label, how often labels occur, pixels from 0 to 255."""
    try:
        loaded = load(name, pytestconfig.getoption("--data"))
    except MissingDataError:
        pytest.skip("data not available")
    assert (loaded.train.pixels.shape, loaded.test.pixels.shape) == ((60000, 784), (10000, 784))
    assert (loaded.train.pixels.min(), loaded.train.pixels.max()) == (0, loaded.greatest)
    assert loaded.train.labels[0] == first
    assert np.bincount(loaded.train.labels).tolist() == COUNTS[name]
    assert np.bincount(loaded.test.labels)[:2].tolist() == tests
