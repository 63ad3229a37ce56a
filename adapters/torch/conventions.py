"""PyTorch's side of a dialect: its own classes and functions on the probe."""

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

from adapters import Array
from adapters.reference.conventions import Measured, permuted
from adapters.sample_statistics import sample_statistics
from worked_examples.schema.framework_call import FrameworkCall, Probe, value


def plain(found: Any) -> Any:
    """An option as PyTorch takes it: a Python number or a tensor, a pair for two of them."""
    if isinstance(found, list):
        return tuple(plain(entry) for entry in found)
    return found.item() if isinstance(found, np.generic) else found


def options_of(expression: FrameworkCall) -> dict[str, Any]:
    """The options as values; class weights are a tensor."""
    options = {name: plain(value(text)) for name, text in expression.options.items()}
    return options | ({"weight": torch.tensor(options["weight"], dtype=torch.float64)} if "weight" in options else {})


def call(expression: FrameworkCall) -> Any:
    """The module or function that an expression names, with its options."""
    found, options = attrgetter(expression.call)(torch), options_of(expression)
    if not inspect.isclass(found):
        return partial(found, **options)
    made: Any = found(**options)
    return made.double()


def optimizer(expression: FrameworkCall, probe: Probe) -> Measured:
    """The parameter after every ``step``."""
    parameter = torch.nn.Parameter(torch.from_numpy(probe.array("start").copy()))
    made, points = attrgetter(expression.call)(torch)([parameter], **options_of(expression)), []
    for step, gradient in enumerate(probe.array("gradients")):
        parameter.grad = torch.from_numpy(gradient.copy())
        if probe.rates:
            made.param_groups[0]["lr"] = float(expression.times) * float(probe.rates[step % len(probe.rates)])
        made.step()
        points.append(parameter.detach().numpy().copy())
    return {"parameters": np.array(points)}


def function(expression: FrameworkCall, probe: Probe) -> Measured:
    """Value and gradient; a maximum over an axis comes with indices, which are left out."""
    x, *others = (torch.from_numpy(array) for array in probe.given(expression))
    x.requires_grad_()
    if "labels" in expression.takes:
        others = [other.long() for other in others]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "reduction: 'mean' divides", UserWarning)  # which is what the dialect is about
        found: Any = call(expression)(call(expression.before)(x) if expression.before else x, *others)
    found = (found[0] if isinstance(found, tuple) else found) * float(expression.times)
    (gradient,) = torch.autograd.grad(found.sum(), [x])
    return {"value": found.detach().numpy(), "gradient": gradient.numpy()}


def layer(expression: FrameworkCall, probe: Probe) -> Measured:
    """What the layer gives with the book's parameters; where training differs from inference, both."""
    made: Any = attrgetter(expression.call)(torch)(**options_of(expression))
    made = made if expression.dtype == "default" else made.double()
    for parameter, name in zip(made.state_dict().values(), probe.loaded(expression), strict=False):
        parameter.copy_(torch.from_numpy(permuted(probe.array(name), expression, name).copy()))
    dtype = next((parameter.dtype for parameter in made.parameters()), torch.float64)
    x = torch.from_numpy(permuted(probe.array("input"), expression, "input").copy()).to(dtype)
    output = outcome(made, call(expression.before)(x) if expression.before else x)
    if isinstance(made, torch.nn.Dropout):
        return {"training": output.max(), "inference": outcome(made.eval(), x).max()}
    if not isinstance(made, torch.nn.BatchNorm1d):
        return {"output": permuted(output, expression, "output")}
    running = {
        f"running {name}": made.state_dict()[f"running_{key}"].numpy() for name, key in (("mean", "mean"), ("variance", "var"))
    }
    return {"output": output, **running, "inference": outcome(made.eval(), x)}


def outcome(made: Any, x: Tensor) -> Array:
    """The output of a layer; recurrent layers give their last state besides."""
    with torch.no_grad():
        found = made(x)
    output: Array = (found[0] if isinstance(found, tuple) else found).numpy()
    return output


def initializer(expression: FrameworkCall, probe: Probe) -> Measured:
    """Statistics of what an initializer, or a layer left to itself, draws; the fan of ``nn.init`` is that of ``(out, in)``."""
    torch.manual_seed(probe.seed)
    name, _, part = expression.call.partition(" ")
    if not part:
        weight = torch.empty(probe.fans[1], probe.fans[0], dtype=torch.float64)
        call(expression)(weight)
        return sample_statistics(weight.numpy())
    made = attrgetter(name)(torch)(*probe.fans)
    wanted = next(parameter for key, parameter in made.named_parameters() if part in key or (part == "kernel" and "weight" in key))
    return sample_statistics(wanted.detach().double().numpy())


def training(expression: FrameworkCall, probe: Probe) -> Measured:
    """One pass of a loop over a ``DataLoader``: the weights, and the loss as such loops report it."""
    torch.manual_seed(probe.seed)
    x, t, kernel = (torch.from_numpy(probe.array(name)) for name in ("input", "target", "kernel"))
    options = options_of(expression)
    report, clears = options.pop("report", "mean of batches"), options.pop("zero_grad", True)
    w = torch.nn.Parameter(kernel.clone())
    made, losses = torch.optim.SGD([w], lr=float(probe.rates[0])), []
    for xs, ts in DataLoader(TensorDataset(x, t), **options):
        if clears:
            made.zero_grad()
        loss = torch.nn.functional.mse_loss(xs @ w, ts)
        loss.backward()
        made.step()
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


def measure(family: str, expression: FrameworkCall, probe: Probe) -> Measured:
    """What the expression gives on the probe, by name."""
    return {name: np.asarray(found, dtype="float64") for name, found in FAMILIES[family](expression, probe).items()}
