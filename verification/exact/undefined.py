"""Gradients without a value: 0 times infinity on the way back from a step that is infinite, such as a masked score."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from adapters import Array, Calculation
from verification.exact.comparison import is_infinity

is_nan: Callable[[Any], Array] = np.frompyfunc(lambda ball: ball.is_nan(), 1, 1)


def undefined_gradients(values: Mapping[str, Array], gradients: Mapping[str, Array], of_reference: Calculation) -> dict[str, Array]:
    """Where gradients have no value, by name: not by exact numbers, and not by the reference in floating point.

    ``values`` and ``gradients`` are exact, in balls. None where no exact value is infinite: nan is a mistake there.
    """
    if not any(np.any(is_infinity(array)) for array in values.values()):
        return {}
    found = {
        name: np.asarray(is_nan(array), dtype=bool) & np.isnan(of_reference.gradients[name])
        for name, array in gradients.items()
        if name in of_reference.gradients and of_reference.gradients[name].shape == array.shape
    }
    return {name: entries for name, entries in found.items() if np.any(entries)}


def undefined_note(undefined: Mapping[str, Array]) -> list[str]:
    """The note about gradients that have no value."""
    if not undefined:
        return []
    names = list(undefined)
    more = f" and {len(names) - 1} more" if names[1:] else ""
    return [f"not compared, for 0 times infinity has no value: gradient of {names[0]}{more}"]
