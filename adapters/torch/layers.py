"""The layers of calculations in PyTorch: ``nn``'s own classes, their parameters replaced by the calculation's arrays.

Images and filters have the reference's layout, which is PyTorch's own; kernels are transposed, a GRU's gates
stand in another order.
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

Parameters = Mapping[str, Any]


def sizes(number: Any) -> Any:
    """One whole number, or one for rows and one for columns."""
    return number if isinstance(number, int) else tuple(number)


def sliding(parameters: Parameters) -> dict[str, Any]:
    """Stride and padding as PyTorch's layers take them."""
    return {"stride": sizes(parameters.get("stride", 1)), "padding": sizes(parameters.get("padding", 0))}


def convolution(p: Parameters, x: Tensor, filters: Tensor, bias: Tensor) -> Tensor:
    """``nn.Conv2d``."""
    high, wide = filters.shape[2:]
    layer = nn.Conv2d(x.shape[1], len(filters), (high, wide), **sliding(p), dtype=x.dtype)
    result: Tensor = functional_call(layer, {"weight": filters, "bias": bias}, x)
    return result


def average(p: Parameters, x: Tensor, counted: bool) -> Tensor:
    """``nn.AvgPool2d``; ``counted``: whether the padding is."""
    result: Tensor = nn.AvgPool2d(sizes(p["size"]), **sliding(p), count_include_pad=counted)(x)
    return result


def windows(p: Parameters, x: Tensor) -> Tensor:
    """What every window sees in a row of its own, ``(N, C, OH, OW, FH FW)``, from ``nn.Unfold``."""
    high, wide = p["size"]
    down, right = (
        (extent - size) // p["stride"][axis] + 1 for axis, (extent, size) in enumerate(zip(x.shape[2:], (high, wide), strict=True))
    )
    columns: Tensor = nn.Unfold((high, wide), stride=sizes(p["stride"]))(x)
    return columns.view(x.shape[0], x.shape[1], high * wide, down, right).permute(0, 1, 3, 4, 2)


def stochastic(p: Parameters, x: Tensor, draws: Tensor) -> Tensor:
    """PyTorch has no stochastic pooling: each draw is looked up in the running sums of its window."""
    seen = windows(p, x)
    running = seen.detach().cumsum(-1)
    chosen = torch.searchsorted(running, (draws.detach()[..., None] * running[..., -1:]).contiguous(), right=True)
    return seen.gather(-1, chosen)[..., 0]


def expected(p: Parameters, x: Tensor) -> Tensor:
    """Stochastic pooling at inference."""
    seen = windows(p, x)
    return seen.square().sum(-1) / seen.sum(-1)


def normalised(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: Tensor, running: Parameters) -> Tensor:
    """``nn.BatchNorm1d`` or ``nn.BatchNorm2d``; without running statistics, by those of the batch."""
    kind = nn.BatchNorm2d if x.ndim == 4 else nn.BatchNorm1d
    layer = kind(x.shape[1], eps=float(epsilon.detach()), dtype=x.dtype).train(not running)
    result: Tensor = functional_call(layer, {"weight": gamma, "bias": beta, **running}, x)
    return result


def normalised_at_inference(
    _: Parameters, x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: Tensor
) -> Tensor:
    """The same layer in ``eval`` mode."""
    return normalised(x, gamma, beta, epsilon, {"running_mean": mean.detach(), "running_var": variance.detach()})


def reordered(array: Tensor) -> Tensor:
    """A GRU's gates in PyTorch's order: reset, update, candidate."""
    update, reset, candidate = array.chunk(3, dim=-1)
    return torch.cat((reset, update, candidate), dim=-1)


def sequence(
    kind: Callable[..., nn.RNNBase], x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, other: Tensor | None
) -> Tensor:
    """All states of a recurrent layer, whose one bias, where there is one, becomes the first of PyTorch's two."""
    layer = kind(x.shape[2], len(recurrent), batch_first=True, dtype=x.dtype)
    second = torch.zeros_like(bias) if other is None else other
    weights = {"weight_ih_l0": kernel.mT, "weight_hh_l0": recurrent.mT, "bias_ih_l0": bias, "bias_hh_l0": second}
    states: Tensor = functional_call(layer, weights, x)[0]
    return states


def gru(_: Parameters, x: Tensor, *weights: Tensor) -> Tensor:
    """``nn.GRU``: the reset gate after the product."""
    kernel, recurrent, bias, other = map(reordered, weights)
    return sequence(nn.GRU, x, kernel, recurrent, bias, other)


def dense(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """``nn.Linear`` and ``nn.Sigmoid``; ``weight`` is ``(outputs, inputs)``."""
    layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=x.dtype)
    return torch.sigmoid(functional_call(layer, {"weight": weight, "bias": bias}, x))


def crop(p: Parameters, x: Tensor) -> Tensor:
    """``nn.ZeroPad2d`` with less than no padding."""
    rows, columns = p["index"]
    result: Tensor = nn.ZeroPad2d((-columns.start, columns.stop - x.shape[3], -rows.start, rows.stop - x.shape[2]))(x)
    return result


LAYERS: Mapping[str, Callable[..., Any]] = {
    "convolution": convolution,
    "max pooling": lambda p, x: nn.MaxPool2d(sizes(p["size"]), **sliding(p))(x),
    "average pooling": lambda p, x: average(p, x, counted=False),
    "average pooling, padding counted": lambda p, x: average(p, x, counted=True),
    "stochastic pooling": stochastic,
    "expected pooling": expected,
    "batch normalization": lambda _, x, gamma, beta, epsilon: normalised(x, gamma, beta, epsilon, {}),
    "batch normalization at inference": normalised_at_inference,
    "dropout": lambda _, x, mask, kept: x * mask / kept.detach(),  # nn.Dropout draws its own mask: see tests/test_layers.py
    "recurrent": lambda _, x, kernel, recurrent, bias: sequence(nn.RNN, x, kernel, recurrent, bias, None),
    "lstm": lambda _, x, kernel, recurrent, bias: sequence(nn.LSTM, x, kernel, recurrent, bias, None),
    "gru reset after": gru,
    "hidden units": lambda _, v, kernel, bias: dense(v, kernel.mT, bias),
    "visible units": lambda _, h, kernel, bias: dense(h, kernel, bias),
    "flip": lambda p, x: torch.flip(x, (p["axis"],)),
    "crop": crop,
    "concatenate": lambda p, *arrays: torch.cat(arrays, dim=p["axis"]),
    "rows": lambda _, x: nn.Flatten()(x),
    "sum of products": lambda _, *arrays: sum((a * b).sum() for a, b in zip(arrays[::2], arrays[1::2], strict=True)),
}
