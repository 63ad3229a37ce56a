"""Iterations of the oracle, by hand and against PyTorch."""

import torch

from verification.random_examples.truth.graph import Node
from verification.random_examples.truth.iterated.iteration import Program
from verification.random_examples.truth.iterated.script import DIFFERENCES, GRADIENT
from verification.random_examples.truth.numbers import numbers, size


def descent(passes: int) -> Program:
    """``f = w^2``, ``g = gradient(f, w)``, ``w = w - r g`` with r = k / 4, k = 1, from w = 8."""
    program = Program()
    for name, text in {"w": "8", "k": "1", "quarter": "0.25"}.items():
        program.add_input(name, numbers(text))
    program.add(Node("r", "multiply", ("k", "quarter"), {}))
    program.begin(["w"])
    program.add(Node("f", "multiply", ("w", "w"), {}))
    program.add(Node("g", GRADIENT, ("f", "w"), {}))
    program.add(Node("step", "multiply", ("r", "g"), {}))
    program.add(Node("w", "subtract", ("w", "step"), {}))
    for _ in range(passes - 1):
        program.repeat()
    return program


def test_every_pass_gives_the_states_new_values() -> None:
    """The parameter is halved; a step of a pass has its value there, and what is before the passes has one."""
    program = descent(3)
    assert [round(float(program.value("w", number))) for number in range(4)] == [8, 4, 2, 1]
    assert [round(float(program.value("f", number))) for number in (1, 2, 3)] == [64, 16, 4]
    assert float(program.value("r", 2)) == 0.25


def test_a_condition_has_its_value_behind_every_pass() -> None:
    """``w > 3`` holds behind the first pass alone."""
    program = descent(2)
    program.add_input("three", numbers("3"))
    condition = [Node("until", "greater", ("w", "three"), {})]
    assert [int(program.condition(condition, number)) for number in (1, 2)] == [1, 0]


def test_gradients_inside_of_a_pass_take_the_states_as_given() -> None:
    """``E = s w`` with ``s = s + w``: the gradient by w is s each time, though s depends on w by the passes before."""
    program = Program()
    for name, text in {"w": "2", "s": "1"}.items():
        program.add_input(name, numbers(text))
    program.begin(["s"])
    program.add(Node("E", "multiply", ("s", "w"), {}))
    program.add(Node("g", GRADIENT, ("E", "w"), {}))
    program.add(Node("s", "add", ("s", "w"), {}))
    program.repeat()
    assert [round(float(program.value("g", number))) for number in (1, 2)] == [1, 3]


def test_differences_inside_of_a_pass_depend_on_its_states() -> None:
    """``E = s w`` with ``s = s + w``: the differences by w in the second pass hold s fixed, and so depend on it."""
    program = Program()
    for name, text in {"w": "2", "s": "1", "h": "0.1"}.items():
        program.add_input(name, numbers(text))
    program.begin(["s"])
    program.add(Node("E", "multiply", ("s", "w"), {}))
    program.add(Node("d", DIFFERENCES, ("E", "w", "h"), {}))
    program.add(Node("s", "add", ("s", "w"), {}))
    program.repeat()
    line = program.place("d", 2)[0]
    assert program.whole.lines_between(program.place("s", 1), line) == [line]


def recurrent(passes: int) -> Program:
    """``h = tanh(x + h U)``, from h, so many times."""
    program = Program()
    for name, texts in {"x": ["0.5", "-1"], "h": ["0.1", "-0.2"], "U": [["0.1", "0.5"], ["-0.3", "0.2"]]}.items():
        program.add_input(name, numbers(texts))
    program.begin(["h"])
    program.add(Node("p", "dot", ("h", "U"), {}))
    program.add(Node("z", "add", ("x", "p"), {}))
    program.add(Node("h", "tanh", ("z",), {}))
    for _ in range(passes - 1):
        program.repeat()
    return program


def test_gradients_of_the_whole_go_back_through_all_passes() -> None:
    """Of the last state by the weights, by the first state, and by that of the first pass: autograd's, within rounding."""
    program, upstream = recurrent(3), numbers(["1", "-2"])
    h, u, x = (
        torch.tensor(program.inputs[name].astype(float), dtype=torch.float64, requires_grad=True) for name in ("h", "U", "x")
    )
    states = [h]
    for _ in range(3):
        states.append(torch.tanh(x + states[-1] @ u))
    total = (states[-1] * torch.tensor([1.0, -2.0], dtype=torch.float64)).sum()
    theirs = torch.autograd.grad(total, [u, h, states[1], x])
    final = program.place("h", 3)[0]
    for (name, number), gradient in zip([("U", 0), ("h", 0), ("h", 1), ("x", 0)], theirs, strict=True):
        assert size(program.gradient(final, upstream, name, number) - gradient.numpy()) < 1e-14
    assert program.gradient(final, upstream, "h", 3) is upstream
