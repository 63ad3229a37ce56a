"""The book's side of a dialect: a formula of the reference on the probe, in any number type."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from adapters import Array
from adapters.reference.layers import LAYERS
from adapters.sample_statistics import BEYOND_TWO_SD
from reference.activations import ACTIVATIONS
from reference.convention_formulas import FORMULAS
from reference.initializers import STANDARD_DEVIATIONS
from reference.optimization.optimizers import trajectory
from reference.optimization.weight_decay import DECAYS
from worked_examples.schema.framework_call import FrameworkCall, Probe, value

Measured = dict[str, Array]


def options_of(expression: FrameworkCall, number_type: str) -> dict[str, Any]:
    """The options as values."""
    return {name: value(text, number_type) for name, text in expression.options.items()}


def optimizer(expression: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The parameter after every step."""
    start, gradients = probe.array("start", number_type), probe.array("gradients", number_type)
    options = options_of(expression, number_type)
    own = [options.pop("rate")] if not probe.rates else [value(rate, number_type) for rate in probe.rates]
    rates = [value(expression.times, number_type) * own[step % len(own)] for step in range(len(gradients))]
    if expression.before:
        options["decay"] = partial(DECAYS[expression.before.call], **options_of(expression.before, number_type))
    return {"parameters": np.array(trajectory(expression.call, start, gradients, rates, **options))}


def function(expression: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The value, and the gradient by the first array."""
    formula, options, times = FORMULAS[expression.call], options_of(expression, number_type), value(expression.times, number_type)
    x, *others = probe.given(expression, number_type)
    with np.errstate(all="ignore"):  # an infinite value is what some formulas give
        if not expression.before:
            return named(times * formula.value(x, *others, **options), times * formula.gradient(x, *others, **options))
        before = ACTIVATIONS[expression.before.call]
        y = before.value(x)
        slope = before.backward(x, y, formula.gradient(y, *others, **options))
        return named(times * formula.value(y, *others, **options), times * slope)


def named(found: Any, slope: Any) -> Measured:
    """A value and a gradient under their names."""
    return {"value": np.asarray(found), "gradient": np.asarray(slope)}


def permuted(array: Array, expression: FrameworkCall, name: str) -> Array:
    """An array of the book as a call wants it: its gates in another order, then its axes."""
    if expression.gates and name not in ("input", "output"):
        parts = np.split(array, len(expression.gates), axis=-1)
        array = np.concatenate([parts[gate] for gate in expression.gates], axis=-1)
    return np.transpose(array, expression.axes[name]) if name in expression.axes else array


def layer(expression: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """What a layer with given parameters gives."""
    x, *parameters = (probe.array(name, number_type) for name in ("input", *probe.loaded(expression)))
    found = LAYERS[expression.call](options_of(expression, number_type), x, *parameters)
    return {name: np.asarray(array) for name, array in found.items()}


def initializer(expression: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """The distribution that is meant: its standard deviation, and how much of it lies beyond two of them.

    That is 1 - erf(sqrt 2) of a normal distribution, and nothing of a uniform one or of one that is 0 throughout.
    """
    fans, normal = probe.fans, value("0.04550026389635841440", number_type)
    if expression.call == "normal":
        return {"deviation": np.asarray(value(expression.options["deviation"], number_type)), BEYOND_TWO_SD: np.asarray(normal)}
    if expression.call == "zeros":
        return {"deviation": np.asarray(0 * normal), BEYOND_TWO_SD: np.asarray(0 * normal)}
    name, _, uniform = expression.call.partition(" ")
    deviation = STANDARD_DEVIATIONS[name](*(value(str(fan), number_type) for fan in fans))
    return {"deviation": np.asarray(deviation), BEYOND_TWO_SD: np.asarray(0 * normal if uniform else normal)}


def training(expression: FrameworkCall, probe: Probe, number_type: str) -> Measured:
    """Passes over the data in order, batch by batch, through one linear unit: the weights, and the loss as it is reported."""
    x, t, w = (probe.array(name, number_type) for name in ("input", "target", "kernel"))
    rate, size, report = (
        value(probe.rates[0], number_type),
        int(str(expression.options["batch_size"])),
        expression.options["report"],
    )
    losses, sizes = [], []
    for first in range(0, len(x), size):
        xs, ts = x[first : first + size], t[first : first + size]
        losses.append(((xs @ w - ts) ** 2).sum() / ts.size)
        sizes.append(len(xs))
        w = w - rate * (2 * xs.T @ (xs @ w - ts) / ts.size)
    if report == "after":
        return {"weights": w, "loss": np.asarray(((x @ w - t) ** 2).sum() / t.size)}
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


def measure(family: str, expression: FrameworkCall, probe: Probe, number_type: str = "float64") -> Measured:
    """What the expression gives on the probe, by name."""
    return FAMILIES[family](expression, probe, number_type)
