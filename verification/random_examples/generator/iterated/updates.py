"""How a pass changes a state at random: by its gradient, by a velocity, by what else it computes; each by its name."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from hypothesis import strategies as st

from verification.random_examples.generator.iterated.programs import RATES, ProgramBuilder
from verification.random_examples.generator.recipes import Use

Update: TypeAlias = Callable[[ProgramBuilder, str], None]


def product(b: ProgramBuilder, factor: str, name: str) -> str:
    """A number times a value."""
    return b.add("multiply", [b.number(factor), name], {}, {})


def other(b: ProgramBuilder, state: str) -> str:
    """A value in the shape of the state, that of the pass before more seldom."""
    return b.draw(st.sampled_from([name for name in b.alike(state) if name != state] or [state]))


def rate(b: ProgramBuilder) -> str:
    """A factor."""
    return b.draw(st.sampled_from(RATES))


def descent(b: ProgramBuilder, state: str) -> None:
    """``w = w - rate * g``."""
    b.assign(state, Use([state, product(b, rate(b), other(b, state))]), "subtract")


def average(b: ProgramBuilder, state: str) -> None:
    """``v = 0.75 * v + 0.25 * g``."""
    direction = other(b, state)
    b.assign(state, Use([product(b, "0.75", state), product(b, "0.25", direction)]), "add")


def squashed(b: ProgramBuilder, state: str) -> None:
    """``h = tanh(y)``, or another function whose values are small."""
    b.assign(state, Use([other(b, state)]), b.draw(st.sampled_from(("tanh", "sigmoid", "sin", "step"))))


def negative(b: ProgramBuilder, state: str) -> None:
    """``x = -y``."""
    b.assign(state, Use([other(b, state)]), "negative")


def counted(b: ProgramBuilder, state: str) -> None:
    """``n = n + 1``."""
    b.assign(state, Use([state, b.number("1")]), "add")


def shrunk(b: ProgramBuilder, state: str) -> None:
    """``rate = 0.5 * rate``."""
    b.assign(state, Use([b.number(rate(b)), state]), "multiply")


def reversed_entries(b: ProgramBuilder, state: str) -> None:
    """``x = x[::-1]``; of one number, its negative."""
    if b.shape(state) == ():
        negative(b, state)
    else:
        b.assign(state, Use([state], {"index": "::-1"}, {"index": (slice(None, None, -1),)}), "index")


def signs(b: ProgramBuilder, state: str) -> None:
    """``s = where(y > 0, 1, s)``."""
    above = b.add("greater", [other(b, state), b.number("0")], {}, {})
    b.assign(state, Use([above, b.number("1"), state]), "where")


UPDATES: Mapping[str, Update] = {
    "descent": descent,
    "average": average,
    "squashed": squashed,
    "negative": negative,
    "counted": counted,
    "shrunk": shrunk,
    "reversed": reversed_entries,
    "signs": signs,
}
