"""What certified parameters give on the way of a pass: pre-activations, gradients by them and by outputs, terms of the loss."""

from typing import Any

import flint
import numpy as np

from adapters import Array, Intermediates, Parameters
from adapters.reference.engine import Engine
from reference.comparisons import UndecidedError
from verification.certification.certified_value import ENCLOSURE_BITS, certified_value, enclosure
from worked_examples import NetworkExample
from worked_examples.exact_numbers import Exact


def exact_intermediates(example: NetworkExample, certified: list[Parameters]) -> Intermediates:
    """The intermediates of certified parameters; without a certain digit where a comparison is open."""
    with flint.ctx.workprec(ENCLOSURE_BITS):
        parameters = [Parameters(*(exact_numbers(array) for array in layer)) for layer in certified]
        try:
            return evaluate_exactly(example, parameters)
        except UndecidedError:
            shapes = example.network.shapes(example.data.shapes[0][1])
            unknown = [np.full((example.data.samples, *shape), flint.arb("nan"), dtype=object) for shape in shapes]
            return Intermediates(unknown, unknown, unknown, unknown[-1], unknown[-1][0, 0])


def evaluate_exactly(example: NetworkExample, parameters: list[Parameters]) -> Intermediates:
    """The intermediates by the reference, in exact numbers."""
    known = Engine().evaluate(example, parameters, "exact").intermediates
    assert known is not None
    return known


def exact_number(known: Any) -> Exact:
    """A certified string, or a ball, that is exact as a rational, else an enclosure."""
    if isinstance(known, Exact):
        return known
    value = certified_value(known)
    return Exact(enclosure(known)) if value.radius else Exact.read(str(value.decimal))


def exact_numbers(known: Array) -> Array:
    """Certified strings, or balls, as exact numbers."""
    return np.asarray(np.frompyfunc(exact_number, 1, 1)(known), dtype=object)
