"""The sizes of a network in PyTorch, by its own flop counter; where only sizes are known, on ``meta``: shapes without memory."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from adapters.torch.units import Unit, unit_of
from reference.sizes import Count
from worked_examples import NetworkExample, SizedNetworkExample
from worked_examples.schema.layers.graph import given_to

DTYPE = torch.float64  # in float32 oneDNN computes recurrent layers as one operation, which is not counted
SAMPLES = 2  # statistics of a batch need more than one number


def count(example: NetworkExample | SizedNetworkExample) -> list[Count]:
    """Every layer's count; PyTorch counts a multiplication and an addition as two operations."""
    network, has_data = example.network, isinstance(example, NetworkExample)
    samples = example.data.samples if isinstance(example, NetworkExample) else SAMPLES
    given = [[one.shape for one in of] for of, _ in given_to(network.layers, example.inputs)]
    with torch.device("cpu" if has_data else "meta"), torch.no_grad():
        outputs, counts = [torch.zeros(samples, example.inputs, dtype=DTYPE)], list[Count]()
        for layer, shapes, sources in zip(network.layers, given, network.sources, strict=True):
            unit = unit_of(layer, shapes, DTYPE)
            output, one = counted(unit, [outputs[source] for source in sources])
            outputs.append(output)
            counts.append(one)
    return counts


def counted(unit: Unit, inputs: Sequence[Tensor]) -> tuple[Tensor, Count]:
    """The output of one layer, and its count for one sample."""
    with FlopCounterMode(display=False) as flops:
        _, output = unit(*inputs)
    sizes = {name: parameter.numel() for name, parameter in unit.named_parameters() if parameter.requires_grad}
    biases = sum(size for name, size in sizes.items() if "bias" in name)
    macs = flops.get_total_flops() // (2 * len(inputs[0]))
    return output, Count(tuple(output.shape[1:]), sum(sizes.values()) - biases, biases, macs)
