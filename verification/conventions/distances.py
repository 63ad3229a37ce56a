"""How far an engine's call is from the book's formula, and whether that is not further than rounding, or sampling, may take it."""

from collections.abc import Iterator, Mapping

import numpy as np

from adapters import Array
from verification.conventions.exact_values import ExactConvention
from verification.exact.comparison import Note, unnoted
from worked_examples.schema.kinds.convention import Convention


def compared(convention: Convention, first: Mapping[str, Array], second: Mapping[str, Array]) -> Iterator[tuple[str, Array, Array]]:
    """The arrays that are compared: those that the convention names, or all of the second side; an absent one has no entries."""
    for name in convention.quantities or second:
        a, b = (np.asarray(side.get(name, ()), dtype=float) for side in (first, second))
        yield name, a, b


def difference(convention: Convention, first: Mapping[str, Array], second: Mapping[str, Array]) -> float | str:
    """The greatest absolute difference, or one word where there is none.

    ``nothing`` where an array is absent or without entries, or none is compared; ``nan`` where an entry is not a number; ``shape``
    where there are more or fewer entries; ``infinite`` where only one is finite, or one infinity is not the other.
    """
    pairs = [(a, b) for _, a, b in compared(convention, first, second)]
    if not all(a.size and b.size for a, b in pairs) or not pairs:
        return "nothing"
    if any(np.isnan(array).any() for pair in pairs for array in pair):
        return "nan"
    if any(a.shape != b.shape for a, b in pairs):
        return "shape"
    if any(not np.array_equal(a[~finite], b[~finite]) for a, b in pairs for finite in [np.isfinite(a) & np.isfinite(b)]):
        return "infinite"
    return max(float(np.max(np.abs(a[np.isfinite(a)] - b[np.isfinite(b)]), initial=0)) for a, b in pairs)


def is_within(
    convention: Convention, computed: Mapping[str, Array], book: ExactConvention, times: int = 1, note: Note = unnoted
) -> bool:
    """Whether every entry is as near to the exact one as rounding lets it, or is the same infinity; nothing is within nothing."""
    if isinstance(difference(convention, computed, book.values), str):
        return False
    return all(entries_within(a, b, times * book.bounds[name], note) for name, a, b in compared(convention, computed, book.values))


def entries_within(computed: Array, expected: Array, bound: Array, note: Note) -> bool:
    """Whether every entry of an array is within its bound, which is a finite number, or both are the same infinity."""
    if bound.shape != expected.shape:
        return False
    finite = np.isfinite(expected)
    errors, bounds = np.abs(computed[finite] - expected[finite]), bound[finite]
    note(errors, bounds)
    return bool(np.all((errors <= bounds) & np.isfinite(bounds))) and np.array_equal(computed[~finite], expected[~finite])
