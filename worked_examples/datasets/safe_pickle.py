"""Arrays of numbers from an untrusted pickle: it may name NumPy's classes, and gets substitutes for them.

NumPy's classes themselves are not safe enough: a forged dtype that hides a field of objects makes NumPy follow a pointer from the
pickle. The substitutes make arrays of numbers, and call nothing that is in the pickle.
"""

import io
import pickle
from pathlib import Path
from typing import Any

import numpy as np

from worked_examples.errors import DataError
from worked_examples.number_types import Array

NUMBERS = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
BYTE_ORDERS = ("<", ">", "|", "=")


class NumberType:
    """The substitute for ``numpy.dtype``: a type of numbers, never of objects."""

    def __init__(self, code: object, *_: object) -> None:
        if code not in NUMBERS:
            raise pickle.UnpicklingError(f"it holds entries of type '{code}', which are not numbers")
        self.dtype = np.dtype(str(code))

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        if state[1] not in BYTE_ORDERS:
            raise pickle.UnpicklingError(f"it holds entries in the byte order '{state[1]}'")
        self.dtype = np.dtype(state[1] + self.dtype.str[1:])


class StoredArray:
    """The substitute for ``numpy.ndarray`` and for the function that makes an empty one; its state brings the entries."""

    def __init__(self, *_: object) -> None:
        self.array: Array | None = None

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        _, shape, kind, by_columns, content = state
        if not isinstance(kind, NumberType) or not isinstance(content, bytes):
            raise pickle.UnpicklingError("it holds an array of something other than numbers")
        self.array = np.frombuffer(content, kind.dtype).reshape(shape, order="F" if by_columns else "C").copy()


ADMITTED = {
    "numpy.ndarray": StoredArray,
    "numpy.core.multiarray._reconstruct": StoredArray,
    "numpy._core.multiarray._reconstruct": StoredArray,  # since NumPy 2
    "numpy.dtype": NumberType,
}


class ArrayUnpickler(pickle.Unpickler):
    """An unpickler that imports nothing and finds only the substitutes."""

    def find_class(self, module: str, name: str) -> type:
        """The substitute for a name in the pickle."""
        if (requested := f"{module}.{name}") not in ADMITTED:
            raise pickle.UnpicklingError(f"it requests '{requested}', which no array needs")
        return ADMITTED[requested]


def stored(name: object, value: object) -> Array:
    """The array of an entry of the dictionary."""
    if not isinstance(name, str) or not isinstance(value, StoredArray) or value.array is None:
        raise pickle.UnpicklingError(f"its entry {name!r} is not an array with a name")
    return value.array


def arrays(pickled: bytes, origin: Path) -> dict[str, Array]:
    """The arrays of numbers in a pickled dictionary, as ``pickle`` writes it in protocol 3 or 4.

    Raises:
        DataError: where ``pickled`` is anything else; it names ``origin`` and what was refused, and nothing was executed.

    """
    try:
        entries = ArrayUnpickler(io.BytesIO(pickled)).load()
        if not isinstance(entries, dict):
            raise pickle.UnpicklingError("it does not hold a dictionary")  # noqa: TRY301 -- one message for all refusals
        return {name: stored(name, value) for name, value in entries.items()}
    except Exception as error:  # a forged pickle can make the unpickler raise anything
        raise DataError(f"{origin}: not a pickle of named arrays: {error or type(error).__name__}") from None
