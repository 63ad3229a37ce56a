"""The numbers of a network on an engine, all by the engine itself: passes, updates of an epoch, formulas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from adapters import Array, Parameters, Trainer
from adapters.calculation import UnsupportedError
from adapters.schedule import batches_at
from verification.case import Case
from verification.exact import arithmetic
from verification.runs.measured import Numbers
from verification.runs.networks import evaluate, run
from verification.runs.quantity_values import Snapshot
from worked_examples import CalculationExample, FixtureError, NetworkExample, numbers
from worked_examples.printed.quantities import Quantity
from worked_examples.schema.calculations.dry_run import UndefinedError, values_of
from worked_examples.schema.quantities import Formula


class UndefinedFormulaError(FixtureError):
    """A formula that is not a number for the operands that it has at some moment."""


class EngineNumbers(Numbers):
    """What an engine computes in a floating-point type; each pass and each epoch once in a session."""

    def __init__(self, case: Case[NetworkExample]) -> None:
        super().__init__(case.example)
        self.case, self.number_type = case, case.dtype

    def snapshot(self, epoch: int, data: str) -> Snapshot | None:
        """See ``Numbers``."""

        def compute() -> Snapshot | None:
            layers = self.parameters(epoch)
            example = self.example.with_data(data)
            return Snapshot(layers, evaluate(self.case.of(example), layers)) if layers else None

        return self.case.session.once(("snapshot", *self.case.key, epoch, data), compute)

    def parameters(self, epoch: int) -> list[Parameters] | None:
        """The parameters at an epoch; the initial ones where nothing is trained."""
        if self.example.training is None:
            return None if epoch else arithmetic.initial(self.example, self.case.dtype)
        return run(self.case).parameters.get(epoch)

    @property
    def trainer(self) -> Trainer:
        """The engine's eager trainer, made once in a session: Keras traces its functions anew for each."""

        def make() -> Trainer:
            return self.case.engine.trainer(self.example, self.case.dtype, compiled=False)

        return self.case.session.once(("trainer of single updates", *self.case.key), make)

    def before_updates(self, epoch: int) -> list[Snapshot] | None:
        """See ``Numbers``; by the engine's trainer, eagerly."""
        start = self.parameters(epoch)
        if start is None or self.parameters(epoch + 1) is None:
            return None

        def compute() -> list[Snapshot]:
            trainer = self.trainer
            trainer.restore(epoch, start)
            batches = zip(trainer.before_updates(), batches_at(self.example, epoch), strict=True)
            return [
                Snapshot(layers, evaluate(self.case.of(self.example.with_samples(batch.tolist())), layers))
                for layers, batch in batches
            ]

        return self.case.session.once(("before updates", *self.case.key, epoch), compute)

    def value(self, formula: Formula, operands: Mapping[str, Array]) -> Array:
        """See ``Numbers``; by the engine's functions.

        Raises:
            FixtureError: where the formula cannot be computed of these operands.
            UnsupportedError: where the engine does not have one of its functions.

        """
        texts = {text: numbers(text, self.number_type) for text in formula.compiled.constants}
        check_computable(self.example, formula, {**operands, **texts})
        contents: dict[str, Any] = {"id": self.example.id, "inputs": {**operands, **texts}, "steps": formula.text}
        calculation = CalculationExample.model_construct(**contents)  # not validated: its numbers are no decimals
        if "calculation" in self.case.engine.unsupported:
            raise UnsupportedError(self.case.engine.unsupported["calculation"])
        known = self.case.engine.calculate(calculation, self.case.dtype)
        if formula.name in known.unsupported:
            raise UnsupportedError(known.unsupported[formula.name])
        return np.asarray(known.values[formula.name])


def check_computable(example: NetworkExample, formula: Formula, inputs: Mapping[str, Array]) -> None:
    """Refuse a formula that cannot be computed of these operands, with its name and the reason.

    Raises:
        FixtureError: where it cannot; an UndefinedFormulaError where it is not a number.

    """
    floats = {name: np.asarray(array, dtype=float) for name, array in inputs.items()}
    try:
        values_of(formula.compiled.nodes, floats, "'{}'".format)
    except ValueError as error:
        reason = str(error)
        kind = UndefinedFormulaError if isinstance(error, UndefinedError) else FixtureError
        raise kind(f"{example.file}: quantities.{formula.name}: {reason}") from None


def computed_value(quantity: Quantity, case: Case[NetworkExample], epoch: int) -> float | Decimal | None:
    """The number that the engine computed for a quantity at an epoch; None where training does not get there.

    Raises:
        UnsupportedError: where the engine does not have a function of its formula.

    """
    value: Any = EngineNumbers(case).measured(quantity, epoch)
    if value is None:
        return None
    return Decimal(str(value)) if isinstance(value, np.str_) else float(value)
