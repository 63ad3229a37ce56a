"""Random calculations: graphs of steps over every function, printed values and gradients."""

import re
from collections.abc import Sequence
from typing import Any

import mpmath
import numpy as np
from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder
from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.layer_recipes import LAYERS
from verification.random_examples.generator.nesting import nested
from verification.random_examples.generator.recipes import OPERATIONS
from verification.random_examples.texts.blocks import Block, Item, items
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.numbers import DIGITS, Array, array, numbers

RECIPES = {**OPERATIONS, **LAYERS}
CONSTANT_SUM = ("softmax", "naive softmax", "batch normalization")
"""Functions whose gradients of a sum are 0 by cancellation: whether that is 0 or -0 nobody can decide."""
MOST_STEPS = 5
NAME = re.compile(r"[as][0-9]+")  # of an input or a step
MOST_PRINTED = 12


@st.composite
def calculations(draw: st.DrawFn, function: str) -> RandomExample:
    """A calculation of some steps, among them this function."""
    with mpmath.workdps(DIGITS):
        return printed_calculation(draw, draw(graphs(function)))


@st.composite
def graphs(draw: st.DrawFn, function: str, known: Sequence[str] = tuple(sorted(RECIPES))) -> Builder:
    """The graph of a calculation with this function; the others are among the ``known`` ones."""
    builder = Builder(draw)
    functions = draw(st.lists(st.sampled_from(known), max_size=MOST_STEPS - 1))
    functions.insert(draw(st.integers(0, len(functions))), function)
    for name in functions:
        use = RECIPES[name](builder)
        builder.add(name, use.operands, use.parameters, use.read)
    return builder


def printed_calculation(draw: st.DrawFn, builder: Builder) -> RandomExample:
    """The calculation with one or two printed blocks."""
    steps = [step["name"] for step in reversed(builder.steps)]
    final = draw(st.sampled_from([*steps[:1] * 2, *steps, ""]))
    contents: dict[str, Any] = {"gradients_of": final} if final else {}
    upstream = array(builder.graph.values[final] * 0 + 1) if final else array(0)
    if final and (builder.steps[int(final[1:])]["function"] in CONSTANT_SUM or draw(st.integers(0, 3)) == 3):
        builder.inputs[f"d_{final}"] = draw(texts(upstream.shape))
        upstream = numbers(builder.inputs[f"d_{final}"])
    blocks = [Block(found, {}) for _ in range(draw(st.integers(1, 2))) if (found := drawn_items(draw, builder, final, upstream))]
    ups = draw(st.lists(st.booleans(), min_size=(count := sum(len(block.numbers) for block in blocks)), max_size=count))
    printed = (name for block in blocks for item in block.items for name in NAME.findall(item.name))
    kept = {final, f"d_{final}", builder.steps[-1]["name"], *printed}
    contents |= nested(builder.steps, builder.inputs, kept)._asdict()
    functions = frozenset(step["function"] for step in builder.steps)
    may_refuse = ("hangs on rounding",) if "arange" in functions else ()
    return RandomExample("calculation", contents, blocks, ups, may_refuse, functions)


def drawn_items(draw: st.DrawFn, builder: Builder, final: str, upstream: Array) -> list[Item]:
    """Some values and gradients, each in a format; what has no certain digits is left out."""
    found = [draw(drawn_item(builder, final, upstream)) for _ in range(draw(st.integers(1, 3)))]
    return [item for item in found if item]


@st.composite
def drawn_item(draw: st.DrawFn, builder: Builder, final: str, upstream: Array) -> Item | None:
    """A value or a gradient of an input or step, whole or a single entry of it."""
    differentiable = with_gradient(builder, final, everything=not draw(st.integers(0, 9))) if final else []
    if differentiable and draw(st.integers(0, 2)) > 0:
        return draw(gradient_item(builder, final, upstream, draw(st.sampled_from(differentiable))))
    steps = [step["name"] for step in builder.steps]
    name = draw(st.sampled_from([*reversed(steps), *steps, *builder.graph.values]))
    value, index = builder.graph.values[name], ""
    if value.size > MOST_PRINTED or (value.ndim and not draw(st.integers(0, 4))):
        place = draw(places(value))
        value, index = array(value[place]), written(place)
    return draw(items(name + index, value))


def with_gradient(builder: Builder, final: str, everything: bool) -> list[str]:
    """The inputs and steps on which the final step depends, or ``everything``: the gradient of the others is 0."""
    names = [name for name in builder.graph.values if name not in builder.settings]
    return [name for name in names if everything or final in (node.name for node in builder.graph.users(name))]


@st.composite
def gradient_item(draw: st.DrawFn, builder: Builder, final: str, upstream: Array, name: str) -> Item | None:
    """The gradient with respect to an input or step; of a large one a single entry."""
    value = builder.graph.values[name]
    if value.size > MOST_PRINTED // 2:
        place = draw(places(value))
        entry = builder.graph.derivative(final, upstream, name, place)
        return draw(items(f"d_{name}{written(place)}", array(entry)))
    gradient = array(value.copy())
    for place in map(tuple, places_of(value)):
        gradient[place] = builder.graph.derivative(final, upstream, name, place)
    return draw(items(f"d_{name}", gradient))


def places_of(value: Array) -> list[tuple[int, ...]]:
    """The indices of all entries."""
    return list(np.ndindex(value.shape))


@st.composite
def places(draw: st.DrawFn, value: Array) -> tuple[int, ...]:
    """The index of an entry."""
    return tuple(draw(st.integers(0, extent - 1)) for extent in value.shape)


def written(place: tuple[int, ...]) -> str:
    """An index behind a name."""
    return f"[{', '.join(map(str, place))}]" if place else ""
