"""Computational graphs: values forward, gradients backward, node by node."""

import numpy as np

from reference import operations
from reference.graph import FUNCTIONS, Node, backward, forward
from reference.layer_operations import LAYERS
from worked_examples.schema.kinds.calculation import FUNCTIONS as NAMES


def test_every_function_of_the_schema_exists_in_the_reference() -> None:
    """A fixture can name exactly the functions that the reference has, and no layer hides an operation."""
    assert set(NAMES) == set(FUNCTIONS)
    assert len(FUNCTIONS) == len(operations.FUNCTIONS) + len(LAYERS)


def test_a_node_that_is_used_twice_collects_both_gradients() -> None:
    """For z = (x + y)^2 as a product of t with itself, dz/dx is 2 (x + y)."""
    nodes = [Node("t", "add", ("x", "y"), {}), Node("z", "multiply", ("t", "t"), {})]
    values = forward(nodes, {"x": np.array(3.0), "y": np.array(4.0)})
    gradients = backward(nodes, values, "z", np.array(1.0))
    assert [float(array) for array in (values["z"], gradients["t"], gradients["x"], gradients["y"])] == [49, 14, 14, 14]


def test_only_what_the_result_depends_on_has_a_gradient() -> None:
    """A node beside the way to the result, and a setting such as dropout's probability, have none."""
    nodes = [Node("unused", "exp", ("x",), {}), Node("y", "dropout", ("x", "mask", "keep_prob"), {})]
    values = forward(nodes, {"x": np.array([3.0]), "mask": np.array([1.0]), "keep_prob": np.array(0.5)})
    gradients = backward(nodes, values, "y", np.array([1.0]))
    assert {name: array.tolist() for name, array in gradients.items()} == {"y": [1], "x": [2], "mask": [6]}


def test_an_overflow_is_a_value() -> None:
    """A book may show one: no warning, and infinity as the result."""
    assert forward([Node("y", "exp", ("x",), {})], {"x": np.array(1000.0)})["y"] == np.inf
