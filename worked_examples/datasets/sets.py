"""The data sets of images, and the pretrained weights; nothing here downloads or keeps anything."""

import io
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from worked_examples.datasets.files import WEIGHTS, Place, places, verified
from worked_examples.datasets.idx import unpack
from worked_examples.datasets.safe_pickle import arrays
from worked_examples.errors import DataError, MissingDataError, nearest
from worked_examples.number_types import Array

SETS = ("mnist", "fashion", "sklearn_digits", "enlarged_digits")
SIDE = 28  # pixels, of MNIST and Fashion-MNIST
PIXELS = SIDE**2
CLASSES = 10  # of each set
PIXELS_OF_DIGITS = 64  # of scikit-learn's
TRAINING_DIGITS = 1536  # scikit-learn does not split its digits: the first 1,536 are for training, the other 261 for tests


class Images(NamedTuple):
    """Images row by row, uint8 of shape (images, side * side), and their labels, uint8 of shape (images,); read only."""

    pixels: Array
    labels: Array


class DataSet(NamedTuple):
    """Training and test images, the side of an image in pixels, and the greatest value of a pixel."""

    train: Images
    test: Images
    side: int
    greatest: int


def images(pixels: Array, labels: Array, origin: Path | str, side: int = SIDE) -> Images:
    """Images of shape (images, side, side) with their labels, read only, so that callers can share them.

    Raises:
        DataError: where shapes or types are others; it names ``origin``.

    """
    if labels.ndim != 1 or pixels.shape != (len(labels), side, side) or {pixels.dtype, labels.dtype} != {np.dtype(np.uint8)}:
        description = f"{pixels.dtype} images of shape {pixels.shape} and {labels.dtype} labels of shape {labels.shape}"
        raise DataError(f"{origin}: {description}, expected uint8, one label per image, {side} x {side} pixels")
    flat = pixels.reshape(len(labels), side * side)
    flat.flags.writeable = labels.flags.writeable = False
    return Images(flat, labels)


def of_npz(content: bytes, file: Path) -> list[Array]:
    """The four arrays that Keras stores in one file; nothing in it is unpickled.

    Raises:
        DataError: where the file holds anything else.

    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored_arrays:
            return [stored_arrays[name] for name in ("x_train", "y_train", "x_test", "y_test")]
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DataError(f"{file}: not the arrays that Keras stores: {error}") from None


def read(place: Place) -> DataSet:
    """The data set whose files are all in a place, each verified before it is unpacked.

    Raises:
        DataError: for a file that is truncated, corrupted or another one.

    """
    files = [(place.folder / file.name, verified(place.folder / file.name, file)) for file in place.files]
    if len(files) == 1:
        parts = of_npz(files[0][1], files[0][0])
    else:
        parts = [unpack(content, dimensions, file) for (file, content), dimensions in zip(files, (3, 1, 3, 1), strict=True)]
    return DataSet(images(parts[0], parts[1], place.folder), images(parts[2], parts[3], place.folder), side=SIDE, greatest=255)


def sklearn_digits() -> DataSet:
    """The 1,797 handwritten digits of 8 x 8 pixels, each from 0 to 16, that come with scikit-learn.

    Raises:
        MissingDataError: where scikit-learn is not installed.

    """
    try:
        from sklearn.datasets import load_digits  # noqa: PLC0415 -- only this data set needs the package
    except ImportError:
        raise MissingDataError("sklearn_digits: they come with the package scikit-learn, which is not installed") from None
    bunch = load_digits()
    pixels, labels = bunch.images.astype(np.uint8), bunch.target.astype(np.uint8)
    train, test = slice(TRAINING_DIGITS), slice(TRAINING_DIGITS, None)
    split = [images(pixels[rows], labels[rows], "sklearn_digits", side=8) for rows in (train, test)]
    return DataSet(split[0], split[1], side=8, greatest=16)


def enlarged(digits: DataSet) -> DataSet:
    """The handwritten digits with 28 x 28 pixels from 0 to 255: every pixel of theirs is 3 x 3 pixels, inside a margin of two.

    To 15 times each pixel a number from 0 to 15 is added, so that no two windows are alike: which entry of a window is the greatest
    would not be certain.
    """
    random = np.random.RandomState(1)

    def split(name: str) -> Images:
        pixels, labels = getattr(digits, name)
        squares = pixels.reshape(len(pixels), digits.side, digits.side).repeat(3, 1).repeat(3, 2)
        large = 15 * np.pad(squares, ((0, 0), (2, 2), (2, 2)))
        return images((large + random.randint(0, 16, large.shape)).astype(np.uint8), labels, "enlarged_digits")

    return DataSet(split("train"), split("test"), side=SIDE, greatest=255)


def missing(name: str, searched: list[Place], directory: Path | None, download_failure: str | None) -> MissingDataError:
    """The error for a data set that no folder has completely: the folders that were searched, and what to do."""
    where = "; ".join(f"{place.folder} has no {', '.join(place.missing)}" for place in searched)
    download = f"; the download failed: {download_failure}" if download_failure else ""
    advice = f"put the files into {(directory or Path('DIR')) / name} and run with --data={directory or 'DIR'}"
    return MissingDataError(f"{name}: not found: {where}{download}; {advice}, or let keras.datasets download them")


def load(name: str, directory: Path | None = None, download_failure: str | None = None) -> DataSet:
    """A data set of ``SETS``, read from the directory of data or from Keras's cache; callers keep it if they need it again.

    ``download_failure`` is what ``fetch`` said, if it was tried; it becomes part of the message where the data are missing.

    Raises:
        MissingDataError: where no place has all files.
        DataError: for an unknown name, and for a file that is truncated, corrupted or another one.

    """
    if name not in SETS:
        raise DataError(f"'{name}' is not a data set; {nearest(name, SETS)}")
    if name == "sklearn_digits":
        return sklearn_digits()
    if name == "enlarged_digits":
        return enlarged(sklearn_digits())
    searched = places(name, directory)
    complete = [place for place in searched if not place.missing]
    if not complete:
        raise missing(name, searched, directory, download_failure)
    return read(complete[0])


def pretrained(directory: Path | None) -> dict[str, Array]:
    """The weights of a net trained on MNIST: W1, b1, W2, b2, W3, b3, float32, kernels of 784 x 50, 50 x 100 and 100 x 10.

    Raises:
        MissingDataError: where the directory of data does not have them.
        DataError: where the file is truncated, corrupted or another one.

    """
    file = (directory or Path("DIR")) / "weights" / WEIGHTS.name
    if directory is None or not file.is_file():
        raise MissingDataError(
            f"{WEIGHTS.name}: not found: {file if directory else 'no directory of data was given'}; take it from the public code "
            f'repository of the book "Deep Learning from Scratch", chapter 3, and put it into {file.parent}'
        )
    return arrays(verified(file, WEIGHTS), file)
