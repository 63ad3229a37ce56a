"""Architectures in PyTorch: modules on the ``meta`` device, which have shapes and no memory; PyTorch's flop counter counts."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from adapters.torch.layers import sizes
from reference.architecture import Count
from worked_examples.schema.architecture import ArchitectureExample, ArchitectureLayer

ACTIVATIONS: Mapping[str, type[nn.Module]] = {
    "identity": nn.Identity,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
}


def sliding(unit: ArchitectureLayer) -> dict[str, Any]:
    """Size, stride and padding."""
    return {"kernel_size": sizes(unit.size), "stride": sizes(unit.stride), "padding": sizes(unit.padding)}


MODULES: Mapping[str, Callable[[ArchitectureLayer, Tensor], nn.Module]] = {
    "convolution": lambda unit, x: nn.Conv2d(x.shape[1], unit.units, groups=unit.groups, bias=unit.bias, **sliding(unit)),
    "max pooling": lambda unit, _: nn.MaxPool2d(**sliding(unit)),
    "average pooling": lambda unit, _: nn.AvgPool2d(**sliding(unit), count_include_pad=False),
    "batch normalization": lambda _, x: nn.BatchNorm2d(x.shape[1]),
    "dense": lambda unit, x: nn.Sequential(nn.Flatten(), nn.Linear(x[0].numel(), unit.units, bias=unit.bias)),
}


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count; PyTorch counts a multiplication and an addition as two operations."""
    outputs = {"input": torch.empty(1, *example.input, device="meta")}
    found = dict[str, Count]()
    with torch.device("meta"), torch.no_grad():
        for unit in example.units:
            outputs[unit.name], found[unit.name] = counted(unit, [outputs[name] for name in unit.inputs])
    return found


def counted(unit: ArchitectureLayer, of: list[Tensor]) -> tuple[Tensor, Count]:
    """The output of one layer, without numbers, and its count."""
    if unit.type in ("add", "concatenate"):
        y = torch.cat(of, 1) if unit.type == "concatenate" else torch.stack(of).sum(0)
        return y, Count(tuple(y.shape[1:]), 0, 0, 0)
    module = nn.Sequential(MODULES[unit.type](unit, of[0]), ACTIVATIONS[unit.activation]())
    with FlopCounterMode(display=False) as flops:
        y = module(of[0])
    parts = dict(module.named_parameters())
    biases = sum(part.numel() for name, part in parts.items() if name.endswith("bias"))
    weights = sum(part.numel() for part in parts.values()) - biases
    return y, Count(tuple(y.shape[1:]), weights, biases, flops.get_total_flops() // 2)
