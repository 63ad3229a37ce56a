"""What is printed of a random iteration: values and gradients of passes, with their numbers, or of the last pass."""

from typing import Any, NamedTuple

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.calculations import CONSTANT_SUM, MOST_PRINTED, NAME, places, written
from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.iterated.passes import Repeated, kept_names, repeated
from verification.random_examples.generator.nesting import nested
from verification.random_examples.texts.blocks import Block, Item, items
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.texts.printing import Printed
from verification.random_examples.truth.iterated.script import DERIVATIVES, INPUT
from verification.random_examples.truth.numbers import DIGITS, Array, array, numbers

MOST_LINES = 150  # through which a gradient goes back


class Passes(NamedTuple):
    """An iteration, the number of its first pass, and the step whose gradients are printed, with its own."""

    repeated: Repeated
    first: int
    final: str
    upstream: Array

    @property
    def last_line(self) -> int:
        """The line of the step whose gradients are printed."""
        return self.repeated.builder.program.place(self.final, self.repeated.made)[0]


@st.composite
def iterations(draw: st.DrawFn, function: str) -> RandomExample:
    """An iteration with this function in its passes, and what is printed of it."""
    with mpmath.workdps(DIGITS):
        made = draw(repeated(function))
        b = made.builder
        steps = [step["name"] for step in (*b.steps, *b.before)]
        final = draw(st.sampled_from(["", *steps]))
        passes = Passes(made, draw(st.integers(0, 1)), final, draw(upstream_of(made, final)))
        blocks = [found for _ in range(draw(st.integers(1, 2))) if (found := draw(printed_block(passes))).items]
        count = sum(len(block.numbers) for block in blocks)
        ups = draw(st.lists(st.booleans(), min_size=count, max_size=count))
        contents = contents_of(passes, blocks)
        functions = frozenset(step["function"] for step in (*b.before, *b.steps))
        may_refuse = ("hangs on rounding",) if "arange" in functions else ()
        return RandomExample("calculation", contents, blocks, ups, may_refuse, made.words)


@st.composite
def upstream_of(draw: st.DrawFn, made: Repeated, final: str) -> Array:
    """The upstream gradient of the final step: ones, or an input that is drawn."""
    if not final:
        return array(0)
    b = made.builder
    value = b.program.value(final, made.made)
    function = {step["name"]: step["function"] for step in (*b.before, *b.steps)}[final]
    if function not in CONSTANT_SUM and draw(st.integers(0, 3)) < 3:
        return array(value * 0 + 1)
    b.inputs[f"d_{final}"] = draw(texts(value.shape))
    return numbers(b.inputs[f"d_{final}"])


def contents_of(passes: Passes, blocks: list[Block]) -> dict[str, Any]:
    """The tables of the fixture."""
    made, b = passes.repeated, passes.repeated.builder
    printed = {name for block in blocks for item in block.items for name in NAME.findall(item.name)}
    kept = {passes.final, f"d_{passes.final}", b.steps[-1]["name"], *printed, *kept_names(made)}
    inputs = nested([*b.before, *b.steps], b.inputs, kept).inputs
    condition = {"until": made.condition.text} if made.condition else {}
    first = {"first": passes.first} if passes.first == 0 else {}
    iteration = {"state": b.states, "times": made.times, **first, **condition, "steps": nested(b.steps, b.inputs, kept).steps}
    before = {"steps": nested(b.before, b.inputs, kept).steps} if b.before else {}
    return {**({"gradients_of": passes.final} if passes.final else {}), **before, "inputs": inputs, "iteration": iteration}


@st.composite
def printed_block(draw: st.DrawFn, passes: Passes) -> Block:
    """Rows of passes, each with its number in front; or what is of one pass, or of the last."""
    how = draw(st.sampled_from(("rows", "rows", "key", "last")))
    if how == "last":
        return Block(draw(items_of(passes, passes.repeated.made)), {})
    count = draw(st.integers(1, 3)) if how == "rows" else 1
    found, name = list[Item](), draw(st.sampled_from(("iteration", "k")))
    numbers = draw(st.lists(st.integers(1 - passes.first, passes.repeated.made), min_size=count, max_size=count))
    for number in numbers:
        of_pass = draw(items_of(passes, number))
        if how == "key":
            return Block(of_pass, {"iteration": number - 1 + passes.first})
        counted = Printed(number - 1 + passes.first, 0, negative=False, fixed=True)
        found += [Item(name, array(counted), numpy=False), *of_pass]
    return Block(found, {"names": {"k": "iteration"}} if name == "k" else {})


@st.composite
def items_of(draw: st.DrawFn, passes: Passes, number: int) -> list[Item]:
    """Some values and gradients of a pass."""
    found = [draw(drawn_item(passes, number)) for _ in range(draw(st.integers(1, 3)))]
    return [item for item in found if item]


@st.composite
def drawn_item(draw: st.DrawFn, passes: Passes, number: int) -> Item | None:
    """A value, or a gradient through all passes, whole or a single entry of it."""
    b, program = passes.repeated.builder, passes.repeated.builder.program
    of_pass = [step["name"] for step in b.steps if number or step["name"] in b.states]
    names = [*of_pass[::-1], *of_pass, *(step["name"] for step in b.before), *b.program.inputs]
    differentiable = [name for name in names if has_gradient(passes, name, number)] if passes.final else []
    is_gradient = bool(differentiable) and draw(st.booleans())
    name = draw(st.sampled_from(differentiable if is_gradient else names))
    value, index = program.value(name, number), ""
    if is_gradient:
        value = program.gradient(passes.last_line, passes.upstream, name, number)
    if value.size > MOST_PRINTED or (value.ndim and not draw(st.integers(0, 4))):
        place = draw(places(value))
        value, index = array(value[place]), written(place)
    return draw(items(("d_" if is_gradient else "") + name + index, value))


def has_gradient(passes: Passes, name: str, number: int) -> bool:
    """Whether the final step depends on a name of a pass, and through no derivative."""
    program, final = passes.repeated.builder.program, passes.last_line
    if name in passes.repeated.builder.settings or final == INPUT or final > MOST_LINES:
        return False
    path = program.whole.lines_between(program.place(name, number), final)
    return bool(path) and not any(program.whole.nodes[at].function in DERIVATIVES for at in path)
