"""Conventions on the reference: a formula of the book on the probe, in any number type."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from adapters.protocol import Array
from adapters.reference.layers import LAYERS
from adapters.sample_statistics import BEYOND_TWO_SD
from reference.activations import ACTIVATIONS
from reference.convention_formulas import FORMULAS
from reference.initializers import STANDARD_DEVIATIONS
from reference.optimization.optimizers import trajectory
from reference.optimization.weight_decay import DECAYS
from worked_examples.schema.framework_call import FrameworkCall, Probe, value

Measured = dict[str, Array]


def options_of(call: FrameworkCall, number_type: str) -> dict[str, Any]:
    """The options as values."""
    return {name: value(text, number_type) for name, text in call.options.items()}


def optimizer(call: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The parameters after every step."""
    start, gradients = probe.array("start", number_type), probe.array("gradients", number_type)
    options = options_of(call, number_type)
    turns = [value(text, number_type) for text in probe.rates] or [options.pop("rate")]
    rates = [value(call.times, number_type) * turns[step % len(turns)] for step in range(len(gradients))]
    if call.before:
        options["decay"] = partial(DECAYS[call.before.call], **options_of(call.before, number_type))
    return {"parameters": np.array(trajectory(call.call, start, gradients, rates, **options))}


def function(call: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The value, and the gradient with respect to the first array."""
    formula, options, factor = FORMULAS[call.call], options_of(call, number_type), value(call.times, number_type)
    x, *others = probe.given(call, number_type)
    with np.errstate(all="ignore"):  # an infinite value is what some formulas give
        y = ACTIVATIONS[call.before.call].value(x) if call.before else x
        gradient = formula.gradient(y, *others, **options)
        if call.before:
            gradient = ACTIVATIONS[call.before.call].backward(x, y, gradient)
        return {"value": np.asarray(factor * formula.value(y, *others, **options)), "gradient": np.asarray(factor * gradient)}


def layer(call: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The outputs of a layer with given parameters."""
    x, *parameters = (probe.array(name, number_type) for name in ("input", *probe.loaded(call)))
    outputs = LAYERS[call.call](options_of(call, number_type), x, *parameters)
    return {name: np.asarray(array) for name, array in outputs.items()}


def initializer(call: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The statistics of a distribution: its standard deviation, and the fraction of it beyond two of them.

    The fraction is 1 - erf(sqrt 2) for a normal distribution, and 0 for a uniform one and for zeros.
    """
    of_normal = value("0.04550026389635841440", number_type)
    if call.call == "normal":
        return statistics(value(call.options["deviation"], number_type), of_normal)
    if call.call == "zeros":
        return statistics(0 * of_normal, 0 * of_normal)
    name, _, uniform = call.call.partition(" ")
    deviation = STANDARD_DEVIATIONS[name](*(value(str(fan), number_type) for fan in probe.fans))
    return statistics(deviation, 0 * of_normal if uniform else of_normal)


def statistics(deviation: Any, beyond: Any) -> Measured:
    """The statistics of an initializer under their names; its mean is 0."""
    return {"mean": np.asarray(0 * deviation), "deviation": np.asarray(deviation), BEYOND_TWO_SD: np.asarray(beyond)}


def training(call: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """One epoch over the data in order, batch by batch, with one linear layer: the weights, and the loss as it is reported."""
    x, t, w = (probe.array(name, number_type) for name in ("input", "target", "kernel"))
    learning_rate = value(probe.rates[0], number_type)
    batch_size, report = int(str(call.options["batch_size"])), call.options["report"]
    mean_squared_error = FORMULAS["mean squared error"]
    losses, sizes = [], []
    for start in range(0, len(x), batch_size):
        xs, ts = x[start : start + batch_size], t[start : start + batch_size]
        losses.append(mean_squared_error.value(xs @ w, ts))
        sizes.append(len(xs))
        w = w - learning_rate * (xs.T @ mean_squared_error.gradient(xs @ w, ts))
    if report == "after":
        return {"weights": w, "loss": np.asarray(mean_squared_error.value(x @ w, t))}
    weights = sizes if report == "running mean" else [1] * len(sizes)
    total = sum(loss * weight for loss, weight in zip(losses, weights, strict=True))
    return {"weights": w, "loss": np.asarray(total / sum(weights))}


FAMILIES: Mapping[str, Callable[[FrameworkCall, Probe, str], Measured]] = {
    "optimizer": optimizer,
    "function": function,
    "layer": layer,
    "initializer": initializer,
    "training": training,
}


def measure(family: str, call: FrameworkCall, probe: Probe, number_type: str = "float64") -> Measured:
    """What the call computes on the probe, by name, in a number type."""
    return FAMILIES[family](call, probe, number_type)
