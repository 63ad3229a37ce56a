"""A random iteration while it grows: steps before it, and those of its first pass, which give the states their new values."""

from collections.abc import Mapping, Sequence
from typing import Any

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder
from verification.random_examples.generator.calculations import CONSTANT_SUM
from verification.random_examples.generator.recipes import Recipe, Use
from verification.random_examples.truth.graph import Node
from verification.random_examples.truth.iterated.iteration import Program
from verification.random_examples.truth.iterated.script import DERIVATIVES, DIFFERENCES, GRADIENT
from verification.random_examples.truth.numbers import size

GREATEST_STATE = 1000.0
RATES = ("0.1", "0.01", "0.5", "0.25", "0.9", "-0.2", "1")
STEPS_OF_DIFFERENCES = ("0.01", "1e-4", "0.125", "1e-3", "0.5")


class ProgramBuilder(Builder):
    """As a builder of calculations; ``before`` are the steps in front of the passes, ``steps`` those of a pass."""

    def __init__(self, draw: st.DrawFn) -> None:
        super().__init__(draw)
        self.program = Program()
        self.before: list[dict[str, Any]] = []
        self.states: list[str] = []

    def given(self, values: Any, setting: bool = False) -> str:
        """A new input with these texts."""
        name = super().given(values, setting)
        self.program.add_input(name, self.graph.values[name])
        return name

    def add(self, function: str, operands: Sequence[str], parameters: Mapping[str, Any], read: Mapping[str, Any]) -> str:
        """Add a step; see ``Builder``."""
        return self.assign(f"s{len(self.before) + len(self.steps)}", Use([*operands], {**parameters}, {**read}), function)

    def assign(self, name: str, use: Use, function: str) -> str:
        """Add a step with a name of its own, or with that of a state, which gets a new value."""
        node = Node(name, function, tuple(use.operands), {**use.parameters, **use.read})
        self.graph.values.pop(name, None)  # what is new is taken first
        self.graph.values[name] = self.program.add(node)
        self.steps.append({"name": name, "function": function, "operands": list(use.operands), **use.parameters})
        return name

    def made(self, function: str, recipe: Recipe) -> str:
        """Add a step by the recipe of its function."""
        return self.add(function, *recipe(self))

    def begin(self, states: Sequence[str]) -> None:
        """All steps behind are those of a pass."""
        self.before, self.steps, self.states = self.steps, [], list(states)
        self.program.begin(states)

    def number(self, text: str) -> str:
        """An input of one number."""
        return self.given(text, setting=True)

    def alike(self, name: str, greatest: float = GREATEST_STATE) -> list[str]:
        """The names whose values have the shape of another, and are not too great."""
        return self.candidates(lambda shape: shape == self.shape(name), "any", greatest)

    def derivative(self) -> str:
        """Add the gradient, or the differences, of a step of the pass by what it depends on; empty where there are none."""
        found = [(of, by, function) for of in self.differentiable() for by, function in self.ways(of)]
        if not found:
            return ""
        of, by, function = self.draw(st.sampled_from(found))
        if function == GRADIENT:
            return self.add(function, [of, by], {}, {})
        operands, scope = [of, by, self.number(self.draw(st.sampled_from(STEPS_OF_DIFFERENCES)))], self.program.scope
        slopes = scope.derivative(*map(scope.place, operands))
        is_real = all(
            isinstance(slope, mpmath.mpf) for slope in slopes.ravel()
        )  # not so where a step leaves the domain of a logarithm
        return self.add(function, operands, {}, {}) if is_real else ""

    def differentiable(self) -> list[str]:
        """The steps of the pass so far, without states, and without those of which nobody can decide whether it is 0 or -0."""
        return [step["name"] for step in self.steps if step["name"] not in self.states and step["function"] not in CONSTANT_SUM]

    def ways(self, of: str) -> list[tuple[str, str]]:
        """The names by which a step can be differentiated, each with how: by differences of one number, else by a gradient."""
        scope, is_number = self.program.scope, self.shape(of) == ()
        found = list[tuple[str, str]]()
        for name, value in self.graph.values.items():
            if name in self.settings or name == of or value.size > 6 or size(value) > GREATEST_STATE:
                continue
            path = scope.path(name, of)
            if path and not any(node.function in DERIVATIVES for node in path):
                found.append((name, GRADIENT))
            if path and is_number and not scope.is_inside(name, of):
                found.append((name, DIFFERENCES))
        return found
