"""Optimizers of the oracle, by hand for the gradients 1 and 2 at a rate of 1/10."""

from typing import Any

import pytest
import torch

from verification.random_examples.truth.numbers import number, numbers
from verification.random_examples.truth.optimizers import Optimizer

HALF = {"momentum": "0.5"}
STEPS: list[tuple[dict[str, Any], list[float]]] = [
    ({"name": "gradient descent"}, [-0.1, -0.3]),
    ({"name": "momentum", **HALF}, [-0.1, -0.35]),
    ({"name": "momentum", **HALF, "nesterov": True}, [-0.15, -0.475]),
    ({"name": "momentum", **HALF, "velocity": "rate outside"}, [-0.1, -0.35]),
    ({"name": "momentum", **HALF, "velocity": "rate outside", "nesterov": True}, [-0.15, -0.475]),
    ({"name": "momentum", **HALF, "velocity": "rate outside", "dampening": "0.25"}, [-0.1, -0.3]),
    ({"name": "momentum", **HALF, "velocity": "average"}, [-0.05, -0.175]),
    ({"name": "adagrad", "epsilon": "0"}, [-0.1, -0.1 - 0.2 / 5**0.5]),
    ({"name": "adagrad", "epsilon": "3", "eps_in_sqrt": True, "initial_accumulator": "5"}, [-0.1 / 3, -0.1 / 3 - 0.2 / 13**0.5]),
    ({"name": "rmsprop", "rho": "0.5", "epsilon": "0"}, [-0.1 / 0.5**0.5, -0.1 / 0.5**0.5 - 0.2 / 2.25**0.5]),
    ({"name": "rmsprop", "rho": "0.5", "epsilon": "0", "centered": True}, [-0.2, -0.2 - 0.2 / (2.25 - 1.25**2) ** 0.5]),
    ({"name": "adam", "beta1": "0.5", "beta2": "0.5", "epsilon": "0"}, [-0.1, -0.1 - 0.1 * (1.25 / 0.75) / (2.25 / 0.75) ** 0.5]),
]


def steps(options: dict[str, Any]) -> list[float]:
    """The parameter after each of two steps, from 0."""
    optimizer, w, found = Optimizer(options), numbers(["0"]), []
    for t, gradient in enumerate(("1", "2"), 1):
        w = optimizer.moved(0, w, numbers([gradient]), number("0.1"), t)
        found.append(float(w[0]))
    return found


@pytest.mark.parametrize(("options", "expected"), STEPS)
def test_two_steps_are_those_by_hand(options: dict[str, Any], expected: list[float]) -> None:
    """From 0, with an empty memory."""
    assert steps(options) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("options", "of_torch"),
    [
        ({"name": "adadelta", "rho": "0.9"}, (torch.optim.Adadelta, {"rho": 0.9, "eps": 1e-6})),
        ({"name": "adam", "epsilon": "0.1"}, (torch.optim.Adam, {"eps": 0.1})),
        ({"name": "rmsprop", "epsilon": "0.1"}, (torch.optim.RMSprop, {"alpha": 0.9, "eps": 0.1})),
        (
            {"name": "rmsprop", "epsilon": "0.1", "momentum": "0.5", "velocity": "rate outside"},
            (torch.optim.RMSprop, {"alpha": 0.9, "eps": 0.1, "momentum": 0.5}),
        ),
    ],
)
def test_two_steps_are_those_of_torch(options: dict[str, Any], of_torch: tuple[Any, dict[str, Any]]) -> None:
    """The second opinion, for what is long by hand."""
    w, found = torch.zeros(1, dtype=torch.float64), []
    optimizer = of_torch[0]([w], lr=0.1, **of_torch[1])
    for gradient in (1.0, 2.0):
        w.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        found.append(float(w[0]))
    assert steps(options) == pytest.approx(found, rel=1e-12)


def test_every_number_has_a_memory_of_its_own() -> None:
    """Also in another place."""
    optimizer = Optimizer({"name": "momentum", **HALF})
    optimizer.moved(0, numbers(["0", "0"]), numbers(["1", "0"]), number("0.1"), 1)
    after = optimizer.moved(0, numbers(["0", "0"]), numbers(["0", "0"]), number("0.1"), 2)
    other = optimizer.moved(1, numbers(["0"]), numbers(["0"]), number("0.1"), 2)
    assert [*map(float, after), float(other[0])] == pytest.approx([-0.05, 0, 0])
