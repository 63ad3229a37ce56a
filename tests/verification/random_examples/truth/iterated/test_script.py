"""Lines of the oracle, by hand and against PyTorch."""

from collections.abc import Sequence
from typing import Any

import mpmath
import pytest
import torch

from reference.graph import DERIVATIVES as OURS
from verification.random_examples.truth.graph import Node
from verification.random_examples.truth.iterated.script import DERIVATIVES, DIFFERENCES, GRADIENT, INPUT, Script
from verification.random_examples.truth.numbers import numbers, size


def script(inputs: dict[str, Any], *lines: tuple[str, str, Sequence[str]]) -> Script:
    """Lines of name, function and operands."""
    made = Script({name: numbers(texts) for name, texts in inputs.items()})
    for name, function, operands in lines:
        made.add(Node(name, function, tuple(operands), {}))
    return made


def test_every_derivative_of_formulas_is_known() -> None:
    """A new one needs an entry here."""
    assert DERIVATIVES == OURS


def test_a_name_has_the_value_of_the_last_line_above() -> None:
    """``w = w w`` twice: 3, 9, 81; ``y = w`` between them keeps its value."""
    made = script({"w": "3"}, ("w", "multiply", "ww"), ("y", "identity", "w"), ("w", "multiply", "ww"))
    assert [int(made.value(made.place(name))) for name in "wy"] == [81, 9]
    assert made.value((INPUT, "w")) == 3


def test_a_gradient_is_that_at_the_present_value() -> None:
    """``E = w^2``: 6 at 3; behind ``w = w - g`` and ``E = w^2`` again that at -3."""
    square, descent = ("E", "multiply", "ww"), ("w", "subtract", "wg")
    made = script({"w": "3"}, square, ("g", GRADIENT, "Ew"), descent, square, ("g", GRADIENT, "Ew"))
    assert abs(made.results[1] - 6) < 1e-90
    assert abs(made.results[-1] + 6) < 1e-90


def test_differences_are_those_of_their_step() -> None:
    """Of ``w^3`` at 2 with h = 1/2: 12 + 1/4, not 12; of the gradient ``2 w`` of ``w^2`` they are 2."""
    made = script(
        {"w": "2", "h": "0.5"},
        ("E", "multiply", "ww"),
        ("F", "multiply", "Ew"),
        ("d", DIFFERENCES, "Fwh"),
        ("g", GRADIENT, "Ew"),
        ("dd", DIFFERENCES, "gwh"),
    )
    assert made.results[2] == mpmath.mpf("12.25")
    assert abs(made.results[-1] - 2) < 1e-90


def test_differences_compare_anew_and_gradients_do_not() -> None:
    """A ReLU at 0: by h = 1 half of the way has a slope; the gradient is 0."""
    made = script({"x": "0", "h": "1"}, ("y", "relu", "x"), ("d", DIFFERENCES, "yxh"), ("g", GRADIENT, "yx"))
    assert [float(result) for result in made.results[1:]] == [0.5, 0]


def test_what_a_gradient_goes_through_is_known() -> None:
    """``y = a b``, ``E = y^2``, ``g = dE/da = 2 y b``: y is inside of it; a and b are not, and differences by b are 4 a b."""
    made = script(
        {"a": "3", "b": "5", "h": "0.125"},
        ("y", "multiply", "ab"),
        ("E", "multiply", "yy"),
        ("g", GRADIENT, "Ea"),
        ("d", DIFFERENCES, "gbh"),
    )
    assert abs(made.results[2] - 150) < 1e-50
    assert abs(made.results[3] - 60) < 1e-50
    assert [made.is_inside(name, "g") for name in "yEab"] == [True, True, False, False]


def test_differences_do_not_depend_on_what_they_compute_anew() -> None:
    """``d`` by a carries out ``y = a b`` again, whatever y is; it depends on b."""
    made = script({"a": "3", "b": "5", "h": "0.125"}, ("y", "multiply", "ab"), ("d", DIFFERENCES, "yah"))
    assert made.path("y", "d") == []
    assert [node.name for node in made.path("b", "d")] == ["d"]


def test_paths_end_where_a_name_gets_another_value() -> None:
    """``E`` depends on the old w, and not on the new one."""
    made = script({"w": "1"}, ("E", "exp", "w"), ("w", "negative", "w"))
    assert made.path("w", "E") == []
    assert made.lines_between((INPUT, "w"), 0) == [0]


@pytest.mark.parametrize(("function", "name"), [("tanh", "x"), ("softmax", "x"), ("exp", "y")])
def test_gradients_are_autograds(function: str, name: str) -> None:
    """Of ``sum(f(x x) t)`` by x and by ``y = x x``, within rounding."""
    texts, weights = ["0.5", "-1.25", "0.75"], ["1", "2", "-3"]
    lines = [
        ("y", "multiply", "xx"),
        ("z", function, "y"),
        ("p", "multiply", "zt"),
        ("E", "sum", "p"),
        ("g", GRADIENT, ["E", name]),
    ]
    made = script({"x": texts, "t": weights}, *lines)
    x = torch.tensor([float(text) for text in texts], dtype=torch.float64, requires_grad=True)
    y = x * x
    functions = {"tanh": torch.tanh, "exp": torch.exp, "softmax": lambda z: torch.softmax(z, -1)}
    total = (functions[function](y) * torch.tensor([float(text) for text in weights])).sum()
    (theirs,) = torch.autograd.grad(total, [{"x": x, "y": y}[name]])
    assert size(made.results[-1] - theirs.numpy()) < 1e-14
