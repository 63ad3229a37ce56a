"""The branches that a calculation takes: decided at its point, and kept beside it, so that a difference quotient crosses no kink.

Where a ReLU's input is exactly 0, or two entries are equally great, this is the derivative of the branch that the value takes: the
convention that the docstrings in ``reference`` declare (0 for a ReLU at 0, the first of several greatest entries).
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Branches:
    """The decisions of one step, in their order: made the first time, repeated afterwards."""

    def __init__(self) -> None:
        self._taken: list[object] = []
        self._position: int | None = None

    def __call__(self, decide: Callable[[], T]) -> T:
        """What ``decide`` returns, or what it returned the first time."""
        if self._position is None:
            self._taken.append(decide())
            return self._taken[-1]  # type: ignore[return-value]
        self._position += 1
        return self._taken[self._position - 1]  # type: ignore[return-value]

    def repeat(self) -> None:
        """From now on, begin with the first decision again."""
        self._position = 0
