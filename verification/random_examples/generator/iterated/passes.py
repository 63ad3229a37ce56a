"""Random iterations: steps before them, passes of every function and of derivatives, states, conditions, and how far they get."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder
from verification.random_examples.generator.calculations import RECIPES
from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.iterated.programs import ProgramBuilder
from verification.random_examples.generator.iterated.updates import UPDATES
from verification.random_examples.generator.nesting import nested
from verification.random_examples.texts.printing import Format, printed
from verification.random_examples.truth.graph import Node
from verification.random_examples.truth.iterated.script import DERIVATIVES
from verification.random_examples.truth.numbers import Array, sign, size

MOST_PASSES = 12
MOST_OPERATIONS = 20_000  # of all passes that a fixture admits; the loader takes more
GREATEST = 1e9  # of a step: what grows beyond it ends the iteration
SMALLEST = 1e-6  # of what is divided by or has a logarithm, where it is not 0
COMPARED = ("greater", "greater or equal", "equal")
POLES = {"divide": 1, "log": 0, "sqrt": 0, "power": 0, "cross entropy": 0}
"""Functions with a pole or an end of their domain at 0, and the operand that must keep away from it."""


class Condition(NamedTuple):
    """A condition as formula, its steps for the oracle, and the names in it."""

    text: str
    nodes: Sequence[Node]
    names: frozenset[str]


class Repeated(NamedTuple):
    """An iteration with its tables: so many passes are made; ``words`` say what was drawn."""

    builder: ProgramBuilder
    times: int
    made: int
    condition: Condition | None
    words: frozenset[str]


@st.composite
def repeated(draw: st.DrawFn, function: str) -> Repeated:
    """An iteration with this function in its passes."""
    b = ProgramBuilder(draw)
    for name in draw(st.lists(st.sampled_from(sorted(RECIPES)), max_size=2)):
        b.made(name, RECIPES[name])
    b.begin(draw(states_of(b)))
    words = draw(one_pass(b, function))
    passes = carried_out(b, draw(st.sampled_from((2, 3, 4, MOST_PASSES))))
    condition = draw(conditions(b, passes)) if draw(st.booleans()) else None
    if condition is None:
        return Repeated(b, passes, passes, None, words)
    ends = (k for k in range(1, passes + 1) if sign(b.program.condition(condition.nodes, k)[()]))
    made = next(ends, passes + 1)
    if made > passes:
        return Repeated(b, passes, passes, condition, words | {"until, not reached"})
    times = made + draw(st.sampled_from((0, 1, 100)))
    operations = 3 * (len(b.steps) + len(condition.nodes))
    return Repeated(b, min(times, max(made, MOST_OPERATIONS // operations)), made, condition, words | {"until"})


@st.composite
def states_of(draw: st.DrawFn, b: ProgramBuilder) -> list[str]:
    """One to three states: new inputs, and what there is."""
    for _ in range(draw(st.integers(1, 2))):
        b.given(draw(texts(draw(st.sampled_from([(), (2,), (3,), (2, 2), (1, 3)])), plain=True)))
    there = [name for name, value in b.graph.values.items() if name not in b.settings and 0 < value.size <= 8]
    return draw(st.lists(st.sampled_from(there[::-1]), min_size=1, max_size=3, unique=True))


@st.composite
def one_pass(draw: st.DrawFn, b: ProgramBuilder, function: str) -> frozenset[str]:
    """Add the steps of a pass, each state among them; what was drawn."""
    functions = draw(st.lists(st.sampled_from(sorted(RECIPES)), max_size=3))
    functions.insert(draw(st.integers(0, len(functions))), function)
    words, left = {"iteration"}, list(draw(st.permutations(b.states)))
    for name in functions:
        b.made(name, RECIPES[name])
        if not draw(st.integers(0, 2)):
            b.derivative()
        if len(left) > 1 and not draw(st.integers(0, 2)):
            words.add(draw(updated(b, left.pop())))
    if draw(st.booleans()):
        b.derivative()
    for state in left:
        words.add(draw(updated(b, state)))
    if not draw(st.integers(0, 2)):
        b.made(name := draw(st.sampled_from(sorted(RECIPES))), RECIPES[name])
    return frozenset(words) | {step["function"] for step in b.steps}


@st.composite
def updated(draw: st.DrawFn, b: ProgramBuilder, state: str) -> str:
    """Change a state; the words for how."""
    how = draw(st.sampled_from(sorted(UPDATES)))
    UPDATES[how](b, state)
    return f"state {how}"


def carried_out(b: ProgramBuilder, most: int) -> int:
    """Carry out further passes, as long as every number is one that programs compute; how many there are."""
    program = b.program
    while program.passes < most:
        before = program.passes
        try:
            program.repeat()
        except (ArithmeticError, ValueError):
            return before
        if not all(map(is_computed, program.scope.results)) or any(near_poles(b)):
            return before
    return program.passes


def is_computed(value: Array) -> bool:
    """Whether all entries are real and not too great."""
    return all(isinstance(entry, mpmath.mpf | int | float) and mpmath.isfinite(entry) for entry in value.ravel()) and (
        size(value) < GREATEST
    )


def near_poles(b: ProgramBuilder) -> list[bool]:
    """Of every line with a pole, whether it is near."""
    scope = b.program.scope
    with_pole = [at for at, node in enumerate(scope.nodes) if node.function in POLES]
    return [is_near(b, scope.nodes[at], scope.value(scope.places[at][POLES[scope.nodes[at].function]])) for at in with_pole]


def is_near(b: Builder, node: Node, operand: Array) -> bool:
    """Whether an entry is near the pole or beyond it; a whole power admits negative bases, one that is not negative all."""
    exponents = b.graph.values[node.operands[1]].ravel() if node.function == "power" and node.operands[1] in b.settings else [0.5]
    if all(exponent >= 0 and exponent == int(exponent) for exponent in exponents):
        return False
    signed = node.function == "divide" or all(exponent == int(exponent) for exponent in exponents)
    return any((abs(entry) if signed else entry) < SMALLEST for entry in operand.ravel())


@st.composite
def conditions(draw: st.DrawFn, b: ProgramBuilder, passes: int) -> Condition | None:
    """A comparison of one number of a pass with a threshold near the value that it has in one of them."""
    names = [name for name in dict.fromkeys([*b.states, *(step["name"] for step in b.steps)]) if b.graph.values[name].size <= 8]
    name = draw(st.sampled_from(names))
    of_number = ["index"] if b.shape(name) == () else ["sum", "mean", "max", "min"]
    steps, operand = list[dict[str, Any]](), name
    if of_number != ["index"]:
        steps.append({"name": "s900", "function": draw(st.sampled_from(of_number)), "operands": [name]})
        operand = "s900"
    if draw(st.booleans()):
        steps.append({"name": "s901", "function": "abs", "operands": [operand]})
        operand = "s901"
    nodes = [Node(step["name"], step["function"], tuple(step["operands"]), {}) for step in steps]
    value = b.program.condition([*nodes, Node("value", "identity", (operand,), {})], draw(st.integers(1, passes)))[()]
    near = printed(value, Format("significant", 3, "e"))
    limit = b.number(near.changed(draw(st.integers(-1, 1))).text if near and near.units else "0.1")
    operands = draw(st.permutations([operand, limit]))
    steps.append({"name": "until", "function": draw(st.sampled_from(COMPARED)), "operands": list(operands)})
    nodes.append(Node("until", steps[-1]["function"], tuple(operands), {}))
    text = nested(steps, b.inputs, {"until", name}).steps.removeprefix("until = ")
    return Condition(text, nodes, frozenset([name]))


def kept_names(made: Repeated) -> set[str]:
    """The names that a formula must not take the place of: states, what a derivative names, what is used behind a state's line."""
    b = made.builder
    kept = {*b.states, *(made.condition.names if made.condition else ())}
    kept |= {operand for step in b.steps for operand in step["operands"] if operand in {one["name"] for one in b.before}}
    segment, of_step = 0, dict[str, int]()
    for step in (*b.before, *b.steps):
        if step["function"] in DERIVATIVES:
            kept |= set(step["operands"][:2])
        kept |= {name for name in step["operands"] if of_step.get(name, segment) != segment}
        segment += step["name"] in b.states
        of_step[step["name"]] = segment
    return kept
