"""The named functions of calculations in ``torch``."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from adapters.calculation import UnsupportedError
from adapters.torch.layers import LAYERS

Table = Mapping[str, Callable[..., Any]]


def plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function without parameters."""
    return lambda _, *arrays: function(*arrays)


def index(parameters: Mapping[str, Any], x: Tensor) -> Tensor:
    """``x[index]``; PyTorch has no negative steps."""
    if any(isinstance(part, slice) and (part.step or 1) < 0 for part in parameters["index"]):
        raise UnsupportedError("no slices with a negative step")
    return x[parameters["index"]]


def assign(parameters: Mapping[str, Any], x: Tensor, part: Tensor) -> Tensor:
    """A copy of ``x`` whose part ``x[index]`` is replaced."""
    changed = x.clone()
    changed[parameters["index"]] = part
    return changed


FUNCTIONS: Table = {
    **{
        name: plain(getattr(torch, name))
        for name in ("add", "subtract", "multiply", "divide", "negative", "exp", "log", "sin", "cos", "sigmoid", "tanh", "relu")
    },
    **{name: plain(getattr(torch, name)) for name in ("sum", "max", "maximum", "minimum", "flatten")},
    "power": plain(torch.pow),
    "identity": lambda _, x: x,
    "softmax": lambda _, x: torch.softmax(x, dim=-1),
    "dot": lambda _, a, b: torch.matmul(a, b),
    "transpose": lambda _, x: x.mT,
    "step": lambda _, x: torch.heaviside(x, torch.zeros((), dtype=x.dtype)),
    "step at zero": lambda _, x: torch.heaviside(x, torch.ones((), dtype=x.dtype)),
    "greater or equal": lambda _, a, b: torch.ge(a, b).to(a.dtype),
    "half squared error": lambda _, y, t: torch.nn.functional.mse_loss(y, t, reduction="sum") / 2,
    "cross entropy": lambda _, y, t, delta: torch.sum(-t * torch.log(y + delta)),
    "naive softmax": lambda _, x: torch.exp(x) / torch.sum(torch.exp(x)),
    "reshape": lambda p, x: torch.reshape(x, tuple(p["shape"])),
    "stack": lambda p, *arrays: torch.stack(arrays, dim=p.get("axis", 0)),
    "index": index,
    "assign": assign,
    "arange": lambda _, start, stop, step: start + step * torch.arange(int(torch.ceil((stop - start) / step)), dtype=start.dtype),
    **LAYERS,
    "pick": lambda _, x, t: torch.gather(x, 1, t.long()[:, None])[:, 0],
    "argmax": lambda p, x: torch.argmax(x, dim=p.get("axis")),
}
