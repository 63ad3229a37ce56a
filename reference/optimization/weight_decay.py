"""Weight decay, before an optimizer's step: in the gradient (L2) or decoupled from it (dl-python, VI.4 names it only)."""

from collections.abc import Callable, Mapping
from typing import Any

from reference.comparisons import Array


def l2(w: Array, g: Array, learning_rate: Any, coefficient: Any) -> tuple[Array, Array]:
    """``g = g + c w``: the gradient of the penalty ``c / 2 sum w^2``; returns ``w`` and the new ``g``."""
    return w, g + coefficient * w


def decoupled(w: Array, g: Array, learning_rate: Any, coefficient: Any) -> tuple[Array, Array]:
    """``w = w - lr c w`` before the step, ``g`` unchanged (arXiv:1711.05101, algorithm 2); returns the new ``w`` and ``g``."""
    return w - learning_rate * coefficient * w, g


DECAYS: Mapping[str, Callable[[Array, Array, Any, Any], tuple[Array, Array]]] = {"l2": l2, "decoupled": decoupled}
