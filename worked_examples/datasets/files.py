"""The data files that others publish: their checksums, the folders where they may lie, and their verified bytes."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from worked_examples.errors import DataError


class Published(NamedTuple):
    """A published file: its name, its size in bytes and its checksum."""

    name: str
    size: int
    sha256: str


class Place(NamedTuple):
    """A folder where a data set may lie, and the files that make it complete there, in the order in which they are read."""

    folder: Path
    files: tuple[Published, ...]

    @property
    def missing(self) -> list[str]:
        """The names of the files that are not there."""
        return [file.name for file in self.files if not (self.folder / file.name).is_file()]


# Training images and labels, then test images and labels.
IDX: dict[str, tuple[Published, ...]] = {
    "mnist": (
        Published("train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        Published("train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        Published("t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        Published("t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ),
    "fashion": (
        Published("train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        Published("train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        Published("t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        Published("t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ),
}
# What Keras stores in its cache, and in which folder of it.
CACHED: dict[str, tuple[str, tuple[Published, ...]]] = {
    "mnist": (
        "datasets",
        (Published("mnist.npz", 11490434, "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"),),
    ),
    "fashion": ("datasets/fashion-mnist", IDX["fashion"]),
}
WEIGHTS = Published("sample_weight.pkl", 181853, "b7f55a27988ba34c3777b0f1bbd464817c8a4db855723e6ff26f703501917a13")


def keras_home() -> Path:
    """Keras's folder, found as Keras finds it."""
    return Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser().absolute()


def cached(name: str, home: Path) -> Place:
    """Where Keras, with ``home`` as its folder, keeps a data set."""
    folder, files = CACHED[name]
    return Place(home / folder, files)


def places(name: str, directory: Path | None) -> list[Place]:
    """Where a data set is looked for: in the directory of data, if there is one, then in Keras's cache."""
    in_directory = [Place(directory / name, IDX[name])] if directory else []
    return [*in_directory, cached(name, keras_home())]


def verified(file: Path, expected: Published) -> bytes:
    """The bytes of a file, which are the published ones.

    Raises:
        DataError: where the file cannot be read, or is truncated, corrupted or another one.

    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DataError(f"{file}: cannot be read: {error.strerror}") from None
    if (checksum := hashlib.sha256(content).hexdigest()) != expected.sha256:
        raise DataError(
            f"{file}: {len(content)} bytes with sha256 {checksum}, expected {expected.size} bytes with sha256 {expected.sha256}; "
            "it is truncated, corrupted or another file: delete or replace it"
        )
    return content
