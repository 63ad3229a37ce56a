"""Architectures in PyTorch: modules on the ``meta`` device, which have shapes and no memory; PyTorch's flop counter counts."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from adapters.torch.layers import size_of
from adapters.torch.units import ACTIVATIONS
from reference.architecture import Count
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureLayer


def window(layer: ArchitectureLayer) -> dict[str, Any]:
    """Size, stride and padding."""
    return {"kernel_size": size_of(layer.size), "stride": size_of(layer.stride), "padding": size_of(layer.padding)}


MODULES: Mapping[str, Callable[[ArchitectureLayer, Tensor], nn.Module]] = {
    "convolution": lambda layer, x: nn.Conv2d(x.shape[1], layer.units, groups=layer.groups, bias=layer.bias, **window(layer)),
    "max pooling": lambda layer, _: nn.MaxPool2d(**window(layer)),
    "average pooling": lambda layer, _: nn.AvgPool2d(**window(layer), count_include_pad=False),
    "batch normalization": lambda _, x: nn.BatchNorm2d(x.shape[1]),
    "dense": lambda layer, x: nn.Sequential(nn.Flatten(), nn.Linear(x[0].numel(), layer.units, bias=layer.bias)),
}


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count; PyTorch counts a multiplication and an addition as two operations."""
    outputs = {"input": torch.empty(1, *example.input, device="meta")}
    counts = dict[str, Count]()
    with torch.device("meta"), torch.no_grad():
        for layer in example.units:
            outputs[layer.name], counts[layer.name] = counted(layer, [outputs[name] for name in layer.inputs])
    return counts


def counted(layer: ArchitectureLayer, inputs: list[Tensor]) -> tuple[Tensor, Count]:
    """The output of one layer, without numbers, and its count."""
    if layer.type in ("add", "concatenate"):
        y = torch.cat(inputs, 1) if layer.type == "concatenate" else torch.stack(inputs).sum(0)
        return y, Count(tuple(y.shape[1:]), 0, 0, 0)
    module = nn.Sequential(MODULES[layer.type](layer, inputs[0]), ACTIVATIONS[layer.activation])
    with FlopCounterMode(display=False) as flops:
        y = module(inputs[0])
    sizes = {name: parameter.numel() for name, parameter in module.named_parameters()}
    biases = sum(size for name, size in sizes.items() if name.endswith("bias"))
    return y, Count(tuple(y.shape[1:]), sum(sizes.values()) - biases, biases, flops.get_total_flops() // 2)
