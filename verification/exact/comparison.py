"""Computed arrays against exact ones: one line for what is further from the exact value than its bound.

What is not a finite number is equal only where the exact value is that very infinity. An array without entries compares nothing,
and a bound that is not a finite number bounds nothing: each is a line.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from adapters import Array
from verification.exact import arithmetic
from verification.exact.diagnosis import diagnosis

Note: TypeAlias = Callable[[Any, Any], None]
"""What is told the errors and the bounds of a comparison: ``partial(findings.note_tightness, "outputs")``."""

is_infinity: Callable[[Any], Array] = np.frompyfunc(
    lambda ball: ball.is_exact() and not ball.is_finite() and not ball.is_nan(), 1, 1
)


def unnoted(errors: Any, bounds: Any) -> None:
    """Nobody records the errors beside their bounds."""


def differences(name: str, values: Any, exact: Any, bound: Any, note: Note = unnoted) -> list[str]:
    """One line for an array that has another shape or no entries, or an entry further from the exact one than its bound."""
    values, exact, bound = np.asarray(values), np.asarray(exact, dtype=object), np.asarray(bound, dtype=float)
    if problem := incomparable(values.shape, exact.shape, bound.shape):
        return [f"{name}: {problem}"]
    errors, same = errors_of(values, exact), same_infinity(values, exact)
    note(errors[~same], bound[~same])
    passes = same | ((errors <= bound) & np.isfinite(bound))
    if np.all(passes):
        return []
    middles = np.asarray(arithmetic.middle(exact), dtype=float)
    worst = worst_entry(errors, bound, passes)
    place = f"{name} {[int(i) for i in worst]}" if worst else name
    pair = f"computed {float(values[worst])!r}, exact {float(middles[worst])!r}"
    look = diagnosis(values, middles, bound)
    return [f"{place}: {pair}, difference {errors[worst]:.1e}, bound {bound[worst]:.1e}{look}"]


def bounded_differences(
    name: str, values: Any, exact: Any, bound: Any, note: Note = unnoted, skipped: Callable[[str], None] | None = None
) -> list[str]:
    """As ``differences``; where ``skipped`` is told of arrays whose rounding is not bounded, entries must only be finite.

    Where the balls of a precision reach an undefined value, such as the root of what may be negative, rounding is not bounded;
    the exact infinity is right there too.
    """
    values, exact, bound = np.asarray(values), np.asarray(exact, dtype=object), np.asarray(bound, dtype=float)
    known = np.isfinite(bound)
    if skipped is None or np.all(known) or incomparable(values.shape, exact.shape, bound.shape):
        return differences(name, values, exact, bound, note)
    skipped(name)
    numbers = np.isfinite(values.astype(float)) | same_infinity(values, exact)
    lines = [] if np.all(numbers[~known]) else [f"{name}: not finite"]
    return lines + (differences(name, values[known], exact[known], bound[known], note) if np.any(known) else [])


def unbounded_note(names: list[str], within: str = "one epoch") -> str:
    """The note about arrays that are not compared."""
    more = f" and {len(names) - 1} more" if names[1:] else ""
    return f"not compared, for rounding in {within} is not bounded: {names[0]}{more}"


def incomparable(shape: tuple[int, ...], expected: tuple[int, ...], bound: tuple[int, ...]) -> str:
    """Why arrays of these shapes cannot be compared entry by entry; empty where they can."""
    if shape != expected:
        return f"shape {shape}, expected {expected}"
    if 0 in expected:
        return f"nothing to compare: shape {expected}"
    return "" if bound == expected else f"bounds of the shape {bound} for an array of the shape {expected}"


def errors_of(values: Array, exact: Array) -> Array:
    """The distance of every entry from the exact one, rounded upwards; nan where either is nan."""
    return np.asarray(arithmetic.distance(arithmetic.balls(values.astype(object)), exact), dtype=float)


def same_infinity(values: Array, exact: Array) -> Array:
    """Where the exact value is infinite, and the computed one is that very infinity."""
    infinite = np.asarray(is_infinity(exact), dtype=bool)
    return infinite & (values.astype(float) == np.asarray(arithmetic.middle(exact), dtype=float))


def worst_entry(errors: Array, bound: Array, passes: Array) -> tuple[Any, ...]:
    """The index of the entry that is furthest beyond its bound; what is not a number is further than any number."""
    with np.errstate(invalid="ignore"):
        excess = errors - bound
    ranked = np.where(passes, -np.inf, np.where(np.isfinite(excess), excess, np.inf))
    return np.unravel_index(np.argmax(ranked), ranked.shape)
