"""A chain of rounded intermediates: every printed number is carried on as it is printed, as a reader with a calculator does.

Where a number is printed more than once, the first print is carried on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from adapters import Array, Calculation
from reference import graph
from verification.exact.calculations import place
from verification.session import Session
from worked_examples import CalculationExample, numbers
from worked_examples.printed.claims import claims
from worked_examples.printed.notations import exact

Carry: TypeAlias = Callable[[str, Array], Array]


class Carried(NamedTuple):
    """Printed numbers by name and index in the array of that name: of values, and of gradients with respect to them."""

    values: Mapping[str, Mapping[tuple[int, ...], str]]
    gradients: Mapping[str, Mapping[tuple[int, ...], str]]

    def value(self, name: str, array: Array) -> Array:
        """The array with its printed entries in place of the computed ones."""
        return replaced(array, self.values.get(name, {}))

    def gradient(self, name: str, array: Array) -> Array:
        """The gradient with respect to ``name`` with its printed entries in place of the computed ones."""
        return replaced(array, self.gradients.get(name, {}))


def replaced(array: Array, printed: Mapping[tuple[int, ...], str]) -> Array:
    """A copy of an array of exact numbers with some entries as printed; a printed nan, inf or True cannot be carried on."""
    copy = array.copy()
    for index, text in printed.items():
        if (number := exact(text)) is not None:
            copy[index] = numbers(number, "exact")[()]
    return copy


def collected(found: Iterable[tuple[bool, str, tuple[int, ...], str]]) -> Carried:
    """Printed numbers, each with whether it is a gradient, its name and its index; the first of several is carried on."""
    tables: tuple[dict[str, dict[tuple[int, ...], str]], ...] = ({}, {})
    for is_gradient, name, index, text in found:
        tables[is_gradient].setdefault(name, {}).setdefault(index, text)
    return Carried(*tables)


def chained(
    nodes: Sequence[graph.Node], inputs: Mapping[str, Array], carried: Carried, final: str, upstream: str = ""
) -> Calculation:
    """Values and gradients of nodes, each from what is printed of the others; ``upstream`` names the gradient of ``final``."""
    values = graph.forward(nodes, inputs, carried.value)
    if not final:
        return Calculation(values, {}, {})
    used = {name: carried.value(name, array) if name not in inputs else array for name, array in values.items()}
    seed = used[upstream] if upstream in used else graph.ones_like(used[final])
    return Calculation(values, graph.backward(nodes, used, final, seed, carried.gradient), {})


def calculation(session: Session, example: CalculationExample) -> Calculation:
    """The calculation in a chain of its printed numbers."""

    def compute() -> Calculation:
        inputs = {name: numbers(array, "exact") for name, array in example.inputs.items()}
        shapes = {name: array.shape for name, array in graph.forward(example.nodes, inputs).items()}
        found = []
        for claim in claims(example):
            if example.is_count(claim.block, claim.name):
                continue
            target = example.part(claim.block, claim.name, claim.epoch)
            if not target.attribute and target.name in shapes:
                index = place(example, shapes[target.name], target, claim.at)
                found.append((target.gradient, target.name, index, claim.text))
        return chained(example.nodes, inputs, collected(found), example.final, example.upstream)

    return session.once(("rounded chain", example.id), compute)
