"""The C library's float32 functions, bit by bit, where it is glibc."""

import ctypes
import platform
from typing import Any

import numpy as np
import pytest

from worked_examples.recipes.c_arithmetic import logarithm, sine_and_cosine

RANDOM = np.random.RandomState(1)
UNIFORM = np.maximum((RANDOM.randint(0, 2**23, 20_000) * np.float32(2.0**-23)).astype(np.float32), np.float32(1e-7))
QUARTERS = np.nextafter(np.float32(np.pi / 4) * np.arange(9, dtype=np.float32), np.float32(0))
ANGLES = np.concatenate([np.float32(2 * np.pi) * UNIFORM, QUARTERS, np.float32(np.pi / 4) * np.arange(9, dtype=np.float32)])


@pytest.fixture
def c_library() -> Any:
    """The functions of glibc."""
    if platform.libc_ver()[0] != "glibc" or platform.machine() != "x86_64":
        pytest.skip("the C library is another")
    library = ctypes.CDLL("libm.so.6")
    for name in ("logf", "sinf", "cosf"):
        getattr(library, name).restype, getattr(library, name).argtypes = ctypes.c_float, [ctypes.c_float]
    return library


def of_each(function: Any, x: Any) -> Any:
    """A function of C, entry by entry."""
    return np.array([function(float(entry)) for entry in x], dtype=np.float32)


def test_the_logarithm_is_that_of_the_c_library(c_library: Any) -> None:
    """Of numbers from 1e-7 to 1."""
    numbers = np.append(UNIFORM, np.float32(1))
    assert np.array_equal(logarithm(numbers), of_each(c_library.logf, numbers))


def test_sine_and_cosine_are_those_of_the_c_library(c_library: Any) -> None:
    """Of angles from 0 to two pi, and where an octant ends."""
    for found, function in zip(sine_and_cosine(ANGLES), (c_library.sinf, c_library.cosf), strict=True):
        assert np.array_equal(found, of_each(function, ANGLES))
