"""Computational graphs: values forward, gradients backward, node by node."""

import flint
import numpy as np
import pytest

from reference import operations
from reference.comparisons import Array, UndecidedError
from reference.graph import FUNCTIONS, GRADIENT, NUMERICAL_GRADIENT, Node, backward, forward
from reference.layer_operations import LAYERS
from worked_examples.expression.callables import CALLABLES, OPERATORS
from worked_examples.number_types import numbers


def test_every_function_of_the_schema_exists_in_the_reference() -> None:
    """A formula can call exactly the functions that the reference has, by name or by sign, and no layer hides an operation."""
    assert {*CALLABLES.values(), *OPERATORS} == set(FUNCTIONS)
    assert len(FUNCTIONS) == len(operations.FUNCTIONS) + len(LAYERS)


def test_a_node_that_is_used_twice_collects_both_gradients() -> None:
    """For z = (x + y)^2 as a product of t with itself, dz/dx is 2 (x + y)."""
    nodes = [Node("t", "add", ("x", "y"), {}), Node("z", "multiply", ("t", "t"), {})]
    values = forward(nodes, {"x": np.array(3.0), "y": np.array(4.0)})
    gradients = backward(nodes, values, "z", np.array(1.0))
    assert [float(array) for array in (values["z"], gradients["t"], gradients["x"], gradients["y"])] == [49, 14, 14, 14]


def test_only_what_the_result_depends_on_has_a_gradient() -> None:
    """A node beside the way to the result has one of zeros; a setting such as dropout's probability has none."""
    nodes = [Node("unused", "exp", ("x",), {}), Node("y", "dropout", ("x", "mask", "keep_prob"), {})]
    values = forward(nodes, {"x": np.array([3.0]), "mask": np.array([1.0]), "keep_prob": np.array(0.5)})
    gradients = backward(nodes, values, "y", np.array([1.0]))
    assert {name: array.tolist() for name, array in gradients.items()} == {"y": [1], "x": [2], "mask": [6], "unused": [0]}


def test_what_the_result_depends_on_through_a_setting_has_no_gradient() -> None:
    """Not a part of one: p is the probability of a dropout, and used beside it."""
    nodes = [
        Node("p", "multiply", ("a", "a"), {}),
        Node("y", "dropout", ("x", "mask", "p"), {}),
        Node("z", "add", ("y", "p"), {}),
    ]
    values = forward(nodes, {"x": np.array([3.0]), "mask": np.array([1.0]), "a": np.array(0.5)})
    assert set(backward(nodes, values, "z", np.array([1.0]))) == {"x", "mask", "y", "z"}


def test_later_nodes_use_what_is_carried_on() -> None:
    """A reader carries printed digits on: the computed values and gradients are returned, the printed ones used."""
    nodes = [Node("t", "multiply", ("x", "x"), {}), Node("y", "multiply", ("t", "t"), {})]
    printed = {"t": np.array(1.7), "y": np.array(10.0)}

    def carry(name: str, array: Array) -> Array:
        return printed.get(name, array)

    values = forward(nodes, {"x": np.array(1.3)}, carry)
    assert {name: float(array) for name, array in values.items()} == {"x": 1.3, "t": 1.3 * 1.3, "y": 1.7 * 1.7}
    assert forward(nodes, {"x": np.array(1.3)})["y"] == (1.3 * 1.3) ** 2
    gradients = backward(nodes, {**values, **printed}, "y", np.array(1.0), lambda name, array: array * (2 if name == "t" else 1))
    assert float(gradients["t"]) == 2 * 1.7
    assert float(gradients["x"]) == pytest.approx(2 * 2 * 1.7 * 2 * 1.3)


def test_an_open_comparison_names_its_node() -> None:
    """Forward and backward: the node that compares numbers which overlap."""
    nodes = [Node("y", "relu", ("x",), {})]
    wide = {"x": np.array([flint.arb("0 +/- 1")], dtype=object)}
    with pytest.raises(UndecidedError) as caught:
        forward(nodes, wide)
    assert caught.value.node == "y"
    with pytest.raises(UndecidedError) as caught:
        backward(nodes, {**wide, "y": wide["x"]}, "y", wide["x"])
    assert caught.value.node == "y"


def test_an_overflow_is_a_value() -> None:
    """A book may show one: no warning, and infinity as the result."""
    assert forward([Node("y", "exp", ("x",), {})], {"x": np.array(1000.0)})["y"] == np.inf


CUBE = (Node("s", "multiply", ("x", "x"), {}), Node("f", "multiply", ("s", "x"), {}))


@pytest.mark.parametrize("number_type", ["float64", "float32", "exact", "rational"])
def test_a_gradient_is_a_value_of_a_node(number_type: str) -> None:
    """Of x^3 at 2 it is 12, in every number type; differences with h = 1 give 13, and both use the values around them."""
    part = {"nodes": CUBE, "final": "f", "by": "x"}
    nodes = [*CUBE, Node("g", GRADIENT, ("x", "s", "f"), part), Node("d", NUMERICAL_GRADIENT, ("x", "h"), {**part, "step": "h"})]
    values = forward(nodes, {"x": numbers("2", number_type), "h": numbers("1", number_type)})
    assert values["g"] == 12
    assert values["d"] == 13


def test_a_gradient_is_not_differentiated_again() -> None:
    """What depends on it has no gradient by what it depends on, as with a setting."""
    part = {"nodes": CUBE, "final": "f", "by": "x"}
    nodes = [*CUBE, Node("g", GRADIENT, ("x", "s", "f"), part), Node("y", "multiply", ("g", "c"), {})]
    values = forward(nodes, {"x": np.array(2.0), "c": np.array(3.0)})
    gradients = backward(nodes, values, "y", np.array(1.0))
    assert gradients.keys() == {"g", "c", "y"}
    assert gradients["c"] == 12


def test_differences_are_those_of_one_number() -> None:
    """Of an array there are none; a gradient is that of the sum of its entries."""
    part = {"nodes": CUBE, "final": "f", "by": "x"}
    x = np.array([1.0, 2.0])
    values = forward([*CUBE, Node("g", GRADIENT, ("x", "s", "f"), part)], {"x": x})
    assert values["g"].tolist() == [3, 12]
    with pytest.raises(ValueError, match=r"^'f' has shape \(2,\); differences are those of one number$"):
        forward([Node("d", NUMERICAL_GRADIENT, ("x", "h"), {**part, "step": "h"})], {"x": x, "h": np.array(1.0)})
