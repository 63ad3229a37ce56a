"""Random formulas of a network's quantities: ``[quantities]``, and their values for any operands."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder
from verification.random_examples.generator.calculations import RECIPES
from verification.random_examples.generator.iterated.passes import POLES, is_computed, is_near
from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.graph import FUNCTIONS, Node
from verification.random_examples.truth.numbers import Array, array, numbers
from worked_examples.expression.writing import formula

NOT_INSIDE = "split"  # has several values, and a line of its own
FIRST = ("subtract", "multiply", "add", "greater")
REDUCED = ("mean", "sum", "max", "min")
MOST_STEPS = 4


class ArrayNeededError(Exception):
    """A function needs an array that is not a quantity: formulas have numbers alone."""


class FormulaBuilder(Builder):
    """As a builder of calculations, on quantities by their names."""

    def __init__(self, draw: st.DrawFn, operands: Mapping[str, Array]) -> None:
        super().__init__(draw)
        for name, value in operands.items():
            self.graph.add_input(name, value)

    def given(self, values: Any, setting: bool = False) -> str:
        """A number in the formula."""
        if not isinstance(values, str):
            raise ArrayNeededError
        return super().given(values, setting)

    def text(self, name: str) -> str:
        """The formula of a value, in brackets inside another."""
        if name in self.inputs:
            return f"({self.inputs[name]})"
        step = next((step for step in self.steps if step["name"] == name), None)
        if step is None:
            return name
        parameters = {key: value for key, value in step.items() if key not in ("name", "function", "operands")}
        line = formula(name, step["function"], [self.text(operand) for operand in step["operands"]], parameters)
        return f"({line.removeprefix(f'{name} = ')})"


class Formula(NamedTuple):
    """A formula: its text, the names of its operands, and its steps; the last one is its value."""

    text: str
    operands: Sequence[str]
    builder: FormulaBuilder
    nodes: Sequence[Node]

    @property
    def functions(self) -> frozenset[str]:
        """Its functions."""
        return frozenset(node.function for node in self.nodes)

    def value(self, operands: Mapping[str, Array]) -> Array | None:
        """The value for these operands; None where no program computes it, or they do not fit."""
        values = {**operands, **{name: numbers(text) for name, text in self.builder.inputs.items()}}
        try:
            for node in self.nodes:
                found = [values[name] for name in node.operands]
                if node.function in POLES and is_near(self.builder, node, found[POLES[node.function]]):
                    return None
                values[node.name] = array(FUNCTIONS[node.function](Branches(), node.parameters, *found))
                if not values[node.name].size:
                    return None
        except (ArithmeticError, ValueError, IndexError):
            return None
        value = values[self.nodes[-1].name]
        return value if is_computed(value) else None


@st.composite
def formulas(draw: st.DrawFn, operands: Mapping[str, Array]) -> Formula:
    """A formula of some of these values, every second one reduced to one number."""
    builder = FormulaBuilder(draw, operands)
    builder.add(draw(st.sampled_from(FIRST)), two_of(builder), {}, {})
    for name in draw(st.lists(st.sampled_from(sorted(set(RECIPES) - {NOT_INSIDE})), max_size=MOST_STEPS)):
        try:
            use = RECIPES[name](builder)
        except ArrayNeededError:
            continue
        builder.add(name, use.operands, use.parameters, use.read)
    last = builder.steps[-1]["name"]
    is_reduced = draw(st.booleans())
    if is_reduced and builder.shape(last):
        last = builder.add(draw(st.sampled_from(REDUCED)), [last], {}, {})
    used = leading_to(builder.graph.nodes, last)
    names = [name for name in operands if any(name in node.operands for node in used)]
    return Formula(builder.text(last)[1:-1], names, builder, used)


def two_of(builder: FormulaBuilder) -> list[str]:
    """A quantity, and another quantity or a number that broadcasts with it."""
    first = builder.draw(st.sampled_from(list(builder.graph.values)))
    shapes = (builder.shape(first), ())
    fitting = [name for name, value in builder.graph.values.items() if value.shape in shapes and name != first]
    return [first, builder.draw(st.sampled_from(fitting)) if fitting else builder.given("0.5")]


def leading_to(nodes: Sequence[Node], name: str) -> list[Node]:
    """The steps on which one depends, its own among them."""
    needed, found = {name}, list[Node]()
    for node in reversed(nodes):
        if node.name in needed:
            needed |= set(node.operands)
            found.append(node)
    return found[::-1]
