"""A second opinion on the oracle's gradients: PyTorch's autograd in float64, with functions chosen here and not by the adapters."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from verification.random_examples.truth.graph import Graph, Node
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import Array

AGREEMENT = 1e-10


def plain(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """A function of tensors alone."""
    return lambda p, *tensors: function(*tensors)


def windows(p: Mapping[str, Any]) -> dict[str, Any]:
    """Stride and padding as PyTorch takes them."""
    return {name: p.get(name, default) for name, default in (("stride", 1), ("padding", 0))}


FUNCTIONS: Mapping[str, Callable[..., Tensor]] = {
    **{name: plain(getattr(torch, name)) for name in ("add", "subtract", "multiply", "divide", "negative", "exp", "log")},
    **{name: plain(getattr(torch, name)) for name in ("sin", "cos", "sigmoid", "tanh", "relu", "sqrt", "flatten")},
    "sum": lambda p, x: x.sum(dim=p.get("axis"), keepdim=p.get("keepdims", False)),
    "mean": lambda p, x: x.mean(dim=p.get("axis"), keepdim=p.get("keepdims", False)),
    "linspace": lambda p, start, stop: start + (stop - start) * torch.linspace(0, 1, p["num"], dtype=start.dtype),
    "split": lambda p, x: x.chunk(p["sections"], dim=p.get("axis", 0))[p["part"]],
    "power": plain(torch.pow),
    "identity": plain(lambda x: x + 0),
    "softmax": plain(lambda x: functional.softmax(x, dim=-1)),
    "naive softmax": plain(lambda x: functional.softmax(x.flatten(), dim=0).reshape(x.shape)),
    "dot": plain(lambda a, b: torch.tensordot(a, b, dims=1)),
    "half squared error": plain(lambda y, t: ((y - t) ** 2).sum() / 2),
    "cross entropy": plain(lambda y, t, delta: -(t * (y + delta).log()).sum()),
    "transpose": plain(lambda x: x.permute(tuple(reversed(range(x.ndim))))),
    "reshape": lambda p, x: x.reshape(p["shape"]),
    "stack": lambda p, *tensors: torch.stack(tensors, dim=p["axis"]),
    "concatenate": lambda p, *tensors: torch.cat(tensors, dim=p["axis"]),
    "rows": plain(lambda x: x.reshape(len(x), -1)),
    "flip": lambda p, x: x.flip(p["axis"]),
    "crop": lambda p, x: x[(..., *p["index"])],
    "convolution": lambda p, x, filters, bias: functional.conv2d(x, filters, bias, **windows(p)),
    "average pooling": lambda p, x: functional.avg_pool2d(x, p["size"], **windows(p), count_include_pad=False),
    "average pooling, padding counted": lambda p, x: functional.avg_pool2d(x, p["size"], **windows(p)),
    "batch normalization": lambda p, x, gamma, beta, epsilon: functional.batch_norm(
        x, None, None, gamma, beta, training=True, eps=epsilon.item()
    ),
    "hidden units": plain(lambda v, kernel, bias: functional.linear(v, kernel.mT, bias).sigmoid()),
    "visible units": plain(lambda h, kernel, bias: functional.linear(h, kernel, bias).sigmoid()),
    "dropout": plain(lambda x, mask, keep_prob: x * mask / keep_prob),
    "sum of products": plain(lambda *tensors: sum(((a * b).sum() for a, b in zip(tensors[::2], tensors[1::2], strict=True)))),
}
LOSSES: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {
    "half squared error": lambda y, t: functional.mse_loss(y, t, reduction="sum") / 2,
    "mean squared error": lambda y, t: functional.mse_loss(y, t, reduction="sum") / y.shape[1],
    "squared error": lambda y, t: functional.mse_loss(y, t, reduction="sum"),
    "cross entropy": lambda y, t: -(t * y.log()).sum(),
    "sparse cross entropy": lambda y, t: functional.nll_loss(y.log(), t.argmax(dim=1), reduction="sum"),
    "binary cross entropy": lambda y, t: functional.binary_cross_entropy(y, t, reduction="sum"),
    "cross entropy from logits": lambda y, t: -(t * y.log_softmax(dim=1)).sum(),
    "binary cross entropy from logits": lambda y, t: functional.binary_cross_entropy_with_logits(y, t, reduction="sum"),
    "hinge": lambda y, t: (1 - t * y).clamp(min=0).sum(),
}


def tensor(array: Array) -> Tensor:
    """An array of the oracle in float64."""
    return torch.tensor(array.astype(float), dtype=torch.float64)


def knows(nodes: list[Node]) -> bool:
    """Whether there is a second opinion on all of these steps."""
    return all(node.function in FUNCTIONS for node in nodes)


def disagreement(graph: Graph, final: str, upstream: Array, name: str) -> float:
    """How far the oracle's gradient with respect to an input or step is from autograd's, relative to the greatest of either."""
    values = {other: tensor(array) for other, array in graph.values.items()}
    values[name] = leaf = values[name].requires_grad_()
    for node in graph.users(name):
        values[node.name] = FUNCTIONS[node.function](node.parameters, *(values[operand] for operand in node.operands))
    total = (tensor(upstream) * values[final]).sum()
    (gradient,) = torch.autograd.grad(total, [leaf], allow_unused=True) if total.requires_grad else (None,)
    theirs = torch.zeros_like(leaf) if gradient is None else gradient
    mine = torch.zeros_like(leaf)
    for index in np.ndindex(leaf.shape):
        mine[index] = float(graph.derivative(final, upstream, name, index))
    return relative(mine, theirs)


def relative(mine: Tensor, theirs: Tensor) -> float:
    """The greatest difference, relative to the greatest entry or 1."""
    return float((mine - theirs).abs().max() / max(1.0, float(mine.abs().max()), float(theirs.abs().max())))


def gradients_of_loss(network: Network, output: Tensor, t: Array, leaves: list[Tensor]) -> list[Tensor]:
    """The gradients of an output's reduced and penalized loss by the parameters, 0 by those that it does not use."""
    divisor = (t.shape[0] if network.reduction == "mean" else 1) * (t.shape[1] if network.output_reduction == "mean" else 1)
    value = LOSSES[network.loss](output, tensor(t)) / divisor + penalty(network, leaves)
    return list(torch.autograd.grad(value, leaves, materialize_grads=True)) if leaves else []


def penalty(network: Network, leaves: list[Tensor]) -> Tensor | float:
    """The penalty of the parameters, where there is one."""
    if network.penalty is None:
        return 0.0
    l1, l2, half, places = network.penalty
    squares, absolute = (sum(leaves[place].norm(p=power) ** power for place in places) for power in (2, 1))
    return float(l1) * absolute + float(l2) * squares / (1 + half)
