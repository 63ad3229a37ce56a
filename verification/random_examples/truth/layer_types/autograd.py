"""The second opinion on networks of layers: the functions of PyTorch that compute the same, in float64."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional

from verification.random_examples.truth.autograd import FUNCTIONS, gradients_of_loss, tensor
from verification.random_examples.truth.network import Layer, Network, Parameters
from verification.random_examples.truth.numbers import Array

Tensors = Mapping[str, Tensor]
KINDS: Mapping[str, Any] = {"recurrent": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
GATES = {"recurrent": (), "lstm": ("input", "forget", "candidate", "output"), "gru": ("reset", "update", "candidate")}
"""The gates in PyTorch's order."""


def reordered(layer: Layer, array: Tensor) -> Tensor:
    """The columns of all gates in PyTorch's order, as rows."""
    if GATES[layer.type]:
        parts = dict(zip(layer.options["gates"], array.chunk(len(GATES[layer.type]), dim=-1), strict=True))
        array = torch.cat([parts[gate] for gate in GATES[layer.type]], dim=-1)
    return array.mT if array.ndim > 1 else array


def sequence(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """``nn.RNN``, ``nn.LSTM`` or ``nn.GRU``; a GRU whose reset gate is before the product is not one of these."""
    if layer.options["layout"] == "(out, in)":
        w = {name: weight.t() for name, weight in w.items()}  # of a bias the same
    if layer.options.get("reset") == "before":
        return gru_reset_before(layer, w, x)
    units = len(w["recurrent_kernel"])
    module = KINDS[layer.type](x.shape[2], units, batch_first=True, dtype=x.dtype)
    second = w.get("recurrent_bias", torch.zeros_like(w["bias"]))
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    arrays = (w["kernel"], w["recurrent_kernel"], w["bias"], second)
    weights = {name: reordered(layer, array) for name, array in zip(names, arrays, strict=True)}
    h, c = (tensor(layer.options[name]).expand(1, len(x), -1).contiguous() for name in ("initial_state", "initial_cell"))
    states: Tensor = functional_call(module, weights, (x, (h, c) if layer.type == "lstm" else h))[0]
    return states if layer.options["returns_sequences"] else states[:, -1]


def gru_reset_before(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """Step by step, as arXiv:1406.1078 has it."""
    gates = layer.options["gates"]
    kernel, recurrent, bias = (
        dict(zip(gates, w[name].chunk(3, dim=-1), strict=True)) for name in ("kernel", "recurrent_kernel", "bias")
    )
    h, states = tensor(layer.options["initial_state"]).expand(len(x), -1), []
    for row in x.unbind(1):
        z, r = (torch.sigmoid(row @ kernel[gate] + h @ recurrent[gate] + bias[gate]) for gate in ("update", "reset"))
        n = torch.tanh(row @ kernel["candidate"] + (r * h) @ recurrent["candidate"] + bias["candidate"])
        h = torch.lerp(n, h, z)
        states.append(h)
    return torch.stack(states, dim=1) if layer.options["returns_sequences"] else h


def batch_normalization(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """By the batch or by running statistics; of one entry PyTorch refuses, and its deviation is 0."""
    running = [tensor(layer.options[name]) for name in ("running_mean", "running_variance") if name in layer.options]
    mean, variance = running or (None, None)
    return functional.batch_norm(
        x, mean, variance, w["scale"], w["offset"], training=not running, eps=float(layer.options["epsilon"])
    )


def convolution(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """In groups."""
    p = layer.options
    kernel = w["kernel"] if p["layout"] == "(out, in, rows, columns)" else w["kernel"].permute(3, 2, 0, 1)
    return functional.conv2d(x, kernel, w.get("bias"), p["stride"], p["padding"], groups=p["groups"])


def dense(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """The bias may be one number for all units."""
    y = functional.linear(x, w["kernel"] if layer.options["layout"] == "(out, in)" else w["kernel"].T)
    return y + w["bias"] if "bias" in w else y


def average_pooling(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """With the padding or without."""
    p = layer.options
    return functional.avg_pool2d(x, p["size"], p["stride"], p["padding"], count_include_pad=p["counts_padding"])


def layer_normalization(layer: Layer, w: Tensors, x: Tensor) -> Tensor:
    """Of the last axis."""
    return functional.layer_norm(x, x.shape[-1:], w["scale"], w["offset"], float(layer.options["epsilon"]))


def attention(layer: Layer, w: Tensors, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Every score but those that are seen is minus infinity."""
    if "mask" not in layer.options:
        return functional.scaled_dot_product_attention(q, k, v, is_causal=layer.options["causal"])
    seen = tensor(layer.options["mask"])
    scores = (seen.tril() if layer.options["causal"] else seen).log()
    return functional.scaled_dot_product_attention(q, k, v, attn_mask=scores)


TYPES: Mapping[str, Callable[..., Tensor]] = {
    "activation": lambda layer, w, x: x,
    "add": lambda layer, w, *inputs: torch.stack(inputs).sum(dim=0),
    "attention": attention,
    "average pooling": average_pooling,
    "batch normalization": batch_normalization,
    "concatenate": lambda layer, w, *inputs: torch.cat(inputs, dim=layer.options["axis"]),
    "convolution": convolution,
    "dense": dense,
    "dropout": lambda layer, w, x: x * tensor(layer.options["mask"]) / float(layer.options["keep_prob"]),
    "embedding": lambda layer, w, x: functional.embedding(x.long(), w["kernel"]),
    "flatten": lambda layer, w, x: x.flatten(1),
    "gru": sequence,
    "layer normalization": layer_normalization,
    "lstm": sequence,
    "max pooling": lambda layer, w, x: functional.max_pool2d(
        x, layer.options["size"], layer.options["stride"], layer.options["padding"]
    ),
    "recurrent": sequence,
    "reshape": lambda layer, w, x: x.reshape(len(x), *layer.options["shape"]),
}


def layered_gradients(network: Network, parameters: Parameters, x: Array, t: Array) -> list[Tensor]:
    """The gradients of a network's loss with respect to every array of parameters."""
    leaves, known, place = [tensor(array).requires_grad_() for array in parameters], [tensor(x)], 0
    for layer, activation in zip(network.graph, network.activations, strict=True):
        weights = dict(zip(layer.parameters, leaves[place:], strict=False))
        place += len(layer.parameters)
        y = TYPES[layer.type](layer, weights, *(known[number] for number in layer.inputs))
        known.append(FUNCTIONS[activation]({}, y))
    return gradients_of_loss(network, known[-1], t, leaves)
