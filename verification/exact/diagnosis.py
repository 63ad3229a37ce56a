"""What a wrong array looks like, where the evidence supports it: a well-known slip, and nothing else."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from adapters import Array

APART = 10  # times both bounds: so far at least must a look be from the expected array to be told from it


class Look(NamedTuple):
    """What an array would be after a slip, and how far rounding may take it from that."""

    name: str
    array: Array
    bound: Array


def looks(expected: Array, bound: Array) -> Iterator[Look]:
    """What the expected array would be after one of the usual slips."""
    yield Look("doubled (a missing 1/2, or a factor 2 too many)", 2 * expected, 2 * bound)
    yield Look("halved (a factor 1/2 too many, or a mean for a sum)", expected / 2, bound / 2)
    yield Look("with the sign turned", -expected, bound)
    yield Look("transposed", expected.T, bound.T)


def diagnosis(computed: Array, expected: Array, bound: Array) -> str:
    """``; it looks like the expected one transposed`` (doubled, halved, with the sign turned); empty where it looks like none.

    An array looks like a slip where every entry is within its bound of what the slip would give, and the slip would give
    something else than what is expected, clearly: in some entry by more than ``APART`` times the bounds. Where an entry is not a
    finite number, nothing is said.
    """
    computed, expected, bound = (np.asarray(array, dtype=float) for array in (computed, expected, bound))
    if not all(np.all(np.isfinite(array)) for array in (computed, expected, bound)):
        return ""
    alike = (look.name for look in looks(expected, bound) if is_alike(computed, look) and is_apart(look, expected, bound))
    return next((f"; it looks like the expected one {name}" for name in alike), "")


def is_alike(computed: Array, look: Look) -> bool:
    """Whether every entry is that of a look, within the bound of this."""
    return computed.shape == look.array.shape and bool(np.all(np.abs(computed - look.array) <= look.bound))


def is_apart(look: Look, expected: Array, bound: Array) -> bool:
    """Whether a look can be told from what is expected."""
    return look.array.shape != expected.shape or bool(np.any(np.abs(look.array - expected) > APART * (look.bound + bound)))
