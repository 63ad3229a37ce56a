"""The layers of a network in PyTorch: the modules of ``torch.nn``, each with its parameters in the reference's terms.

Images and filters have the reference's layout, which is PyTorch's own; kernels are transposed, a GRU's gates are reordered.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import linear, scaled_dot_product_attention

from adapters.protocol import Array
from worked_examples.number_types import numbers
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.attention import AttentionLayer
from worked_examples.schema.layers.base import Shape
from worked_examples.schema.layers.images import ConvolutionLayer, Pooling
from worked_examples.schema.layers.normalization import BatchNormalizationLayer, DropoutLayer
from worked_examples.schema.layers.sequences import GruLayer, RecurrentBase


class Step(nn.Module):
    """A step from ``below`` to 1, at 0 too or not, by the perceptron's rule: its derivative is taken to be 1."""

    def __init__(self, below: int, *, at_zero: bool = False) -> None:
        super().__init__()
        self.below, self.at_zero = below, at_zero

    def forward(self, x: Tensor) -> Tensor:
        """The step, and 0 with the derivative of ``x``."""
        above = x >= 0 if self.at_zero else x > 0
        return torch.where(above, 1.0, float(self.below)).to(x.dtype) + (x - x.detach())


ACTIVATIONS = {
    "identity": nn.Identity(),
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "softmax": nn.Softmax(dim=-1),
    "step": Step(below=0),
    "step at zero": Step(below=0, at_zero=True),
    "bipolar step": Step(below=-1),
    "bipolar step at zero": Step(below=-1, at_zero=True),
}


class Slot(NamedTuple):
    """A parameter of a module, by its name there, and what it is in the reference: a field, and how its array is arranged."""

    name: str
    field: str
    arrange: Callable[[Array], Array] = np.asarray
    arrange_back: Callable[[Array], Array] = np.asarray


def transposed(array: Array) -> Array:
    """A kernel as PyTorch has it, or back."""
    return array.T


def reordered(array: Array) -> Array:
    """A GRU's gates in PyTorch's order, which begins with the reset gate, along the last axis, or back."""
    update, reset, candidate = np.split(array, 3, axis=-1)
    return np.concatenate((reset, update, candidate), axis=-1)


WEIGHT = Slot("weight", "kernel")
KERNEL = Slot("weight", "kernel", transposed, transposed)
BIAS = Slot("bias", "bias")


class Unit(nn.Module):
    """One layer: ``call`` maps the module and the inputs to the pre-activations; ``slots`` are the module's parameters."""

    def __init__(
        self,
        core: nn.Module,
        activation: str = "identity",
        slots: tuple[Slot, ...] = (),
        call: Callable[..., Tensor] = lambda core, *inputs: core(*inputs),
    ) -> None:
        super().__init__()
        self.core, self.activation, self.slots, self.call = core, ACTIVATIONS[activation], slots, call

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Pre-activations and outputs; an input that is passed on has as a pre-activation a gradient of its own."""
        pre_activations = self.call(self.core, *inputs)
        if any(pre_activations is each for each in inputs):
            pre_activations = pre_activations.view_as(pre_activations)
        return pre_activations, self.activation(pre_activations)


class SharedBias(nn.Linear):
    """``nn.Linear`` with one bias for all units."""

    def __init__(self, inputs: int, units: int, dtype: torch.dtype) -> None:
        super().__init__(inputs, units, bias=False, dtype=dtype)
        self.bias = nn.Parameter(torch.zeros(1, dtype=dtype))

    def forward(self, x: Tensor) -> Tensor:
        """``x W^T + b``."""
        return linear(x, self.weight) + self.bias


def dense(inputs: int, units: int, activation: str, dtype: torch.dtype, *, has_bias: bool = True, shared: bool = False) -> Unit:
    """``nn.Linear``; where units share their bias, with one of one entry."""
    slots = (KERNEL, BIAS) if has_bias else (KERNEL,)
    if shared:
        return Unit(SharedBias(inputs, units, dtype), activation, slots)
    return Unit(nn.Linear(inputs, units, bias=has_bias, dtype=dtype), activation, slots)


class UpdatedProduct(torch.autograd.Function):
    """``x W^T``, whose gradient by ``x`` is taken from ``W`` after a step of gradient descent along its own gradient."""

    @staticmethod
    def forward(x: Tensor, weight: Tensor, rate: float) -> Tensor:  # noqa: ARG004 -- for the way back
        """The product."""
        return x @ weight.T

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:  # noqa: ARG004 -- PyTorch's
        """What the way back needs."""
        x, weight, ctx.rate = inputs
        ctx.save_for_backward(x, weight)

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        """The gradients by the input and by the weights."""
        (dy,), (x, weight) = gradients, ctx.saved_tensors
        by_weight = dy.T @ x
        return dy @ (weight - ctx.rate * by_weight), by_weight, None


def through_updated(rate: float, core: nn.Linear, x: Tensor) -> Tensor:
    """``nn.Linear`` whose input gets its gradient from updated weights."""
    product: Tensor = UpdatedProduct.apply(x, core.weight, rate)  # type: ignore[no-untyped-call]  # PyTorch's
    return product if core.bias is None else product + core.bias


def convolution(layer: ConvolutionLayer, given: list[Shape], dtype: torch.dtype) -> Unit:
    """``nn.Conv2d``."""
    extents, has_bias = layer.extents, layer.bias is not None
    options: dict[str, Any] = {"stride": extents.stride, "padding": extents.padding, "groups": layer.groups, "bias": has_bias}
    core = nn.Conv2d(given[0][0], layer.n_filters, extents.size, dtype=dtype, **options)
    return Unit(core, layer.activation, (WEIGHT, BIAS) if has_bias else (WEIGHT,))


def window(layer: Pooling) -> dict[str, Any]:
    """Size, stride and padding."""
    extents = layer.extents
    return {"kernel_size": extents.size, "stride": extents.stride, "padding": extents.padding}


def batch_normalization(layer: BatchNormalizationLayer, given: list[Shape], dtype: torch.dtype) -> Unit:
    """``nn.BatchNorm1d`` or ``nn.BatchNorm2d``; in ``eval`` mode where it has running statistics."""
    kind = nn.BatchNorm2d if len(given[0]) == 3 else nn.BatchNorm1d
    has_running = layer.running_mean is not None
    core = kind(given[0][0], eps=float(layer.epsilon or 1), track_running_stats=has_running, dtype=dtype)
    if has_running:
        core.eval()
        core.get_buffer("running_mean").copy_(torch.from_numpy(numbers(layer.running_mean)))
        core.get_buffer("running_var").copy_(torch.from_numpy(numbers(layer.running_variance)))
    return Unit(core, layer.activation, (WEIGHT, BIAS))


def dropout(layer: DropoutLayer, _: list[Shape], dtype: torch.dtype) -> Unit:
    """The mask that is given; ``nn.Dropout`` makes its own."""
    mask, keep_prob = torch.from_numpy(numbers(layer.mask)).to(dtype), float(layer.keep_prob)
    return Unit(nn.Identity(), call=lambda _, x: x * mask / keep_prob)


def recurrent(layer: RecurrentBase, _: list[Shape], dtype: torch.dtype) -> Unit:
    """``nn.RNN``, ``nn.LSTM`` or ``nn.GRU``; a layer with one bias has zeros, which are not trained, as PyTorch's second."""
    kinds: dict[str, Any] = {"recurrent": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
    kind = kind_of(layer)
    core = kinds[kind](layer.features, layer.units, batch_first=True, dtype=dtype)
    arrange = reordered if isinstance(layer, GruLayer) else np.asarray
    names = {"kernel": "weight_ih_l0", "recurrent_kernel": "weight_hh_l0", "bias": "bias_ih_l0", "recurrent_bias": "bias_hh_l0"}
    slots = tuple(
        Slot(names[field], field, lambda array: arrange(array).T, lambda array: arrange(array.T)) for field in layer.parameters
    )
    if "recurrent_bias" not in layer.parameters:
        nn.init.zeros_(core.bias_hh_l0)
        core.bias_hh_l0.requires_grad_(requires_grad=False)
    fields = ["initial_state", "initial_cell"] if kind == "lstm" else ["initial_state"]
    states = [torch.from_numpy(layer.state(field, "float64")).to(dtype) for field in fields]

    def call(core: nn.Module, x: Tensor) -> Tensor:
        start = tuple(state.expand(1, x.shape[0], -1).contiguous() for state in states)
        first: Any = start if len(start) > 1 else start[0]
        output: Tensor = as_function(core, x, first) if torch.compiler.is_compiling() else core(x, first)[0]
        return output if layer.returns_sequences else output[:, -1]

    return Unit(core, "identity", slots, call)


def as_function(core: Any, x: Tensor, first: Any) -> Tensor:
    """What ``forward`` of a recurrent module calls; it first looks after its weights, which no compiled loop may change."""
    function: Any = {"RNN_TANH": torch.rnn_tanh, "LSTM": torch.lstm, "GRU": torch.gru}[core.mode]
    weights = [core.weight_ih_l0, core.weight_hh_l0, core.bias_ih_l0, core.bias_hh_l0]
    result: Tensor = function(x, first, weights, True, 1, 0.0, False, False, True)[0]  # noqa: FBT003 -- as PyTorch calls it
    return result


def kind_of(layer: Any) -> str:
    """The type of a layer."""
    return str(layer.type)


def embedding(layer: Any, _: list[Shape], dtype: torch.dtype) -> Unit:
    """``nn.Embedding``."""
    core = nn.Embedding(len(layer.kernel), len(layer.kernel[0]), dtype=dtype)
    return Unit(core, "identity", (WEIGHT,), lambda core, x: core(x.long()))


def attention(layer: AttentionLayer) -> Unit:
    """``scaled_dot_product_attention``."""
    if layer.mask is None:
        return Unit(nn.Identity(), call=lambda _, q, k, v: scaled_dot_product_attention(q, k, v, is_causal=layer.causal))
    mask = torch.from_numpy(layer.seen.copy())
    return Unit(nn.Identity(), call=lambda _, q, k, v: scaled_dot_product_attention(q, k, v, attn_mask=mask))


UNITS: Mapping[str, Callable[[Any, list[Shape], torch.dtype], Unit]] = {
    "dense": lambda layer, given, dtype: dense(
        given[0][-1], layer.n_units, layer.activation, dtype, has_bias=layer.bias is not None, shared=layer.shared_bias
    ),
    "convolution": convolution,
    "max pooling": lambda layer, *_: Unit(nn.MaxPool2d(**window(layer))),
    "average pooling": lambda layer, *_: Unit(nn.AvgPool2d(**window(layer), count_include_pad=layer.counts_padding)),
    "batch normalization": batch_normalization,
    "layer normalization": lambda layer, given, dtype: Unit(
        nn.LayerNorm(given[0][-1], eps=float(layer.epsilon or 1), dtype=dtype), layer.activation, (WEIGHT, BIAS)
    ),
    "dropout": dropout,
    "activation": lambda layer, *_: Unit(nn.Identity(), layer.activation),
    "flatten": lambda *_: Unit(nn.Flatten()),
    "reshape": lambda layer, *_: Unit(nn.Unflatten(1, tuple(layer.shape)), call=lambda core, x: core(x.flatten(1))),
    "add": lambda layer, *_: Unit(nn.Identity(), layer.activation, call=lambda _, *inputs: torch.stack(inputs).sum(0)),
    "concatenate": lambda layer, *_: Unit(
        nn.Identity(), layer.activation, call=lambda _, *inputs: torch.cat(inputs, dim=layer.axis)
    ),
    "embedding": embedding,
    "recurrent": recurrent,
    "lstm": recurrent,
    "gru": recurrent,
    "attention": lambda layer, *_: attention(layer),
}


def unit_of(layer: AnyLayer, given: list[Shape], dtype: torch.dtype) -> Unit:
    """The unit of a layer of an example, whose inputs have these shapes."""
    return UNITS[layer.type](layer, given, dtype)
