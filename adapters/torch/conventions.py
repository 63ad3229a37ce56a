"""Conventions in PyTorch: its own classes and functions on the probe."""

import inspect
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from adapters.conventions import check_call, rearranged
from adapters.protocol import Array
from adapters.sample_statistics import sample_statistics
from adapters.torch.call_names import CALLS
from worked_examples.schema.framework_call import FrameworkCall, Probe, value

Measured = dict[str, Array]


def as_option(entry: Any) -> Any:
    """An option as PyTorch takes it: a Python number, or a tuple of them."""
    if isinstance(entry, list):
        return tuple(as_option(element) for element in entry)
    return entry.item() if isinstance(entry, np.generic) else entry


def options_of(call: FrameworkCall) -> dict[str, Any]:
    """The options as values; class weights are a tensor."""
    options = {name: as_option(value(text)) for name, text in call.options.items()}
    return options | ({"weight": torch.tensor(options["weight"], dtype=torch.float64)} if "weight" in options else {})


def resolved(call: FrameworkCall) -> Any:
    """The module or function that a call names, with its options."""
    named, options = attrgetter(call.call)(torch), options_of(call)
    if not inspect.isclass(named):
        return partial(named, **options)
    module: Any = named(**options)
    return module.double()


def optimizer(call: FrameworkCall, probe: Probe) -> Measured:
    """The parameter after every ``step``."""
    parameter = torch.nn.Parameter(torch.from_numpy(probe.array("start").copy()))
    torch_optimizer, points = attrgetter(call.call)(torch)([parameter], **options_of(call)), []
    for step, gradient in enumerate(probe.array("gradients")):
        parameter.grad = torch.from_numpy(gradient.copy())
        if probe.rates:
            torch_optimizer.param_groups[0]["lr"] = float(call.times) * float(probe.rates[step % len(probe.rates)])
        torch_optimizer.step()
        points.append(parameter.detach().numpy().copy())
    return {"parameters": np.array(points)}


def function(call: FrameworkCall, probe: Probe) -> Measured:
    """Value and gradient; a maximum over an axis comes with indices, which are left out."""
    x, *others = (torch.from_numpy(array) for array in probe.given(call))
    x.requires_grad_()
    if "labels" in call.takes:
        others = [other.long() for other in others]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "reduction: 'mean' divides", UserWarning)  # which is what the convention is about
        output: Any = resolved(call)(resolved(call.before)(x) if call.before else x, *others)
    output = (output[0] if isinstance(output, tuple) else output) * float(call.times)
    (gradient,) = torch.autograd.grad(output.sum(), [x])
    return {"value": output.detach().numpy(), "gradient": gradient.numpy()}


def layer(call: FrameworkCall, probe: Probe) -> Measured:
    """The outputs of the layer with the book's parameters; where training differs from inference, both."""
    module: Any = attrgetter(call.call)(torch)(**options_of(call))
    module = module if call.dtype == "default" else module.double()
    for parameter, name in zip(module.state_dict().values(), probe.loaded(call), strict=False):
        parameter.copy_(torch.from_numpy(rearranged(probe.array(name), call, name).copy()))
    dtype = next((parameter.dtype for parameter in module.parameters()), torch.float64)
    x = torch.from_numpy(rearranged(probe.array("input"), call, "input").copy()).to(dtype)
    output = output_of(module, resolved(call.before)(x) if call.before else x)
    if isinstance(module, torch.nn.Dropout):
        return {"training": output.max(), "inference": output_of(module.eval(), x).max()}
    if not isinstance(module, torch.nn.BatchNorm1d):
        return {"output": rearranged(output, call, "output")}
    state = module.state_dict()
    running = {"running mean": state["running_mean"].numpy(), "running variance": state["running_var"].numpy()}
    return {"output": output, **running, "inference": output_of(module.eval(), x)}


def output_of(module: Any, x: Tensor) -> Array:
    """The output of a layer; recurrent layers give their last state besides."""
    with torch.no_grad():
        output = module(x)
    array: Array = (output[0] if isinstance(output, tuple) else output).numpy()
    return array


def initializer(call: FrameworkCall, probe: Probe) -> Measured:
    """Statistics of a sample of an initializer, or of a new layer's kernel or bias; ``nn.init`` takes ``(out, in)``."""
    torch.manual_seed(probe.seed)
    name, _, parameter_name = call.call.partition(" ")
    fan_in, fan_out = probe.fans
    if not parameter_name:
        weight = torch.empty(fan_out, fan_in, dtype=torch.float64)
        resolved(call)(weight)
        return sample_statistics(weight.numpy())
    parameters = attrgetter(name)(torch)(fan_in, fan_out).named_parameters()
    wanted = next(
        parameter for key, parameter in parameters if parameter_name in key or (parameter_name == "kernel" and "weight" in key)
    )
    return sample_statistics(wanted.detach().double().numpy())


def training(call: FrameworkCall, probe: Probe) -> Measured:
    """One epoch of a loop over a ``DataLoader``: the weights, and the loss as such loops report it."""
    torch.manual_seed(probe.seed)
    x, t, kernel = (torch.from_numpy(probe.array(name)) for name in ("input", "target", "kernel"))
    options = options_of(call)
    report, zero_grad = options.pop("report", "mean of batches"), options.pop("zero_grad", True)
    w = torch.nn.Parameter(kernel.clone())
    sgd, losses = torch.optim.SGD([w], lr=float(probe.rates[0])), []
    for xs, ts in DataLoader(TensorDataset(x, t), **options):
        if zero_grad:
            sgd.zero_grad()
        loss = torch.nn.functional.mse_loss(xs @ w, ts)
        loss.backward()
        sgd.step()
        losses.append((loss.item(), len(xs)))
    weights = w.detach()
    return {"weights": weights.numpy(), "loss": np.asarray(reported(report, losses, float(((x @ weights - t) ** 2).mean())))}


def reported(report: str, losses: list[tuple[float, int]], after: float) -> float:
    """The mean of the batches' losses, that mean weighted by their sizes, or the loss afterwards."""
    if report == "after":
        return after
    sizes = [size if report == "running mean" else 1 for _, size in losses]
    return sum(loss * size for (loss, _), size in zip(losses, sizes, strict=True)) / sum(sizes)


FAMILIES: Mapping[str, Callable[[FrameworkCall, Probe], Measured]] = {
    "optimizer": optimizer,
    "function": function,
    "layer": layer,
    "initializer": initializer,
    "training": training,
}


def measure(family: str, call: FrameworkCall, probe: Probe) -> Measured:
    """What the call computes on the probe, by name; see ``adapters.Engine.measure_convention``."""
    check_call(call, family, CALLS, "torch")
    return {name: np.asarray(array, dtype="float64") for name, array in FAMILIES[family](call, probe).items()}
