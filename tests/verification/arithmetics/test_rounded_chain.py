"""Printed numbers that are carried on."""

import numpy as np

from reference.graph import Node
from verification.arithmetics.rounded_chain import chained, collected, replaced
from worked_examples import numbers


def test_the_first_print_of_a_number_is_carried_on() -> None:
    """Values and gradients are kept apart."""
    carried = collected([(False, "a", (0,), "1"), (False, "a", (0,), "2"), (True, "a", (0,), "3"), (False, "b", (), "4")])
    assert carried.values == {"a": {(0,): "1"}, "b": {(): "4"}}
    assert carried.gradients == {"a": {(0,): "3"}}


def test_only_printed_entries_are_replaced() -> None:
    """The array itself stays as it is."""
    array = numbers(["1", "2"], "exact")
    changed = replaced(array, {(1,): "5"})
    assert [float(number) for number in changed] == [1, 5]
    assert [float(number) for number in array] == [1, 2]


def test_what_is_returned_is_computed_and_what_is_used_is_printed() -> None:
    """B = 2a printed as 7 and c = 3b: c is 21, b stays 2; the gradient of b printed as 5 makes that of a 10."""
    nodes = [Node("b", "multiply", ("a", "two"), {}), Node("c", "multiply", ("b", "three"), {})]
    inputs = {name: np.asarray(numbers(text, "exact")) for name, text in (("a", "1"), ("two", "2"), ("three", "3"))}
    known = chained(nodes, inputs, collected([(False, "b", (), "7"), (True, "b", (), "5")]), "c")
    assert {name: float(known.values[name]) for name in "abc"} == {"a": 1, "b": 2, "c": 21}
    assert (float(known.gradients["b"]), float(known.gradients["a"])) == (3, 10)
