"""Pickled weights: arrays of numbers come through exactly, and nothing else does, nor is anything executed."""

import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worked_examples.datasets.safe_pickle import NUMBERS, arrays
from worked_examples.errors import DataError

FILE = Path("weights.pkl")
GOOD = {"W1": np.arange(6, dtype=np.float32).reshape(2, 3), "b1": np.zeros(0, np.float32)}
REFUSED = "weights.pkl: not a pickle of named arrays: "


class Reduced:
    """Something that is unpickled by calling a function, and then given a state."""

    def __init__(self, function: Callable[..., Any], *arguments: Any, state: Any = None) -> None:
        self.parts = (function, arguments, state)

    def __reduce__(self) -> tuple[Any, ...]:
        return self.parts


@pytest.mark.parametrize("protocol", [3, 4])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("code", NUMBERS)
def test_arrays_come_back_bit_by_bit(code: str, order: str, protocol: int) -> None:
    """Type, byte order, shape and entries survive, of arrays by rows and by columns; who reads them may change them."""
    array = np.arange(24).reshape(2, 3, 4).astype(order + code)
    pickled = {"rows": array, "columns": np.asfortranarray(array), "point": array[:1, :1, :1].reshape(()), "none": array[:0]}
    loaded = arrays(pickle.dumps(pickled, protocol), FILE)
    assert list(loaded) == list(pickled)
    for name, values in pickled.items():
        assert (loaded[name].dtype.str, loaded[name].shape) == (values.dtype.str, values.shape)
        assert loaded[name].tobytes() == values.tobytes()
        assert loaded[name].flags.writeable


def test_both_spellings_of_numpy_are_read() -> None:
    """Files written before NumPy 2 name ``numpy.core``, later ones ``numpy._core``."""
    new = pickle.dumps(GOOD, 3)
    assert b"numpy._core.multiarray" in new
    old = new.replace(b"numpy._core.multiarray", b"numpy.core.multiarray")
    assert np.array_equal(arrays(old, FILE)["W1"], GOOD["W1"])


@pytest.mark.parametrize(
    ("function", "argument", "name"),
    [
        pytest.param(os.system, "touch {}", f"{os.system.__module__}.system", id="os.system"),
        pytest.param(eval, "open({!r}, 'w').close()", "builtins.eval", id="eval"),
        pytest.param(exec, "open({!r}, 'w').close()", "builtins.exec", id="exec"),
        pytest.param(np.memmap, "{}", "numpy.memmap", id="a-class-of-numpy"),
        pytest.param(np.savetxt, "{}", "numpy.savetxt", id="a-function-of-numpy"),
    ],
)
@pytest.mark.parametrize("hidden", ["alone", "in an array"])
@pytest.mark.parametrize("protocol", [3, 4])
def test_a_hostile_pickle_is_refused_and_not_executed(
    tmp_path: Path, function: Callable[..., Any], argument: str, name: str, hidden: str, protocol: int
) -> None:
    """The pickle, which Python's own unpickler executes, is refused with the name of what it requests, and nothing happens."""
    marker = tmp_path / "executed"
    more = {np.memmap: ("u1", "w+", 0, 1), np.savetxt: ([1],)}.get(function, ())
    attack: Any = Reduced(function, argument.format(str(marker)), *more)
    pickled = pickle.dumps({"W1": np.array([attack], object) if hidden == "in an array" else attack}, protocol)
    with pytest.raises(DataError) as caught:
        arrays(pickled, FILE)
    first = f"requests '{name}', which no array needs" if hidden == "alone" else "holds entries of type 'O8', which are not numbers"
    assert str(caught.value) == REFUSED + f"it {first}"
    assert not marker.exists()
    pickle.loads(pickled)  # noqa: S301 -- our own attack, to show that it is one
    assert marker.exists()


def forged(code: str, order: str = "<", *state: Any, content: Any = bytes(8)) -> bytes:
    """An array of one entry with a type and a content as no NumPy writes them."""
    reconstruct: Any = np.zeros(1).__reduce__()[0]
    kind = Reduced(np.dtype, code, state=(3, order, *(state or (None, None, None, -1, -1, 0))))
    return pickle.dumps({"W1": Reduced(reconstruct, np.ndarray, (0,), b"b", state=(1, (1,), kind, False, content))}, 4)


@pytest.mark.parametrize(
    ("pickled", "message"),
    [
        pytest.param(
            pickle.dumps({"W1": np.array([None])}, 4), "it holds entries of type 'O8', which are not numbers", id="objects"
        ),
        pytest.param(pickle.dumps({"W1": np.array(["a"])}, 4), "it holds entries of type 'U1', which are not numbers", id="texts"),
        pytest.param(
            # NumPy itself believes this type when it says that it holds no object, and follows the 8 bytes as a pointer.
            forged("V8", "|", None, ("a",), {"a": (np.dtype(object), 0)}, 8, 1, 0),
            "it holds entries of type 'V8', which are not numbers",
            id="fields",
        ),
        pytest.param(forged("f8", "O,"), "it holds entries in the byte order 'O,'", id="order"),
        pytest.param(
            forged("f8", content=[1.5]),
            "it holds an array of something other than numbers",
            id="a-list-for-bytes",
        ),
        pytest.param(
            forged("f8", content=bytes(16)),
            "cannot reshape array of size 2 into shape (1,)",
            id="length",
        ),
        pytest.param(pickle.dumps([GOOD["W1"]], 4), "it does not hold a dictionary", id="list"),
        pytest.param(pickle.dumps({1: GOOD["W1"]}, 4), "its entry 1 is not an array with a name", id="number-as-name"),
        pytest.param(pickle.dumps({"W1": [1.5]}, 4), "its entry 'W1' is not an array with a name", id="list-as-array"),
        pytest.param(pickle.dumps({"W1": np.ndarray}, 4), "its entry 'W1' is not an array with a name", id="class-as-array"),
        pytest.param(
            pickle.dumps({"W1": Reduced(np.ndarray, (3,))}, 4),
            "its entry 'W1' is not an array with a name",
            id="array-without-entries",
        ),
        pytest.param(
            pickle.dumps({"W1": np.ma.ones(2)}, 4),
            "it requests 'numpy.ma.core._mareconstruct', which no array needs",
            id="other-array",
        ),
        pytest.param(b"\x80\x04\x8c\x05numpy\x8c\x0cndarray.view\x93.", "it requests 'numpy.ndarray.view'", id="attribute"),
        pytest.param(b"\x80\x03Pname\n.", "A load persistent id instruction was encountered", id="persistent"),
        pytest.param(pickle.dumps(GOOD, 4)[:-30], "pickle data was truncated", id="truncated"),
        pytest.param(b"", "Ran out of input", id="empty"),
        pytest.param(b"<html>", "", id="no-pickle"),
    ],
)
def test_what_is_no_pickle_of_arrays_is_refused(pickled: bytes, message: str) -> None:
    """The message names the file and what was refused."""
    with pytest.raises(DataError, match="^" + re.escape(REFUSED + message)) as caught:
        arrays(pickled, FILE)
    assert str(caught.value) != REFUSED


@pytest.mark.parametrize("name", [b"numpy\ndtype\n", b"numpy\nndarray\n"], ids=["dtype", "ndarray"])
@pytest.mark.parametrize("state", [b"}(X\x08\0\0\0__init__Nu", b"N}(X\x08\0\0\0__init__Nu\x86"], ids=["entries", "attributes"])
def test_a_pickle_cannot_change_the_stand_ins(name: bytes, state: bytes) -> None:
    """A state for a class itself, which would change it for all later pickles, is refused."""
    with pytest.raises(DataError, match="__setstate__"):
        arrays(b"\x80\x03c" + name + state + b"b.", FILE)
    assert np.array_equal(arrays(pickle.dumps(GOOD, 3), FILE)["W1"], GOOD["W1"])
