"""The file format of MNIST: a magic number, the shape in big-endian numbers of 4 bytes, then one byte per entry."""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

from worked_examples.errors import DataError
from worked_examples.number_types import Array

UNSIGNED_BYTES = 8  # the format's code for the type of the entries


def unpack(packed: bytes, dimensions: int, origin: Path) -> Array:
    """The uint8 array of a gzipped file with as many dimensions; it cannot be written to.

    Raises:
        DataError: where ``packed`` is not gzipped, not in this format or of another length; it names ``origin``.

    """
    try:
        raw = gzip.decompress(packed)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(f"{origin}: cannot be unpacked: {error}") from None
    magic, header = bytes([0, 0, UNSIGNED_BYTES, dimensions]), 4 + 4 * dimensions
    if raw[:4] != magic:
        raise DataError(f"{origin}: begins with {raw[:4].hex(' ')}, expected {magic.hex(' ')}")
    shape = [int.from_bytes(raw[at : at + 4], "big") for at in range(4, header, 4)]
    if len(raw) != header + math.prod(shape):
        stated = " x ".join(map(str, shape))
        raise DataError(f"{origin}: {len(raw)} bytes, expected {header + math.prod(shape)}: a header of {header} and {stated}")
    return np.frombuffer(raw, np.uint8, offset=header).reshape(shape)
