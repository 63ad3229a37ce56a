"""A random calculation while it grows: what its functions take is chosen by the values that are there, or made anew."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts
from verification.random_examples.truth.graph import Graph, Node
from verification.random_examples.truth.numbers import Array, numbers, sign, size

MOST_ENTRIES = 12
GREATEST = 1e6  # of what a function takes: what grows faster is told to take less


def is_in(domain: str, array: Array) -> bool:
    """Whether all entries are in a domain, and not just at its edge."""
    entries = array.ravel().tolist()
    match domain:
        case "positive":
            return all(entry > 1e-4 for entry in entries)
        case "not negative":
            return all(sign(entry) >= 0 for entry in entries)
        case "not zero":
            return all(abs(entry) > 1e-4 for entry in entries)
        case "fraction":
            return all(0 <= entry < 1 for entry in entries)
    return True


class Builder:
    """Inputs as texts, steps as tables of name, function, operands and parameters, and the oracle's values of both.

    ``settings`` are inputs whose gradient is not needed: labels, exponents, whatever a layer does not differentiate.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.graph = draw, Graph()
        self.inputs: dict[str, Any] = {}
        self.steps: list[dict[str, Any]] = []
        self.settings: set[str] = set()

    def fresh(self, shape: Sequence[int], domain: str = "any", extreme: bool = False) -> str:
        """A new input."""
        return self.given(self.draw(texts(shape, domain, extreme)))

    def given(self, values: Any, setting: bool = False) -> str:
        """A new input with these texts."""
        name = f"a{len(self.inputs)}"
        self.inputs[name] = values
        self.graph.add_input(name, numbers(values))
        if setting:
            self.settings.add(name)
        return name

    def setting(self, shape: Sequence[int], domain: str = "any") -> str:
        """A new input whose gradient is not needed."""
        return self.given(self.draw(texts(shape, domain)), setting=True)

    def candidates(self, accepted: Callable[[tuple[int, ...]], bool], domain: str, most: float) -> list[str]:
        """The inputs and steps of an accepted shape, with entries of a domain and not too great."""
        return [
            name
            for name, value in self.graph.values.items()
            if name not in self.settings and value.size and accepted(value.shape) and size(value) <= most and is_in(domain, value)
        ]

    def operand(
        self,
        shapes: st.SearchStrategy[tuple[int, ...]],
        accepted: Callable[[tuple[int, ...]], bool],
        domain: str = "any",
        most: float = GREATEST,
    ) -> str:
        """An input or step that is there already, or a new input of a shape."""
        there = self.candidates(accepted, domain, most)
        if there and self.draw(st.integers(0, 3)) > 0:
            return self.draw(st.sampled_from(there[::-1]))
        return self.fresh(self.draw(shapes), domain, extreme=most >= GREATEST)

    def array(self, least: int = 0, most: int = 3, domain: str = "any", greatest: float = GREATEST) -> str:
        """An array with so many axes."""
        shapes = st.lists(st.integers(1, 3), min_size=least, max_size=most).map(tuple)
        small = shapes.filter(lambda shape: np.prod(shape, dtype=int) <= MOST_ENTRIES)
        return self.operand(small, lambda shape: least <= len(shape) <= most, domain, greatest)

    def of_shape(self, shape: Sequence[int], domain: str = "any", greatest: float = GREATEST) -> str:
        """An array of a shape."""
        return self.operand(st.just(tuple(shape)), lambda other: other == tuple(shape), domain, greatest)

    def partner(self, name: str, domain: str = "any") -> str:
        """An array that broadcasts with another: equal, stretched, without some axes, or with one more."""
        shape = self.shape(name)
        return self.operand(broadcastable(shape), lambda other: broadcasts(shape, other), domain)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of an input or step."""
        return tuple(self.graph.values[name].shape)

    def add(self, function: str, operands: Sequence[str], parameters: dict[str, Any], read: dict[str, Any]) -> str:
        """Add a step; ``parameters`` are those of the fixture, ``read`` the same as the oracle takes them."""
        name = f"s{len(self.steps)}"
        self.graph.add(Node(name, function, tuple(operands), {**parameters, **read}))
        self.steps.append({"name": name, "function": function, "operands": list(operands), **parameters})
        return name


def broadcasts(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two shapes broadcast, to an array that is not too large."""
    try:
        together = np.broadcast_shapes(shape, other)
    except ValueError:
        return False
    return int(np.prod(together, dtype=int)) <= 2 * MOST_ENTRIES


@st.composite
def broadcastable(draw: st.DrawFn, shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape that broadcasts with another."""
    how = draw(st.sampled_from(("equal", "stretched", "shorter", "longer")))
    if how == "longer" and int(np.prod(shape, dtype=int)) <= MOST_ENTRIES // 2:
        return (draw(st.integers(1, 2)), *shape)
    if how == "shorter":
        return shape[draw(st.integers(0, len(shape))) :]
    if how == "stretched":
        return tuple(draw(st.sampled_from((1, extent))) for extent in shape)
    return shape
