"""The named functions of calculations in ``torch``, and calculations by them."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from adapters.calculation import Arrays, Calculation, UnsupportedError, walk
from adapters.torch.layers import LAYERS
from worked_examples import CalculationExample, numbers

Table = Mapping[str, Callable[..., Any]]


def without_parameters(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function without parameters."""
    return lambda _, *arrays: function(*arrays)


def part(parameters: Mapping[str, Any]) -> Any:
    """The index of a part of an array.

    Raises:
        UnsupportedError: where a slice has a negative step, which PyTorch does not have.

    """
    if any(isinstance(entry, slice) and (entry.step or 1) < 0 for entry in parameters["index"]):
        raise UnsupportedError("no slices with a negative step")
    return parameters["index"]


def assign(parameters: Mapping[str, Any], x: Tensor, values: Tensor) -> Tensor:
    """A copy of ``x`` whose part ``x[index]`` is replaced."""
    index, changed = part(parameters), x.clone()
    changed[index] = values
    return changed


def half_squared_error(_: Any, y: Tensor, t: Tensor) -> Tensor:
    """Half of ``mse_loss``, which warns of what it broadcasts itself."""
    y, t = torch.broadcast_tensors(y, t)
    return torch.nn.functional.mse_loss(y, t, reduction="sum") / 2


def along(p: Mapping[str, Any]) -> dict[str, Any]:
    """The axis and whether it is kept, as PyTorch's sums take them."""
    return {"dim": p.get("axis"), "keepdim": p.get("keepdims", False)}


def greatest(p: Mapping[str, Any], x: Tensor) -> Tensor:
    """The first of the greatest entries; ``torch.amax`` would share the gradient among all of them."""
    rows, axis = (x.reshape(-1), 0) if p.get("axis") is None else (x, p["axis"])
    y = torch.take_along_dim(rows, torch.argmax(rows, dim=axis, keepdim=True), dim=axis)
    if p.get("axis") is None:
        return y.reshape((1,) * x.ndim if p.get("keepdims") else ())
    return y if p.get("keepdims") else y.squeeze(axis)


def linspace(p: Mapping[str, Any], start: Tensor, stop: Tensor) -> Tensor:
    """``torch.linspace`` has no gradient by its ends; these are its numbers."""
    return start + (stop - start) * (torch.arange(p["num"], dtype=start.dtype) / max(p["num"] - 1, 1))


FUNCTIONS: Table = {
    **{
        name: without_parameters(getattr(torch, name))
        for name in (
            *("add", "subtract", "multiply", "divide", "negative", "exp", "log", "sqrt", "abs", "sin", "cos", "sigmoid", "tanh"),
            *("relu", "flatten"),
        )
    },
    "power": without_parameters(torch.pow),
    "identity": lambda _, x: x.clone(),
    "maximum": lambda _, a, b: torch.where(a >= b, a, b),  # torch.maximum shares the gradient between equal operands
    "minimum": lambda _, a, b: torch.where(b >= a, a, b),
    "max": greatest,
    "min": lambda p, x: -greatest(p, -x),
    "sum": lambda p, x: torch.sum(x, **along(p)),
    "mean": lambda p, x: torch.mean(x, **along(p)),
    "where": lambda _, condition, a, b: torch.where(condition != 0, a, b),
    "softmax": lambda _, x: torch.softmax(x, dim=-1),
    "dot": lambda _, a, b: torch.matmul(a, b),
    "transpose": lambda _, x: x.permute(tuple(reversed(range(x.ndim)))),
    "step": lambda _, x: torch.heaviside(x.detach(), torch.zeros((), dtype=x.dtype)),
    "step at zero": lambda _, x: torch.heaviside(x.detach(), torch.ones((), dtype=x.dtype)),
    "greater": lambda _, a, b: torch.gt(a, b).to(a.dtype),
    "equal": lambda _, a, b: torch.eq(a, b).to(a.dtype),
    "greater or equal": lambda _, a, b: torch.ge(a, b).to(a.dtype),
    "half squared error": half_squared_error,
    "cross entropy": lambda _, y, t, delta: torch.sum(-t * torch.log(y + delta)),
    "naive softmax": lambda _, x: torch.exp(x) / torch.sum(torch.exp(x)),
    "reshape": lambda p, x: torch.reshape(x, tuple(p["shape"])),
    "stack": lambda p, *arrays: torch.stack(arrays, dim=p.get("axis", 0)),
    "index": lambda p, x: x[part(p)],
    "assign": assign,
    "arange": lambda _, start, stop, step: start + step * torch.arange(int(torch.ceil((stop - start) / step)), dtype=start.dtype),
    "linspace": linspace,
    "split": lambda p, x: torch.tensor_split(x, p["sections"], dim=p.get("axis", 0))[p["part"]],
    **LAYERS,
    "pick": lambda _, x, t: torch.gather(x, 1, t.long()[:, None])[:, 0],
    "argmax": lambda p, x: torch.argmax(x, dim=p.get("axis")).to(x.dtype),
}


def gradient_at(f: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """The gradient of a function at a point by ``autograd``; nothing is differentiated through it."""
    point = x.detach().requires_grad_()
    with torch.enable_grad():
        value = f(point)
        return gradients(value, {"x": point}, None).get("x", torch.zeros_like(point))


ARRAYS = Arrays(FUNCTIONS, gradient_at, lambda value: value.detach().numpy(), torch.from_numpy)


def tensors(example: CalculationExample, dtype: str, requires_grad: bool = False) -> dict[str, Tensor]:
    """The inputs of a calculation."""
    return {name: torch.from_numpy(numbers(array, dtype)).requires_grad_(requires_grad) for name, array in example.inputs.items()}


def calculate(example: CalculationExample, dtype: str) -> Calculation:
    """The values of all steps and, where the example differentiates, the gradients by ``autograd``."""
    final = example.final
    inputs = tensors(example, dtype, requires_grad=bool(final))
    values, unsupported = walk(
        example, inputs, ARRAYS, lambda value: value if value.requires_grad else value.requires_grad_(bool(final))
    )
    arrays = {name: value.detach().numpy() for name, value in values.items()}
    if not final or final in unsupported:
        return Calculation(arrays, {}, unsupported)
    variables = {name: value for name, value in values.items() if value.requires_grad}
    of_variables = gradients(values[final], variables, values.get(example.upstream))
    zeros = {name: torch.zeros_like(value) for name, value in values.items()}
    return Calculation(arrays, {name: value.detach().numpy() for name, value in {**zeros, **of_variables}.items()}, unsupported)


def gradients(final: Tensor, variables: Mapping[str, Tensor], upstream: Tensor | None) -> dict[str, Tensor]:
    """The gradients of ``final`` by ``autograd``, with respect to what it depends on; by default ``upstream`` is ones."""
    if not final.requires_grad:
        return {}
    upstream = torch.ones_like(final) if upstream is None else upstream
    computed = torch.autograd.grad(final, list(variables.values()), upstream, allow_unused=True)
    return {name: gradient for name, gradient in zip(variables, computed, strict=True) if gradient is not None}
