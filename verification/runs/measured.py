"""From a quantity of a network to its number at an epoch, in any arithmetic: of a pass, of a formula, over an epoch's updates."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from adapters import Array
from adapters.schedule import batches_at, learning_rate_at, training_of
from verification.runs.quantity_values import Snapshot, array_of, minus, number_at, position
from worked_examples import NetworkExample, numbers
from worked_examples.printed.moments import AVERAGED, BY_SAMPLES, LAST
from worked_examples.printed.quantities import Quantity
from worked_examples.schema.quantities import Formula

T = TypeVar("T")


class Moment(NamedTuple):
    """A network at one moment: the epoch of the print, that of the parameters, the data, and all that is known there.

    ``example`` has the data, further data or one batch, and ``data`` the name of further ones.
    """

    epoch: int
    at: int
    example: NetworkExample
    snapshot: Snapshot
    data: str = ""


class Numbers(ABC):
    """What one arithmetic gives for a network: all that is known at an epoch, before every update of it, and for a formula."""

    number_type: str
    """That of learning rates and of numbers in formulas."""

    def __init__(self, example: NetworkExample) -> None:
        self.example, self.passes = example, dict[tuple[int, str], Any]()

    def once(self, epoch: int, what: str, compute: Callable[[], T]) -> T:
        """What is computed of an epoch, once."""
        if (epoch, what) not in self.passes:
            self.passes[epoch, what] = compute()
        found: T = self.passes[epoch, what]
        return found

    @abstractmethod
    def snapshot(self, epoch: int, data: str) -> Snapshot | None:
        """All that is known at an epoch, with further data where a name is given; None where training ends before it."""

    @abstractmethod
    def before_updates(self, epoch: int) -> Sequence[Snapshot] | None:
        """All that is known before each update of an epoch, with its own batch; None where training does not get to the next."""

    @abstractmethod
    def value(self, formula: Formula, operands: Mapping[str, Array]) -> Array:
        """The value of a formula of these operands."""

    def operand(self, array: Any) -> Array:
        """An array of a snapshot as numbers to compute with; decimals of a fixture are read."""
        known = np.asarray(array)
        return numbers(known.tolist(), self.number_type) if known.dtype.kind == "U" else known

    def constant(self, number: float) -> Any:
        """A whole number in this arithmetic."""
        return numbers(str(number), self.number_type)[()]

    def learning_rate(self, epoch: int) -> Any:
        """The learning rate in an epoch."""
        return learning_rate_at(training_of(self.example), self.number_type)(epoch)

    def mean(self, values: Sequence[Any], weights: Sequence[int]) -> Any:
        """The sum of values, each so many times, divided by the sum of these numbers."""
        terms = [value * self.constant(weight) for value, weight in zip(values, weights, strict=True)]
        return self.total(terms) / self.constant(sum(weights))

    def total(self, values: Sequence[Any]) -> Any:
        """The sum of values."""
        return sum(values[1:], values[0])

    def moment(self, epoch: int, at: int, data: str) -> Moment | None:
        """The network with the parameters at an epoch."""
        known = self.snapshot(at, data)
        return known and Moment(epoch, at, self.example.with_data(data), known, data)

    def array(self, quantity: Quantity, moment: Moment) -> Any:
        """The array that a quantity names at a moment, as the book writes it: not transposed, no entry, not negated."""
        if quantity.data and quantity.data != moment.data:
            moment = self.moment(moment.epoch, moment.at, quantity.data) or moment
        if quantity.part == "epoch":
            return np.asarray(self.constant(moment.epoch + training_of(self.example).first_epoch))
        if quantity.part == "learning rate":
            return np.asarray(self.learning_rate(moment.epoch))
        if not quantity.formula:
            return array_of(quantity, moment.example, moment.snapshot)
        formula = self.example.formulas[quantity.formula]
        return self.value(formula, {name: self.selected(part, moment) for name, part in formula.operands.items()})

    def selected(self, quantity: Quantity, moment: Moment) -> Array:
        """The operand that a quantity is in a formula: transposed, negated, or an entry, as its words say."""
        whole = self.operand(self.array(quantity, moment))
        array = whole.T if quantity.transposed else whole
        if quantity.entry:
            array = np.asarray(whole[position(quantity, whole.shape, self.example)])
        return np.asarray(minus(array)) if quantity.negated else array

    def number(self, quantity: Quantity, moment: Moment) -> Any:
        """The number at a quantity's index at a moment."""
        return number_at(quantity, self.array(quantity, moment), self.example)

    def measured(self, quantity: Quantity, epoch: int) -> Any:
        """The number that a quantity is at an epoch; None where training does not get there.

        Raises:
            FixtureError: where the index lies outside of the quantity, or a formula cannot be computed.
            UndecidedError: where a comparison is open.

        """
        if quantity.over:
            return self.over_updates(quantity, epoch)
        moment = self.moment(epoch, epoch + quantity.after_update, quantity.data)
        return None if moment is None else self.number(quantity, moment)

    def over_updates(self, quantity: Quantity, epoch: int) -> Any:
        """The values of a quantity before every update of an epoch, each of its batch, taken together."""
        known, batches = self.before_updates(epoch), batches_at(self.example, epoch)
        if known is None:
            return None
        moments = [
            Moment(epoch, epoch, self.example.with_samples(batch.tolist()), snapshot)
            for batch, snapshot in zip(batches, known, strict=True)
        ]
        values = [self.operand(self.number(quantity, moment))[()] for moment in moments]
        if quantity.over == LAST:
            return values[-1]
        weights = [len(batch) if quantity.over == BY_SAMPLES else 1 for batch in batches]
        return self.mean(values, weights) if quantity.over in (AVERAGED, BY_SAMPLES) else self.total(values)
