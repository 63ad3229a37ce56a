"""The values of quantities, formulas and further data of a network: at a point of its training, and over an epoch."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from verification.random_examples.generator.derived.formulas import Formula
from verification.random_examples.generator.snapshots import Snapshot
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.truth.network import Network, Parameters
from verification.random_examples.truth.numbers import Array, array, number

SUMMED = "before each update, summed over the epoch"
AVERAGED = "before each update, averaged over the epoch"
BY_SAMPLES = "before each update, averaged over the samples of the epoch"
LAST = "before the last update of the epoch"
AROUND = ("before the epoch", "after the epoch")
MOMENTS = (*AROUND, SUMMED, AVERAGED, BY_SAMPLES, LAST)


class Words(NamedTuple):
    """A quantity or a formula, of the training data or of further ones, transposed, and an entry of it."""

    words: str
    data: str = ""
    transposed: bool = False
    place: tuple[int, ...] = ()

    def text(self, after: str = "") -> str:
        """As a fixture writes it; ``after`` is in front of the index."""
        data, index = f" for {self.data}" if self.data else "", f" [{', '.join(map(str, self.place))}]" if self.place else ""
        return f"{self.words}{data}{' transposed' if self.transposed else ''}{after}{index}"


class Point(NamedTuple):
    """Parameters, inputs and targets in an epoch (from 0)."""

    parameters: Parameters
    x: Array
    t: Array
    epoch: int = 0


class Measured:
    """A network with its training, further data (inputs and targets, zeros where there are none), and formulas of ``names``."""

    def __init__(self, network: Network, start: Point, training: Trained | None) -> None:
        self.network, self.start, self.training = network, start, training
        self.further: dict[str, tuple[Array, Array]] = {}
        self.without_targets: set[str] = set()
        self.names: dict[str, Words] = {}
        self.formulas: dict[str, Formula] = {}

    def point(self, epoch: int, after: bool = False) -> Point:
        """The training data at an epoch, or after its update."""
        parameters = self.training.parameters[epoch + after] if self.training else self.start.parameters
        return self.start._replace(parameters=parameters, epoch=epoch)

    def value(self, named: Words, point: Point) -> Array | None:
        """The value at a point; None where no program computes it."""
        if named.data:
            x, t = self.further[named.data]
            point = point._replace(x=x, t=t)
        value = self.plain(named.words, point)
        if value is None:
            return None
        value = value.T if named.transposed else value
        if any(index >= extent for index, extent in zip(named.place, value.shape, strict=False)):
            return None  # a batch may be smaller than the data
        return array(value[named.place]) if named.place else value

    def plain(self, words: str, point: Point) -> Array | None:
        """The value of a quantity or formula in full."""
        if words in self.formulas:
            known = {name: self.value(self.operand(name), point) for name in self.formulas[words].operands}
            operands = {name: value for name, value in known.items() if value is not None}
            return self.formulas[words].value(operands) if len(operands) == len(known) else None
        if words == "epoch":
            return array(number(str(point.epoch + (self.training.first_epoch if self.training else 0))))
        if words == "learning rate":
            return array(self.training.rate(point.epoch)) if self.training and self.training.rate else None
        return Snapshot(self.network, point.parameters, point.x, point.t).value(words)

    def operand(self, name: str) -> Words:
        """What a name means in a formula."""
        return self.names.get(name) or Words("learning rate" if name == "learning_rate" else name)

    def depends_on_targets(self, named: Words) -> bool:
        """Whether a quantity needs targets."""
        if named.words in self.formulas:
            return any(self.depends_on_targets(self.operand(name)) for name in self.formulas[named.words].operands)
        return "gradient" in named.words or "loss" in named.words or named.words == "target"

    def is_of_further_data(self, named: Words) -> bool:
        """Whether a quantity, or what is in its formula, is of further data."""
        parts = self.formulas[named.words].operands if named.words in self.formulas else ()
        return bool(named.data) or any(self.is_of_further_data(self.operand(name)) for name in parts)

    def at_moment(self, named: Words, epoch: int, moment: str) -> Array | None:
        """The number in the log of an epoch, taken at a moment of it."""
        if moment in AROUND:
            return self.value(named, self.point(epoch, after=moment == AROUND[1]))
        seen = self.training.seen[epoch + 1] if self.training else ()
        points = [Point(*before, epoch) for before in seen]
        values = [self.value(named, point) for point in points]
        known = [value[()] for value in values if value is not None and value.shape == ()]
        return array(together(known, [len(point.x) for point in points], moment)) if len(known) == len(points) else None


def together(values: Sequence[Any], samples: Sequence[int], moment: str) -> Any:
    """What a program prints of the values before every update, with batches of so many samples."""
    match moment:
        case "before the last update of the epoch":
            return values[-1]
        case "before each update, summed over the epoch":
            return sum(values)
        case "before each update, averaged over the epoch":
            return sum(values) / len(values)
    return sum(value * count for value, count in zip(values, samples, strict=True)) / sum(samples)
