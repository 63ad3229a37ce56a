"""The numbers of a network from parameters that are balls, at the precision of a floating-point type: as wide as rounding."""

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import Any

import flint
import numpy as np

from adapters import Array, Parameters
from adapters.reference.training import Trainer
from adapters.schedule import batches_at
from reference.graph import forward
from verification.exact import arithmetic
from verification.rounding.running_bound import bits_of
from verification.rounding.running_error import rounded_value
from verification.runs.measured import Numbers
from verification.runs.quantity_values import Snapshot
from worked_examples import NetworkExample, numbers
from worked_examples.schema.quantities import Formula


class BallNumbers(Numbers):
    """What a floating-point type may give, enclosed, whatever the order of summation.

    Raises:
        UndecidedError: by all that computes, where a comparison is open, or the parameters are not known.

    """

    number_type = "ball"

    def __init__(self, example: NetworkExample, dtype: str) -> None:
        super().__init__(example)
        self.dtype = dtype

    @abstractmethod
    def parameters(self, epoch: int) -> list[Parameters] | None:
        """The parameters at an epoch; None where training ends before it."""

    @abstractmethod
    def bits(self, example: NetworkExample) -> int:
        """The precision of a pass over an example's data."""

    def bits_of_sum(self, n_terms: int) -> int:
        """The precision of a formula with a sum of so many terms."""
        return bits_of(self.dtype, n_terms)

    def snapshot(self, epoch: int, data: str) -> Snapshot | None:
        """See ``Numbers``."""
        layers = self.parameters(epoch)
        return None if layers is None else self.once(epoch, data, lambda: self.evaluated(self.example.with_data(data), layers))

    def evaluated(self, example: NetworkExample, layers: list[Parameters]) -> Snapshot:
        """One pass over an example's data."""
        with flint.ctx.workprec(self.bits(example)):
            return Snapshot(layers, arithmetic.evaluate_balls(example, layers))

    def before_updates(self, epoch: int) -> list[Snapshot] | None:
        """See ``Numbers``."""
        start = self.parameters(epoch)
        if start is None or self.parameters(epoch + 1) is None:
            return None

        def compute() -> list[Snapshot]:
            with flint.ctx.workprec(self.bits(self.example)):
                trainer = Trainer(self.example, "ball")
                trainer.restore(epoch, start)
                batches = list(zip(trainer.before_updates(), batches_at(self.example, epoch), strict=True))
            return [self.evaluated(self.example.with_samples(batch.tolist()), layers) for layers, batch in batches]

        return self.once(epoch, "before updates", compute)

    def operand(self, array: Any) -> Array:
        """See ``Numbers``."""
        known = np.asarray(array)
        with flint.ctx.workprec(self.bits_of_sum(1)):
            return known if known.dtype == object else numbers(known, "ball")

    def constant(self, number: float) -> Any:
        """See ``Numbers``."""
        return flint.arb(number)

    def learning_rate(self, epoch: int) -> Any:
        """See ``Numbers``; a program may keep it in the type or in a wider one."""
        bits = self.bits_of_sum(1)
        with flint.ctx.workprec(bits):
            return super().learning_rate(epoch) * flint.arb(1, 2.0**-bits)

    def mean(self, values: Any, weights: Any) -> Any:
        """See ``Numbers``."""
        with flint.ctx.workprec(self.bits_of_sum(len(values))):
            return super().mean(values, weights)

    def total(self, values: Any) -> Any:
        """See ``Numbers``; every term as wide as another order of summation may make it."""
        with flint.ctx.workprec(self.bits_of_sum(len(values))):
            unit = flint.arb(1, 2.0**-flint.ctx.prec)
            return super().total([value * unit for value in values])

    def value(self, formula: Formula, operands: Mapping[str, Array]) -> Array:
        """See ``Numbers``."""
        bits = self.bits_of_sum(1)
        with flint.ctx.workprec(bits):
            texts = {text: numbers(text, "ball") for text in formula.compiled.constants}
        return forward(formula.compiled.nodes, {**operands, **texts}, value=partial(rounded_value, bits))[formula.name]
