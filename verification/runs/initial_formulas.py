"""The formulas of a network at its initial parameters, on an engine and in balls, with its own data and with further ones."""

from collections.abc import Iterator
from typing import NamedTuple

import flint
import numpy as np

from adapters import Array, Parameters
from adapters.calculation import UnsupportedError
from reference.comparisons import UndecidedError
from verification.arithmetics.ball_numbers import BallNumbers
from verification.case import Case
from verification.exact import arithmetic
from verification.runs.engine_numbers import EngineNumbers, UndefinedFormulaError
from verification.runs.measured import Numbers
from verification.runs.networks import evaluate
from verification.runs.quantity_values import Snapshot
from worked_examples import FixtureError, NetworkExample
from worked_examples.printed.initial_quantities import data_of
from worked_examples.printed.quantities import Quantity
from worked_examples.schema.kinds.network_print import fault_of


class InitialBalls(BallNumbers):
    """What the initial parameters give in balls of a precision."""

    def __init__(self, example: NetworkExample, bits: int) -> None:
        super().__init__(example, "float64")
        self.precision = bits

    def parameters(self, epoch: int) -> list[Parameters] | None:
        """See ``BallNumbers``; None at any other epoch."""
        if epoch:
            return None
        with flint.ctx.workprec(self.precision):
            return arithmetic.initial(self.example, "ball")

    def bits(self, example: NetworkExample) -> int:  # noqa: ARG002 -- the same for all data
        """See ``BallNumbers``."""
        return self.precision

    def bits_of_sum(self, n_terms: int) -> int:  # noqa: ARG002 -- the same for all sums
        """See ``BallNumbers``."""
        return self.precision


class InitialNumbers(EngineNumbers):
    """What an engine gives for the initial parameters; nothing is trained."""

    def snapshot(self, epoch: int, data: str) -> Snapshot | None:
        """See ``Numbers``; None at any other epoch."""
        example, layers = self.example.with_data(data), arithmetic.initial(self.example, self.case.dtype)
        return None if epoch else self.once(0, data, lambda: Snapshot(layers, evaluate(self.case.of(example), layers)))


class FormulaValue(NamedTuple):
    """A formula of some data: its words, what the engine computed, what is exact, and how far rounding may take the engine.

    ``reason`` is why nothing is compared; empty where something is.
    """

    words: str
    computed: Array
    exact: Array
    bound: Array
    reason: str = ""


def quantities(example: NetworkExample) -> Iterator[Quantity]:
    """The formulas of an example, of its data and of all further data that they can be of."""
    for name in example.formulas:
        for data in ("", *example.further_data):
            found = Quantity("formula", formula=name, data=data)
            if not fault_of(example, found):
                yield found


def formula_values(case: Case[NetworkExample]) -> Iterator[FormulaValue]:
    """Every formula of an example at its initial parameters."""
    exact, rough = (InitialBalls(case.example, bits) for bits in (arithmetic.EXACT, arithmetic.BITS[case.dtype]))
    empty = np.zeros(0)
    for found in quantities(case.example):
        try:
            computed, known, wide = (initial_array(numbers, found) for numbers in (InitialNumbers(case), exact, rough))
        except (UndecidedError, UnsupportedError) as reason:
            yield FormulaValue(str(found), empty, empty, empty, str(reason))
            continue
        except UndefinedFormulaError:
            yield FormulaValue(str(found), empty, empty, empty, "it has no value at the initial parameters")
            continue
        except FixtureError as reason:
            if found.data in data_of(case.example, found.formula):
                raise
            yield FormulaValue(str(found), empty, empty, empty, f"it does not fit, and nothing is printed of it: {reason}")
            continue
        if any(ball.is_nan() for ball in known.flat if isinstance(ball, flint.arb)):
            yield FormulaValue(str(found), empty, empty, empty, "it has no exact value at the initial parameters")
            continue
        bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(wide), dtype=float)
        yield FormulaValue(str(found), computed, known, bound)


def initial_array(numbers: Numbers, found: Quantity) -> Array:
    """The array of a quantity at the initial parameters."""
    moment = numbers.moment(0, 0, found.data)
    assert moment is not None
    return np.asarray(numbers.array(found, moment))
