"""Lines that are carried out one after the other, as a program does: a name may get a value more than once.

A derivative carries out the lines behind a value once more, with that value changed: for a gradient by a step of 1e-60, for central
differences by the step that is written.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.graph import FUNCTIONS, H, Node
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.operations import total

GRADIENT, DIFFERENCES, FIXED = "gradient", "numerical gradient", "fixed"
DERIVATIVES = (GRADIENT, DIFFERENCES)
"""Functions of the names of a step and of what it is differentiated by; differences have that of their h too."""
INPUT = -1
Place: TypeAlias = tuple[int, str]
"""What gives a name its value: a line, or ``INPUT``, with the name."""


class Script:
    """Lines with their results; a name has the value of the last line above that gives it one, or that of an input.

    ``places`` are the lines that give the operands of a line their values, ``used`` these and, of a derivative, all that its step
    uses on the way; each is a line, or ``INPUT``, with a name. ``inside`` is what a gradient goes through. ``fixed`` are the lines
    of passes before, through which no derivative of a later line goes.
    """

    def __init__(self, inputs: Mapping[str, Array]) -> None:
        self.inputs = inputs
        self.nodes: list[Node] = []
        self.results: list[Array] = []
        self.branches: list[Branches] = []
        self.places: list[list[Place]] = []
        self.used: list[set[Place]] = []
        self.last: dict[str, int] = {}
        self.inside: list[set[Place]] = []
        self.fixed = range(0)

    def place(self, name: str) -> Place:
        """What gives a name its value behind all lines."""
        return self.last.get(name, INPUT), name

    def value(self, place: Place) -> Array:
        """The value of a name by what gives it."""
        line, name = place
        return self.inputs[name] if line == INPUT else self.results[line]

    def add(self, node: Node) -> Array:
        """Carry out one more line; its value."""
        return self.append(node, self.computed(node, self.places_of(node), branches := Branches()), branches)

    def places_of(self, node: Node) -> list[Place]:
        """What gives the operands of the next line their values."""
        return [self.place(name) for name in node.operands]

    def append(self, node: Node, value: Array, branches: Branches) -> Array:
        """Add a line that has been carried out."""
        places = self.places_of(node)
        used, inside = set(places), set[Place]()
        if node.function in DERIVATIVES:
            path = self.lines_between(places[1], places[0][0], self.fixed)
            made = {(line, self.nodes[line].name) for line in path}
            used = used.union(*(self.used[line] for line in path))
            used, inside = (used | made, made) if node.function == GRADIENT else (used - made, inside)
        self.last[node.name] = len(self.nodes)
        self.nodes.append(node)
        self.results.append(value)
        self.branches.append(branches)
        self.places.append(places)
        self.used.append(used)
        self.inside.append(inside)
        return value

    def computed(self, node: Node, places: Sequence[Place], branches: Branches) -> Array:
        """The value of a line behind all others."""
        if node.function == FIXED:
            return array(node.parameters["value"])
        if node.function in DERIVATIVES:
            return self.derivative(*places)
        return array(FUNCTIONS[node.function](branches, node.parameters, *map(self.value, places)))

    def derivative(self, of: Place, by: Place, *steps: Place) -> Array:
        """Differences of the number ``of``, or of the sum of an array, by every entry of ``by``."""

        def end(changed: Array) -> Any:
            return total(self.changed(by, changed, of[0] + 1, is_fresh=bool(steps)).value(of))

        return differences(end, self.value(by), self.value(steps[0])[()] if steps else H)

    def changed(self, place: Place, value: Array, end: int, is_fresh: bool) -> "Script":
        """The lines in front of ``end``, where a name has another value; what depends on it is carried out again.

        ``is_fresh``: every comparison is made anew, and derivatives are too; else branches are those that were taken, and
        derivatives are held fixed.
        """
        other, renewed = self.copy(end), {place}
        if place[0] == INPUT:
            other.inputs = {**self.inputs, place[1]: value}
        else:
            other.results[place[0]] = value
        for at in range(place[0] + 1, end):
            node, branches = self.nodes[at], self.branches[at]
            is_derivative = node.function in DERIVATIVES
            if renewed.isdisjoint(self.used[at]) or (is_derivative and not is_fresh):
                continue
            if is_fresh:
                branches = other.branches[at] = Branches()
            else:
                branches.repeat()
            above = other.copy(at) if is_derivative else other
            other.results[at] = above.computed(node, self.places[at], branches)
            renewed.add((at, node.name))
        return other

    def copy(self, end: int) -> "Script":
        """The lines in front of ``end``."""
        other = Script(self.inputs)
        other.nodes, other.places, other.used = self.nodes, self.places, self.used
        other.results, other.branches = self.results[:end], self.branches[:end]
        return other

    def values(self) -> dict[str, Array]:
        """The values of all names behind all lines."""
        return {**self.inputs, **{name: self.results[line] for name, line in self.last.items()}}

    def path(self, name: str, of: str) -> list[Node]:
        """The lines between the present value of a name and that of another that depends on it; none where it does not."""
        return [self.nodes[at] for at in self.lines_between(self.place(name), self.place(of)[0])]

    def is_inside(self, name: str, of: str) -> bool:
        """Whether a gradient that leads to the value of a name goes through that of another, which has no differences then."""
        place = self.place(name)
        return any(place in self.inside[at] for at in self.lines_between(place, self.place(of)[0]))

    def lines_between(self, start: Place, final: int, fixed: Sequence[int] = ()) -> list[int]:
        """The lines that depend on what gives a name its value, and lead to the line ``final``, without ``fixed`` ones."""
        reached, forward = {start}, list[int]()
        for at in range(start[0] + 1, final + 1):
            if at not in fixed and not reached.isdisjoint(self.used[at]):
                reached.add((at, self.nodes[at].name))
                forward.append(at)
        needed, found = {final}, list[int]()
        for at in reversed(forward):
            if at in needed:
                needed |= {line for line, _ in self.used[at]}
                found.append(at)
        return found[::-1]


def differences(function: Callable[[Array], Any], point: Array, step: Any) -> Array:
    """``(f(x + h) - f(x - h)) / (2 h)`` for every entry of a point."""
    slopes = array(point.copy())
    for index in np.ndindex(point.shape):
        ends = []
        for moved in (step, -step):
            other = point.copy()
            other[index] = other[index] + moved
            ends.append(function(other))
        slopes[index] = (ends[0] - ends[1]) / (2 * step)
    return slopes
