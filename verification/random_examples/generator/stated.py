"""Random calculations of which every number is exact in float32 too, printed in a stated arithmetic.

In any order of summation a floating-point type gives the exact value: the texts are right in each arithmetic, and what is one unit
away is right in none.
"""

from collections.abc import Sequence

import mpmath
import numpy as np
from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder
from verification.random_examples.generator.calculations import MOST_PRINTED, RECIPES, places, written
from verification.random_examples.generator.decimals import nested as as_nested
from verification.random_examples.generator.decimals import written as decimal
from verification.random_examples.generator.nesting import nested
from verification.random_examples.texts.blocks import Block, Item
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.texts.printing import Format, printed
from verification.random_examples.truth.numbers import DIGITS, Array, array

ARITHMETICS = ("float64", "float32", "rounded chain")
EXACT = (  # sums, products and selections: their results, and all numbers on the way, are multiples of a power of 2
    *("add", "subtract", "multiply", "negative", "identity", "dot", "sum", "half squared error", "sum of products"),
    *("relu", "step", "step at zero", "abs", "maximum", "minimum", "max", "min", "where", "greater", "greater or equal", "equal"),
    *(
        "transpose",
        "reshape",
        "flatten",
        "rows",
        "stack",
        "concatenate",
        "index",
        "assign",
        "split",
        "flip",
        "crop",
        "pick",
        "argmax",
    ),
    *("max pooling", "convolution"),
)
GRID = 2**5  # every value is a multiple of 1 / GRID, so that a product is one of 1 / GRID^2
GREATEST = 2**3  # a product is at most 2^6, and a sum of 256 of them has no more than float32's 24 bits
DECIMALS = (5, 5, 6, 2)


class ExactBuilder(Builder):
    """As a builder of calculations; the entries of inputs are quarters."""

    def fresh(self, shape: Sequence[int], domain: str = "any", extreme: bool = False) -> str:
        """A new input; none is ``extreme``."""
        del extreme
        least = {"any": -8, "not zero": 1, "positive": 1}.get(domain, 0)
        entries = [decimal(25 * self.draw(st.integers(least, 8)), 2) for _ in range(int(np.prod(shape, dtype=int)))]
        return self.given(as_nested(entries, shape))

    def setting(self, shape: Sequence[int], domain: str = "any") -> str:
        """A new input whose gradient is not needed."""
        name = self.fresh(shape, domain)
        self.settings.add(name)
        return name


@st.composite
def stated(draw: st.DrawFn, function: str) -> RandomExample:
    """A calculation of some exact functions, among them this one, with blocks in stated arithmetics."""
    with mpmath.workdps(DIGITS):
        builder = ExactBuilder(draw)
        functions = draw(st.lists(st.sampled_from(EXACT), max_size=3))
        functions.insert(draw(st.integers(0, len(functions))), function)
        for name in functions:
            add_exact(builder, name)
        arithmetics = draw(st.sampled_from([ARITHMETICS[2:], ARITHMETICS[:2], ARITHMETICS[:2]]))
        found = draw(drawn_item(builder))
        blocks = [Block([found], {"arithmetic": arithmetic}) for arithmetic in arithmetics]
        ups = draw(st.lists(st.booleans(), min_size=(count := sum(len(block.numbers) for block in blocks)), max_size=count))
        tables = nested(builder.steps, builder.inputs, {builder.steps[-1]["name"], found.name.partition("[")[0]})._asdict()
        words = {"stated arithmetic", *arithmetics, *(step["function"] for step in builder.steps)}
        return RandomExample("calculation", tables, blocks, ups, words=frozenset(words))


def add_exact(builder: ExactBuilder, function: str) -> None:
    """Add a step, unless its value is not exact in float32 with all numbers on the way; of new inputs it is."""
    use = RECIPES[function](builder)
    name = builder.add(function, use.operands, use.parameters, use.read)
    if not is_exact(builder.graph.values[name]):
        builder.graph.values.pop(name)
        builder.graph.nodes.pop()
        builder.steps.pop()
        if not builder.steps:
            first = builder.fresh(())
            builder.add("add", [first, first], {}, {})


def is_exact(value: Array) -> bool:
    """Whether all entries are multiples of ``1 / GRID``, and not too great."""
    return all(abs(entry) <= GREATEST and entry * GRID == mpmath.nint(entry * GRID) for entry in value.ravel())


@st.composite
def drawn_item(draw: st.DrawFn, builder: Builder) -> Item:
    """The value of a step, whole or a single entry of it, with all its decimals or rounded."""
    name = draw(st.sampled_from([step["name"] for step in builder.steps]))
    value, index = builder.graph.values[name], ""
    if value.size > MOST_PRINTED or draw(st.booleans()):
        place = draw(places(value))
        value, index = array(value[place]), written(place)
    form = Format("fixed", draw(st.sampled_from(DECIMALS)))
    return Item(name + index, array([printed(entry, form) for entry in value.ravel()]).reshape(value.shape), numpy=False)
