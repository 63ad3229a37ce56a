"""The distance of the parameters of two runs, and one line where it, or any other single error, is beyond its bound."""

from collections.abc import Iterator, Sequence

import numpy as np

from adapters import Parameters
from verification.exact.comparison import Note, unnoted
from verification.rounding.error_bounds import flat


def shapes(parameters: Sequence[Parameters]) -> list[tuple[int, ...]]:
    """The shapes of all arrays, layer by layer: kernel, bias."""
    return [np.shape(array) for layer in parameters for array in layer]


def distance(first: Sequence[Parameters], second: Sequence[Parameters]) -> float:
    """The 2-norm between all parameters of two runs; nan, which is within no bound, where their shapes differ or there are none."""
    if shapes(first) != shapes(second) or not first:
        return float("nan")
    return float(np.linalg.norm(flat(list(first)) - flat(list(second))))


def beyond(what: str, error: float, bound: float, note: Note = unnoted) -> Iterator[str]:
    """A line where an error is not within its bound, or where either is not a finite number: ``what``, then both numbers."""
    note(error, bound)
    if not (error <= bound and np.isfinite(bound)):
        yield f"{what} {error:.1e}, bound {bound:.1e}"
