"""The layers of PyTorch: injected faults must be caught, and its own dropout is the inverted one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from adapters import load_engine
from adapters.torch import layers, operations
from reference.layers import dropout
from verification.case import Case
from verification.checks.calculation import check_values
from verification.records import Findings
from verification.session import Session
from worked_examples import CalculationExample


def untransposed(_: Any, x: Any, kernel: Any, recurrent: Any, bias: Any) -> Any:
    """The recurrent kernel is not transposed."""
    return layers.LAYERS["recurrent"](_, x, kernel, recurrent.mT, bias)


def unbiased(_: Any, x: Any, gamma: Any, beta: Any, epsilon: Any) -> Any:
    """The batch is normalized by the unbiased variance."""
    return (x - x.mean(0)) / torch.sqrt(x.var(0, correction=1) + epsilon.detach()) * gamma + beta


def swapped(_: Any, x: Any, kernel: Any, recurrent: Any, bias: Any) -> Any:
    """The input and forget gates of an LSTM have changed places."""
    kernel, recurrent, bias = (torch.cat([array.chunk(4, -1)[i] for i in (1, 0, 2, 3)], -1) for array in (kernel, recurrent, bias))
    return layers.LAYERS["lstm"](_, x, kernel, recurrent, bias)


def unpermuted(_: Any, x: Any, *weights: Any) -> Any:
    """A GRU's gates have the order of the reference."""
    return layers.sequence(torch.nn.GRU, x, *weights)


def leaking(p: Any, x: Any) -> Any:
    """The right outputs, but some of the gradient goes to every entry."""
    return layers.LAYERS["max pooling"](p, x) + x.sum() - x.sum().detach()


FAULTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "unbiased variance": ("batch normalization of units", unbiased),
    "filter flipped": ("convolution", lambda p, x, filters, bias: layers.convolution(p, x, filters.flip((2, 3)), bias)),
    "kernel untransposed": ("recurrent", untransposed),
    "gates swapped": ("lstm", swapped),
    "gates permuted": ("gru reset after", unpermuted),
    "mask not scaled": ("dropout", lambda _, x, mask, __: x * mask),
    "padding counted in the mean": ("average pooling at the edge", lambda p, x: layers.average(p, x, count_padding=True)),
    "no gradient to the filters": ("convolution", lambda p, x, filters, bias: layers.convolution(p, x, filters.detach(), bias)),
    "gradient beside the greatest": ("max pooling", leaking),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_injected_fault_is_caught(
    fault: str, layer_example: Callable[[str], CalculationExample], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An engine with one mistake in one layer fails the check of values, with the name of what is wrong."""
    name, faulty = FAULTS[fault]
    example = layer_example(name)
    monkeypatch.setitem(operations.FUNCTIONS, example.nodes[0].function, faulty)
    case = Case(example, "torch", Session([example], engines={"torch": load_engine("torch")}))
    problems = list(check_values(case, Findings(example=example.id, engine="torch", check="values", dtype="float64")))
    assert problems
    assert all(problem.startswith(("y", "loss", "gradient of ")) for problem in problems)


def test_dropout_is_the_inverted_one() -> None:
    """The mask that ``nn.Dropout`` makes scales by 1/keep_prob, forward and backward, and vanishes at inference."""
    torch.manual_seed(1)
    layer, x = torch.nn.Dropout(0.25), torch.arange(1.0, 31, dtype=torch.float64).reshape(5, 6).requires_grad_()
    y = layer(x)
    (gradient,) = torch.autograd.grad(y.sum(), [x])
    mask = (y.detach().numpy() != 0) * 1.0
    assert 0 < mask.sum() < mask.size
    assert np.allclose(y.detach().numpy(), dropout.inverted(x.detach().numpy(), mask, 0.75), rtol=1e-15, atol=0)
    assert np.allclose(gradient.numpy(), mask / 0.75, rtol=1e-15, atol=0)
    assert torch.equal(layer.eval()(x), x)


def test_stochastic_pooling_of_zeros_takes_the_first_entry() -> None:
    """No running sum exceeds the draw times the sum."""
    x = torch.tensor([[[[0.0, 0.0], [3.0, 1.0]]]], dtype=torch.float64)
    draws = torch.tensor([[[[0.37], [0.8]]]], dtype=torch.float64)
    assert layers.LAYERS["stochastic pooling"]({"size": [1, 2]}, x, draws).ravel().tolist() == [0.0, 1.0]
