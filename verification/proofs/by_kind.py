"""What the names in proofs stand for, by kind of example: exact where the arithmetic is rational, else in float64."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np

from adapters import Array
from adapters.reference.engine import Engine
from reference.optimization.optimizers import trajectory
from reference.sizes import depth
from verification.case import Case
from verification.exact.calculations import exact_calculation
from verification.proofs.exact import exact_numbers
from verification.seeds import seed_files
from worked_examples import (
    CalculationExample,
    ConventionExample,
    ImageExample,
    NetworkExample,
    SizedNetworkExample,
)
from worked_examples.expression.functions import plain
from worked_examples.schema.layers.base import LayerBase

Facts: TypeAlias = dict[str, Any]


def network_facts(case: Case[NetworkExample]) -> Facts:
    """Data and initial weights, and one pass with them."""
    example = case.example
    layers = example.network.layers
    evaluation = Engine().evaluate(example, None, "float64")
    return {
        "input": plain(example.data.numbers("rational")[0]) if not example.data.random else [],
        "target": plain(example.data.numbers("rational")[1]) if not example.data.random else [],
        "kernels": [given(layer, "kernel") for layer in layers],
        "biases": [given(layer, "bias") for layer in layers],
        "outputs": [plain(output) for output in evaluation.outputs],
        "loss": float(evaluation.loss),
        "kernel_gradients": [plain(pair.kernel) for pair in evaluation.gradients],
        "bias_gradients": [plain(pair.bias) for pair in evaluation.gradients],
        "stop_epoch": example.training.criterion.epoch if example.training and example.training.stopping_criterion else None,
    }


def given(layer: LayerBase, name: str) -> Any:
    """A parameter of a layer, exactly; none where the layer does not have it."""
    return exact_numbers(layer.parameters[name]) if name in layer.parameters else []


def calculation_facts(case: Case[CalculationExample]) -> Facts:
    """Inputs as printed, and steps and gradients: fractions where the whole array is rational, else the floats of the reference.

    Of what an iteration computes, a list with its values in all passes; that of a state begins with its value at the start.
    """
    example, floats = case.example, Engine().calculate(case.example, "float64")
    exact = exact_calculation(case.session, example)
    values = {name: fractions_or(array, floats.values[name]) for name, array in exact.values.items()}
    values |= {name: [values[node] for node in nodes] for name, nodes in example.unrolled.repeated_names().items()}
    gradients = {f"d_{name}": fractions_or(array, floats.gradients[name]) for name, array in exact.gradients.items()}
    inputs = {name: exact_numbers(values) for name, values in example.inputs.items()}
    named = {*example.names, *(f"d_{name}" for name in example.names)}  # no numbers, and no formulas inside of others
    return {name: fact for name, fact in {**inputs, **values, **gradients}.items() if name in named}


def fractions_or(exact: Array, floats: Array) -> Any:
    """Exact numbers as fractions in nested lists; floats where one of them is not rational."""
    fractions = np.asarray(np.frompyfunc(lambda entry: entry.rational, 1, 1)(exact), dtype=object)
    return plain(floats) if any(fraction is None for fraction in fractions.flat) else plain(fractions)


def size_facts(case: Case[SizedNetworkExample]) -> Facts:
    """Every layer's type and counts by its name, or number, and how many layers with kernels follow each other."""
    layers, counts = case.example.network.layers, case.example.counts
    names = [layer.name or f"layer {number}" for number, layer in enumerate(layers, 1)]
    facts: Facts = {"kinds": {name: layer.type for name, layer in zip(names, layers, strict=True)}}
    facts["shapes"] = {name: plain(count.shape) for name, count in zip(names, counts, strict=True)}
    for what in ("weights", "biases", "macs"):
        facts[what] = {name: Fraction(getattr(count, what)) for name, count in zip(names, counts, strict=True)}
    return facts | {"depth": Fraction(depth(counts, case.example.network.sources))}


def parameters_after(rule: str, gradients: list[Any], options: Mapping[str, Any]) -> list[float]:
    """A parameter after each step of an optimizer at learning rate 1 from 0, given the gradients and the options."""
    floats: Any = {name: value if isinstance(value, str) else float(value) for name, value in options.items()}
    given = [np.array(float(gradient)) for gradient in gradients]
    return [float(point) for point in trajectory(rule, np.array(0.0), given, list(repeat(1.0, len(given))), **floats)]


def convention_facts(_: Case[ConventionExample]) -> Facts:
    """An optimizer to try."""
    return {"parameters_after": parameters_after}


def image_facts(case: Case[ImageExample]) -> Facts:
    """For every printed result its value for each of many seeds, by the result's title."""
    return {"seeds": {quantity.name: quantity.values for quantity in seed_files.quantities(case.example)}}


OF_KIND: Mapping[type[Any], Callable[[Any], Facts]] = {
    NetworkExample: network_facts,
    CalculationExample: calculation_facts,
    SizedNetworkExample: size_facts,
    ConventionExample: convention_facts,
    ImageExample: image_facts,
}
