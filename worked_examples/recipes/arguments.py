"""What the calls of a recipe take: whole numbers, shapes, ranges; each checked before anything is drawn."""

from typing import Any, TypeAlias

import numpy as np

from worked_examples.limits import AXES, GENERATED, entries_fault, product

Array: TypeAlias = np.ndarray[Any, Any]
Value: TypeAlias = Any  # a float, an array, or a list or tuple of values
POPULATION = 1_000  # of a choice without replacement, where its size is not that of an array
EXACT = 2**53  # whole numbers up to here are float64 numbers


def whole(value: Value, least: int = 0, most: int = EXACT) -> int:
    """A whole number within limits.

    Raises:
        ValueError: for anything else.

    """
    if not isinstance(value, float) or not value.is_integer() or not least <= value <= most:
        found = f"{value:,.15g}" if isinstance(value, float) else "a value that is not a number"
        raise ValueError(f"{found}; accepted: a whole number from {least:,} to {most:,}")
    return int(value)


def shape(size: Value) -> tuple[int, ...] | None:
    """The shape that a size states, one whole number or several; None where there is no size.

    Raises:
        ValueError: where it is none, or beyond the limits.

    """
    if size is None:
        return None
    extents = tuple(whole(extent, 1, GENERATED) for extent in (size if isinstance(size, (tuple, list)) else [size]))
    if len(extents) > AXES:
        raise ValueError(f"{len(extents)} axes; accepted: at most {AXES}")
    if fault := entries_fault(product(extents)):
        raise ValueError(fault)
    return extents


def shape_of(sizes: tuple[Value, ...]) -> tuple[int, ...] | None:
    """The shape of a call that takes extents one by one, or all in one tuple: ``rand(3, 4)``, ``random((3, 4))``."""
    return shape(sizes[0] if len(sizes) == 1 else sizes or None)


def one_of(sizes: tuple[Value, ...], size: Value) -> tuple[Value, ...]:
    """The sizes of a call that takes them one by one, or by the keyword ``size``.

    Raises:
        ValueError: where both are given.

    """
    if sizes and size is not None:
        raise ValueError("a size is given twice; write size=(2, 3) alone")
    return sizes if size is None else (size,)


def array(value: Value) -> Array:
    """Nested lists as an array of float64; an array as it is.

    Raises:
        ValueError: where lists have different lengths at one depth, or there is nothing in them.

    """
    try:
        entries = value if isinstance(value, np.ndarray) else np.asarray(value, dtype=float)
    except (ValueError, TypeError):
        raise ValueError("lists of different lengths at one depth, or of something else than numbers") from None
    if not entries.size:
        raise ValueError("no entries")
    if fault := entries_fault(entries.size):
        raise ValueError(fault)
    return entries


def several(value: Value) -> int | Array:
    """What is chosen from or permuted: a whole number for the numbers below it, or an array."""
    return whole(value, 1, GENERATED) if isinstance(value, float) else array(value)


def chosen_from(a: Value, replace: Value) -> int | Array:
    """What is chosen from; without replacement NumPy permutes all of it, so that it must be small.

    Raises:
        ValueError: where it is not.

    """
    population = several(a)
    if not replace and isinstance(population, int) and population > POPULATION:
        raise ValueError(f"choice among {population:,} without replacement; accepted: at most {POPULATION:,}; write permutation(n)")
    return population


def floats(drawn: Any) -> Value:
    """What a generator gave, in float64: an array, or one float."""
    return drawn.astype(float) if isinstance(drawn, np.ndarray) else float(drawn)
