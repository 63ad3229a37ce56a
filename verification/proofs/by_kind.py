"""The facts of an example by its kind, from the reference: exact where the arithmetic is rational, else in float64."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import repeat
from typing import Any

import numpy as np

from adapters.reference.engine import Engine, valued
from reference.optimization.optimizers import trajectory
from verification.checks import architecture, gradient_descent
from verification.checks.calculation import IRRATIONAL
from verification.checks.precision_claims import arrivals
from verification.proofs.exact import exact
from verification.seeds import seed_files
from worked_examples import (
    CalculationExample,
    ConventionExample,
    Example,
    GradientDescentExample,
    ImageExample,
    InitializerExample,
    NetworkExample,
)
from worked_examples.expression.functions import plain
from worked_examples.schema.architecture import ArchitectureExample
from worked_examples.schema.precision import PrecisionExample

Facts = dict[str, Any]


def rational_or_float64(calculate: Callable[[str], Any]) -> Any:
    """The result of ``calculate(number_type)`` in exact rationals where the arithmetic is rational, else in float64."""
    try:
        return calculate("rational")
    except IRRATIONAL:
        return calculate("float64")


def network_facts(example: NetworkExample) -> Facts:
    """Data and initial weights, and one pass with them."""
    layers, evaluation = example.network.layers, Engine().evaluate(example, None, "float64")
    x, t = example.data.numbers("rational") if not example.data.random else ([], [])
    return {
        "input": plain(x),
        "target": plain(t),
        "kernels": [exact(layer.kernel) for layer in layers],
        "biases": [exact(layer.bias) for layer in layers],
        "outputs": [plain(output) for output in evaluation.outputs],
        "loss": float(evaluation.loss),
        "kernel_gradients": [plain(pair.kernel) for pair in evaluation.gradients],
        "bias_gradients": [plain(pair.bias) for pair in evaluation.gradients],
        "stop_epoch": example.training.criterion.epoch if example.training and example.training.stopping_criterion else None,
    }


def calculation_facts(example: CalculationExample) -> Facts:
    """Inputs as printed, and steps and gradients."""
    found = rational_or_float64(lambda number_type: Engine().calculate(example, number_type))
    gradients = {f"d_{name}": plain(np.asarray(array)) for name, array in found.gradients.items()}
    inputs = {name: exact(values) for name, values in example.inputs.items()}
    return {**{name: plain(np.asarray(array)) for name, array in found.values.items()}, **gradients, **inputs}


def gradient_descent_facts(example: GradientDescentExample) -> Facts:
    """Starts and ends of the runs, exact and by the book's program; the function, and its finite difference in float64."""
    named = {run.name: run for run in example.runs}

    def f(name: str, x: Any) -> Any:
        return plain(valued(example.calculation(named[name]), "rational", np.array(x, dtype=object))[1][named[name].value][()])

    def difference(name: str, x: Any, h: Any) -> Any:
        other = example.model_copy(update={"h": repr(float(h))})
        return plain(gradient_descent.numerical(other, named[name], np.array(x, dtype=float)))

    return {
        "h": exact(example.h),
        "starts": {name: exact(run.start) for name, run in named.items()},
        "gradients": {
            name: plain(Engine().calculate(example.calculation(run), "rational").gradients["x"]) for name, run in named.items()
        },
        "ends": {name: plain(gradient_descent.points(example, run)[-1]) for name, run in named.items()},
        "exact_ends": {name: plain(Engine().descend(example, run, "rational")) for name, run in named.items()},
        "f": f,
        "difference": difference,
    }


def architecture_facts(example: ArchitectureExample) -> Facts:
    """Every layer's kind, shape and counts, and the depth: how many layers with weights follow each other."""
    counts = architecture.counts(example, "reference")
    return {
        "kinds": {unit.name: unit.type for unit in example.units},
        "shapes": {name: plain(count.shape) for name, count in counts.items()},
        "weights": {name: Fraction(count.weights) for name, count in counts.items()},
        "biases": {name: Fraction(count.biases) for name, count in counts.items()},
        "macs": {name: Fraction(count.macs) for name, count in counts.items()},
        "depth": Fraction(architecture.depth(example, counts)),
    }


def initializer_facts(example: InitializerExample) -> Facts:
    """The inputs of each formula, and the standard deviations of the reference's samples."""
    return {
        "fan_in": {formula.formula: Fraction(formula.fan_in) for formula in example.distributions},
        "deviations": {formula.formula: float(Engine().draw(formula).std()) for formula in example.distributions},
    }


def parameters_after(optimizer: str, gradients: list[Any], options: Mapping[str, Any]) -> list[float]:
    """A parameter after each step of an optimizer from 0 with learning rate 1, given the gradients and the optimizer's options."""
    floats: Any = {name: value if isinstance(value, str) else float(value) for name, value in options.items()}
    given = [np.array(float(gradient)) for gradient in gradients]
    return [float(point) for point in trajectory(optimizer, np.array(0.0), given, list(repeat(1.0, len(given))), **floats)]


def image_facts(example: ImageExample) -> Facts:
    """For every printed result its value for each of many seeds, by the result's title."""
    return {"seeds": {quantity.name: quantity.values for quantity in seed_files.quantities(example.id)}}


BY_KIND: Mapping[type[Example], Callable[[Any], Facts]] = {
    NetworkExample: network_facts,
    CalculationExample: calculation_facts,
    GradientDescentExample: gradient_descent_facts,
    ArchitectureExample: architecture_facts,
    PrecisionExample: lambda example: {"reaches_printed_epoch": arrivals(example.dtype, "reference")},
    InitializerExample: initializer_facts,
    ConventionExample: lambda _: {"parameters_after": parameters_after},
    ImageExample: image_facts,
}


def facts_by_kind(example: Example) -> Facts:
    """What a proof may use of an example because of its kind, by name; empty for a kind without facts."""
    return next((of_kind(example) for kind, of_kind in BY_KIND.items() if isinstance(example, kind)), {})
