"""Calculations of the oracle: it knows every function, shares no code with the suite, and its differences are derivatives."""

import ast
from collections.abc import Callable
from pathlib import Path

import mpmath
import numpy as np

from reference.graph import FUNCTIONS as OURS
from verification.random_examples import truth
from verification.random_examples.truth.graph import FUNCTIONS, Graph, Node
from verification.random_examples.truth.numbers import array, numbers

ONE = array(mpmath.mpf(1))


def test_the_oracle_knows_every_function_that_fixtures_can_name() -> None:
    """A new function needs an entry here."""
    assert set(FUNCTIONS) == set(OURS)


def test_the_oracle_imports_nothing_of_ours() -> None:
    """Only itself: what it shared with the suite it could not judge."""
    allowed = "verification.random_examples.truth"
    for file in Path(truth.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = [name for name in names if name.split(".")[0] in ("reference", "worked_examples", "adapters", "verification")]
            assert all(name.startswith(allowed) for name in ours), file


def test_differences_are_derivatives(graph_of: Callable[..., Graph]) -> None:
    """The derivative of ``e^x`` at 0.5 is ``e^0.5``, to 40 digits."""
    derivative = graph_of("exp", "0.5").derivative("y", ONE, "x", ())
    assert abs(derivative - mpmath.exp(mpmath.mpf("0.5"))) < mpmath.mpf(10) ** -40


def test_an_operand_that_is_used_twice_has_both_derivatives() -> None:
    """``x + x x`` at 3 has the derivative 7; that by itself is 1, and one on which nothing depends is 0."""
    graph = Graph()
    graph.add_input("x", numbers("3"))
    graph.add_input("z", numbers("5"))
    graph.add(Node("square", "multiply", ("x", "x"), {}))
    graph.add(Node("y", "add", ("x", "square"), {}))
    derivatives = [graph.derivative("y", ONE, name, ()) for name in ("x", "square", "y", "z")]
    assert [int(mpmath.nint(value)) for value in derivatives] == [7, 1, 1, 0]
    assert [node.name for node in graph.users("x")] == ["square", "y"]


def test_a_derivative_crosses_no_kink(graph_of: Callable[..., Graph]) -> None:
    """A ReLU at 0 has the derivative 0; the first of two greatest entries has all of it."""
    assert graph_of("relu", "0").derivative("y", ONE, "x", ()) == 0
    greatest = graph_of("max", ["2", "2"])
    assert [round(float(greatest.derivative("y", ONE, "x", (place,)))) for place in (0, 1)] == [1, 0]


def test_the_upstream_gradient_weighs_every_entry(graph_of: Callable[..., Graph]) -> None:
    """``sum(upstream x^2)``."""
    graph = graph_of("multiply", ["1", "2"], ["1", "2"])
    upstream = numbers(["10", "100"])
    assert [round(float(graph.derivative("y", upstream, "x", place))) for place in np.ndindex(2)] == [10, 200]
