"""The layers of calculations in PyTorch: the classes of ``nn``, their parameters replaced by the calculation's arrays.

Images and filters have the reference's layout, which is PyTorch's own; kernels are transposed, a GRU's gates are reordered.
"""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from adapters.calculation import UnsupportedError
from reference.layers.im2col import pair

Settings = Mapping[str, Any]


def size_of(number: Any) -> Any:
    """One whole number, or one for rows and one for columns."""
    return number if isinstance(number, int) else tuple(number)


def stride_and_padding(p: Settings) -> dict[str, Any]:
    """Stride and padding as PyTorch's layers take them."""
    return {"stride": size_of(p.get("stride", 1)), "padding": size_of(p.get("padding", 0))}


def convolution(p: Settings, x: Tensor, filters: Tensor, bias: Tensor) -> Tensor:
    """``nn.Conv2d``."""
    height, width = filters.shape[2:]
    layer = nn.Conv2d(x.shape[1], len(filters), (height, width), **stride_and_padding(p), dtype=x.dtype)
    result: Tensor = functional_call(layer, {"weight": filters, "bias": bias}, x)
    return result


def pooling(p: Settings) -> dict[str, Any]:
    """Stride and padding of a pooling layer."""
    if any(2 * padding > size for padding, size in zip(pair(p.get("padding", 0)), pair(p["size"]), strict=True)):
        raise UnsupportedError("padding of more than half the window")
    return stride_and_padding(p)


def average(p: Settings, x: Tensor, count_padding: bool) -> Tensor:
    """``nn.AvgPool2d``; ``count_padding``: whether the mean counts the padding's zeros."""
    result: Tensor = nn.AvgPool2d(size_of(p["size"]), **pooling(p), count_include_pad=count_padding)(x)
    return result


def windows(p: Settings, x: Tensor) -> Tensor:
    """The entries of every window, ``(N, C, OH, OW, FH FW)``, by ``nn.Unfold``."""
    size, stride = pair(p["size"]), pair(p.get("stride", 1))
    rows, columns = ((extent - length) // step + 1 for extent, length, step in zip(x.shape[2:], size, stride, strict=True))
    unfolded: Tensor = nn.Unfold(size, stride=stride)(x)
    return unfolded.view(x.shape[0], x.shape[1], -1, rows, columns).permute(0, 1, 3, 4, 2)


def stochastic(p: Settings, x: Tensor, draws: Tensor) -> Tensor:
    """PyTorch does not have stochastic pooling: each draw is looked up in the cumulative sums of its window.

    Where no sum exceeds it, as in a window of zeros, the first entry is taken.
    """
    entries = windows(p, x)
    cumulative = entries.detach().cumsum(-1)
    chosen = torch.searchsorted(cumulative, (draws.detach()[..., None] * cumulative[..., -1:]).contiguous(), right=True)
    return entries.gather(-1, chosen % entries.shape[-1])[..., 0]


def expected(p: Settings, x: Tensor) -> Tensor:
    """Stochastic pooling at inference."""
    entries = windows(p, x)
    return entries.square().sum(-1) / entries.sum(-1)


BATCH_NORMALIZATIONS = {2: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}


def batch_normalization(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: Tensor, running: Settings) -> Tensor:
    """``nn.BatchNorm1d``, ``nn.BatchNorm2d`` or ``nn.BatchNorm3d``; without running statistics, by those of the batch."""
    if x.ndim not in BATCH_NORMALIZATIONS:
        raise UnsupportedError(f"no batch normalization of {x.ndim} axes")
    if not running and x.numel() == x.shape[1]:
        raise UnsupportedError("no batch normalization of one entry in each channel")
    layer = BATCH_NORMALIZATIONS[x.ndim](x.shape[1], eps=float(epsilon.detach()), dtype=x.dtype).train(not running)
    result: Tensor = functional_call(layer, {"weight": gamma, "bias": beta, **running}, x)
    return result


def batch_normalization_at_inference(
    _: Settings, x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: Tensor
) -> Tensor:
    """The same layer in ``eval`` mode."""
    return batch_normalization(x, gamma, beta, epsilon, {"running_mean": mean.detach(), "running_var": variance.detach()})


def reordered(array: Tensor) -> Tensor:
    """A GRU's gates in PyTorch's order: reset, update, candidate."""
    update, reset, candidate = array.chunk(3, dim=-1)
    return torch.cat((reset, update, candidate), dim=-1)


def sequence(
    kind: Callable[..., nn.RNNBase], x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, recurrent_bias: Tensor | None
) -> Tensor:
    """All states of a recurrent layer, whose one bias, where there is one, becomes the first of PyTorch's two."""
    layer = kind(x.shape[2], len(recurrent), batch_first=True, dtype=x.dtype)
    second = torch.zeros_like(bias) if recurrent_bias is None else recurrent_bias
    weights = {"weight_ih_l0": kernel.mT, "weight_hh_l0": recurrent.mT, "bias_ih_l0": bias, "bias_hh_l0": second}
    states: Tensor = functional_call(layer, weights, x)[0]
    return states


def gru(_: Settings, x: Tensor, *weights: Tensor) -> Tensor:
    """``nn.GRU``: the reset gate after the product."""
    kernel, recurrent, bias, recurrent_bias = map(reordered, weights)
    return sequence(nn.GRU, x, kernel, recurrent, bias, recurrent_bias)


def dense(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """``nn.Linear`` and ``nn.Sigmoid``; ``weight`` is ``(outputs, inputs)``."""
    layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=x.dtype)
    return torch.sigmoid(functional_call(layer, {"weight": weight, "bias": bias}, x))


def crop(p: Settings, x: Tensor) -> Tensor:
    """``nn.ZeroPad2d`` with negative padding."""
    rows, columns = p["index"]
    result: Tensor = nn.ZeroPad2d((-columns.start, columns.stop - x.shape[3], -rows.start, rows.stop - x.shape[2]))(x)
    return result


LAYERS: Mapping[str, Callable[..., Any]] = {
    "convolution": convolution,
    "max pooling": lambda p, x: nn.MaxPool2d(size_of(p["size"]), **pooling(p))(x),
    "average pooling": lambda p, x: average(p, x, count_padding=False),
    "average pooling, padding counted": lambda p, x: average(p, x, count_padding=True),
    "stochastic pooling": stochastic,
    "expected pooling": expected,
    "batch normalization": lambda _, x, gamma, beta, epsilon: batch_normalization(x, gamma, beta, epsilon, {}),
    "batch normalization at inference": batch_normalization_at_inference,
    "dropout": lambda _, x, mask, keep_prob: x * mask / keep_prob.detach(),  # nn.Dropout makes its own mask
    "recurrent": lambda _, x, kernel, recurrent, bias: sequence(nn.RNN, x, kernel, recurrent, bias, None),
    "lstm": lambda _, x, kernel, recurrent, bias, *more: sequence(nn.LSTM, x, kernel, recurrent, bias, *(more or [None])),
    "gru reset after": gru,
    "hidden units": lambda _, v, kernel, bias: dense(v, kernel.mT, bias),
    "visible units": lambda _, h, kernel, bias: dense(h, kernel, bias),
    "flip": lambda p, x: torch.flip(x, (p["axis"],)),
    "crop": crop,
    "concatenate": lambda p, *arrays: torch.cat(arrays, dim=p["axis"]),
    "rows": lambda _, x: nn.Flatten()(x),
    "sum of products": lambda _, *arrays: sum((a * b).sum() for a, b in zip(arrays[::2], arrays[1::2], strict=True)),
}
