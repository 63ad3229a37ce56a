"""The numbers of a network from certified parameters: rational as long as they can be, else in narrow balls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import flint
import numpy as np

from adapters import Array, Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from adapters.schedule import batches_at
from reference.graph import forward
from verification.certification.certified_value import ENCLOSURE_BITS
from verification.runs.intermediates import exact_numbers
from verification.runs.measured import Numbers
from verification.runs.quantity_values import Snapshot
from worked_examples import NetworkExample, numbers
from worked_examples.schema.quantities import Formula

if TYPE_CHECKING:
    from verification.certification.certified_run import CertifiedRun


class CertifiedNumbers(Numbers):
    """What certified parameters give, each pass computed once.

    Raises:
        UndecidedError: by all that computes, where a comparison is open.

    """

    number_type = "exact"

    def __init__(self, example: NetworkExample, known: CertifiedRun) -> None:
        super().__init__(example)
        self.known = known

    def snapshot(self, epoch: int, data: str) -> Snapshot | None:
        """See ``Numbers``; without further data as it is certified."""
        if not data:
            return self.known.snapshot(epoch)
        layers = self.exact_parameters(epoch)
        return None if layers is None else self.once(epoch, data, lambda: evaluated(self.example.with_data(data), layers))

    def exact_parameters(self, epoch: int) -> list[Parameters] | None:
        """The parameters at an epoch, with the state of the optimizer, in exact numbers; None where none are certified."""
        layers = self.known.layers_at(epoch)
        return layers and [Parameters(*(exact_numbers(array) for array in layer)) for layer in layers]

    def before_updates(self, epoch: int) -> list[Snapshot] | None:
        """See ``Numbers``."""
        start = self.exact_parameters(epoch)
        if start is None or not self.known.is_certified(epoch + 1):
            return None

        def compute() -> list[Snapshot]:
            with flint.ctx.workprec(ENCLOSURE_BITS):
                trainer = Trainer(self.example, "exact")
                trainer.restore(epoch, start)
                batches = list(zip(trainer.before_updates(), batches_at(self.example, epoch), strict=True))
            return [evaluated(self.example.with_samples(batch.tolist()), layers) for layers, batch in batches]

        return self.once(epoch, "before updates", compute)

    def operand(self, array: Any) -> Array:
        """See ``Numbers``; certified strings as what they certify."""
        known = np.asarray(array)
        return exact_numbers(known) if known.dtype == object else numbers(known, "exact")

    def learning_rate(self, epoch: int) -> Any:
        """See ``Numbers``."""
        with flint.ctx.workprec(ENCLOSURE_BITS):
            return super().learning_rate(epoch)

    def mean(self, values: Any, weights: Any) -> Any:
        """See ``Numbers``."""
        with flint.ctx.workprec(ENCLOSURE_BITS):
            return super().mean(values, weights)

    def total(self, values: Any) -> Any:
        """See ``Numbers``."""
        with flint.ctx.workprec(ENCLOSURE_BITS):
            return super().total(values)

    def value(self, formula: Formula, operands: Mapping[str, Array]) -> Array:
        """See ``Numbers``."""
        with flint.ctx.workprec(ENCLOSURE_BITS):
            texts = {text: numbers(text, "exact") for text in formula.compiled.constants}
            return forward(formula.compiled.nodes, {**operands, **texts})[formula.name]


def evaluated(example: NetworkExample, layers: list[Parameters]) -> Snapshot:
    """One pass over the example's data, in exact numbers."""
    with flint.ctx.workprec(ENCLOSURE_BITS):
        return Snapshot(layers, Engine().evaluate(example, layers, "exact"))
