"""What the names of ``fixtures/facts.py`` stand for, by the reference: exact where the arithmetic is rational, else in float64."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np

from adapters.reference.engine import Engine
from adapters.reference.operations import forward_values
from reference.optimization.optimizers import trajectory
from verification import session
from verification.checks import architecture, gradient_descent
from verification.checks.calculation import IRRATIONAL
from verification.checks.precision_claims import arrivals
from verification.seeds import seed_files
from worked_examples import (
    CalculationExample,
    ConventionExample,
    Example,
    GradientDescentExample,
    ImageExample,
    InitializerExample,
    NetworkExample,
    load_all,
)
from worked_examples.expression.functions import plain
from worked_examples.schema.architecture import ArchitectureExample
from worked_examples.schema.base import DECIMAL
from worked_examples.schema.precision import PrecisionExample

Facts = dict[str, Any]


def exact(values: Any) -> Any:
    """Decimal strings in nested lists as exact numbers; other words (``False``) stay what they are."""
    if isinstance(values, list):
        return [exact(entry) for entry in values]
    return Fraction(values) if DECIMAL.fullmatch(values) else values


def page(example: Example) -> Facts:
    """The printed numbers by name, those of drawn results included: one entry for each time that the name is printed."""
    found: Facts = {}
    for block in (*example.printed, *getattr(example, "unreproducible_results", ())):
        for item in block.items:
            found.setdefault(item.name, []).append(exact(item.values))
    return found


@cache
def ours() -> dict[str, Example]:
    """All of our examples."""
    return load_all()


def page_of(name: str) -> Facts:
    """The printed numbers of another example."""
    return page(session.EXAMPLES.get(name) or ours()[name])


def claims_of(name: str) -> Facts:
    """For every claim that was put to many seeds, the share for which it holds."""
    return {claim["says"]: claim["share"] for claim in seed_files.committed(name).get("claims", [])}


def rationally(calculate: Callable[[str], Any]) -> Any:
    """What is calculated in exact rationals where the arithmetic is rational, else in float64."""
    try:
        return calculate("rational")
    except IRRATIONAL:
        return calculate("float64")


def of_network(example: NetworkExample) -> Facts:
    """Data and initial weights, and one pass with them."""
    layers = example.network.layers
    found = Engine().evaluate(example, None, "float64")
    return {
        "input": plain(example.data.numbers("rational")[0]) if not example.data.random else [],
        "target": plain(example.data.numbers("rational")[1]) if not example.data.random else [],
        "kernels": [exact(layer.kernel) for layer in layers],
        "biases": [exact(layer.bias) for layer in layers],
        "outputs": [plain(output) for output in found.outputs],
        "loss": float(found.loss),
        "kernel_gradients": [plain(pair.kernel) for pair in found.gradients],
        "bias_gradients": [plain(pair.bias) for pair in found.gradients],
        "stop_epoch": example.training.criterion.epoch if example.training and example.training.stopping_criterion else None,
    }


def of_calculation(example: CalculationExample) -> Facts:
    """Inputs as printed, and steps and gradients."""
    found = rationally(lambda number_type: Engine().calculate(example, number_type))
    gradients = {f"d_{name}": plain(np.asarray(array)) for name, array in found.gradients.items()}
    inputs = {name: exact(values) for name, values in example.inputs.items()}
    return {**{name: plain(np.asarray(array)) for name, array in found.values.items()}, **gradients, **inputs}


def of_descent(example: GradientDescentExample) -> Facts:
    """Starts and ends of the runs, exactly and by the book's program; the function, and its difference quotient in float64."""
    named = {run.name: run for run in example.runs}

    def f(name: str, x: Any) -> Any:
        values = forward_values(example.calculation(named[name]), "rational", {"x": np.array(x, dtype=object)})
        return plain(values[named[name].value][()])

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


def of_architecture(example: ArchitectureExample) -> Facts:
    """Every layer's kind and counts, and how many layers with weights follow each other."""
    counts = architecture.counts(example, "reference")
    found: Facts = {"kinds": {unit.name: unit.type for unit in example.units}}
    found |= {"shapes": {name: plain(count.shape) for name, count in counts.items()}}
    found |= {what: {name: Fraction(getattr(count, what)) for name, count in counts.items()} for what in ("weights", "biases")}
    found["macs"] = {name: Fraction(count.macs) for name, count in counts.items()}
    return found | {"depth": Fraction(architecture.depth(example, counts))}


def of_distributions(example: InitializerExample) -> Facts:
    """The inputs by formula, and the standard deviations of the samples that the reference draws."""
    return {
        "fan_in": {one.formula: Fraction(one.fan_in) for one in example.distributions},
        "deviations": {one.formula: float(Engine().sample_initializer(one).std()) for one in example.distributions},
    }


def parameters_after(rule: str, gradients: list[Any], options: Mapping[str, Any]) -> list[float]:
    """Where a parameter stands after each step of an optimizer at rate 1 from 0, given the gradients and the rule's options."""
    floats: Any = {name: value if isinstance(value, str) else float(value) for name, value in options.items()}
    given = [np.array(float(gradient)) for gradient in gradients]
    return [float(point) for point in trajectory(rule, np.array(0.0), given, list(repeat(1.0, len(given))), **floats)]


def of_learning(example: ImageExample) -> Facts:
    """For every printed result its value for each of many seeds, by the result's title."""
    return {"seeds": {quantity["name"]: quantity["values"] for quantity in seed_files.committed(example.id).get("quantities", [])}}


OF_KIND: Mapping[type[Example], Callable[[Any], Facts]] = {
    NetworkExample: of_network,
    CalculationExample: of_calculation,
    GradientDescentExample: of_descent,
    ArchitectureExample: of_architecture,
    PrecisionExample: lambda example: {"reaches_printed_epoch": arrivals(example.dtype, "reference")},
    InitializerExample: of_distributions,
    ConventionExample: lambda _: {"parameters_after": parameters_after},
    ImageExample: of_learning,
}


def facts(example: Example) -> Facts:
    """Everything that a proof of this example may use, by name."""
    own = next((of_kind(example) for kind, of_kind in OF_KIND.items() if isinstance(example, kind)), {})
    return {**own, "printed": page(example), "printed_in": page_of, "seed_claims_of": claims_of}
