"""Computed arrays against exact ones: one line for what is further from the exact value than its bound."""

from typing import Any

import numpy as np

from adapters import Array
from verification.exact import arithmetic


def differences(name: str, values: Array, exact: Any, bound: Array) -> list[str]:
    """One line for an array that has another shape, or an entry further from the exact one than its bound."""
    exact = np.asarray(exact, dtype=object)
    if values.shape != exact.shape:
        return [f"{name}: shape {values.shape}, expected {exact.shape}"]
    distance = np.asarray(arithmetic.distance(arithmetic.balls(values.astype(object)), exact), dtype=float)
    if np.all(distance <= bound):
        return []
    middles = np.asarray(arithmetic.middle(exact), dtype=float)
    worst = np.unravel_index(np.argmax(distance - bound), distance.shape)
    place = f"{name} {[int(i) for i in worst]}" if worst else name
    pair = f"computed {float(values[worst])!r}, exact {float(middles[worst])!r}"
    return [f"{place}: {pair}, difference {distance[worst]:.1e}, bound {bound[worst]:.1e}{diagnosis(values, middles)}"]


def diagnosis(computed: Array, expected: Array) -> str:
    """What a wrong array looks like: the expected one transposed, doubled, halved, or with its sign turned; else nothing."""
    computed, expected = np.asarray(computed, dtype=float), np.asarray(expected, dtype=float)
    looks: list[tuple[str, Any]] = [
        ("the expected one doubled (a missing 1/2, or a factor 2 too many)", 2 * expected),
        ("half the expected one (a factor 1/2 too many, or a mean for a sum)", expected / 2),
        ("the expected one with the sign turned", -expected),
        ("the expected one transposed", expected.T),
    ]
    if not np.any(expected):
        return ""
    scale = float(np.max(np.abs(expected)))
    alike = (name for name, look in looks if look.shape == computed.shape and np.max(np.abs(computed - look)) <= scale * 1e-6)
    return next((f"; it looks like {name}" for name in alike), "")
