"""Certified values: written once by ``python -m verification.certification.command``, read everywhere else, so that no test computes in balls for long.

A value is a decimal string. One of 25 significant digits is the exact value, correctly rounded; a shorter one is the exact value
itself.
"""

import hashlib
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import flint
import numpy as np

from adapters import Array, Evaluation, Parameters
from verification.quantity_values import Snapshot, entry
from verification.verdicts import Judgement, Verdict, judge, unit
from worked_examples import Example, NetworkExample
from worked_examples.loading import ROOT
from worked_examples.printed.quantities import Quantity

DIGITS = 25
PARAMETERS = 1000  # the most that an example may have to be certified
FOLDER = ROOT / "certified"


class Value(NamedTuple):
    """A certified decimal and how far the exact value may be from it."""

    decimal: Decimal
    within: Decimal

    def judge(self, text: str) -> Judgement:
        """The verdict on a printed number: UNDECIDED where the exact value may lie on either side of a rounding boundary."""
        low, high = judge(self.decimal - self.within, text), judge(self.decimal + self.within, text)
        return low if low == high else Judgement(Verdict.UNDECIDED, f"{low.corrected} or {high.corrected}")

    def shown(self, text: str) -> str:
        """The certified value, and how many digits after the last printed one are guaranteed."""
        further = max(unit(text).adjusted() - self.within.adjusted() - 1, 0) if self.within else None
        return f"certified {self.decimal:.25g} ({'exact' if further is None else f'{further} further digits guaranteed'})"

    def admits(self, text: str) -> bool:
        """Whether some number within the error rounds to the text."""
        return abs(Decimal(text) - self.decimal) <= self.within + unit(text) / 2


def value(text: str) -> Value:
    """A certified string as a value."""
    decimal = Decimal(text)
    digits, exponent = decimal.as_tuple().digits, decimal.as_tuple().exponent
    short = len(digits) < DIGITS or not decimal
    return Value(decimal, Decimal(0) if short else Decimal(5).scaleb(int(exponent) - 1))


def arrays(table: Any) -> Array:
    """Nested lists of certified strings as an array of objects."""
    return np.array(table, dtype=object)


def layers(table: Any) -> list[Parameters]:
    """The parameters (or gradients) of all layers."""
    return [Parameters(arrays(layer["kernel"]), arrays(layer["bias"])) for layer in table]


class Certified(NamedTuple):
    """The certified file of one example."""

    table: dict[str, Any]

    @property
    def stop(self) -> int | None:
        """The proved stop epoch (updates); None for an example without training."""
        stop: int | None = self.table["stop"]
        return stop

    def moment(self, epoch: int) -> Snapshot | None:
        """All that is certified at an epoch, as strings; None where nothing is."""
        evaluation, parameters = self.table["evaluations"].get(str(epoch)), self.table["parameters"].get(str(epoch))
        if evaluation is None or parameters is None:
            return None
        outputs = [arrays(output) for output in evaluation["outputs"]]
        gradients = layers(evaluation["gradients"])
        return Snapshot(layers(parameters), Evaluation(outputs, arrays(evaluation["loss"]), gradients, arrays(evaluation["input"])))

    def value(self, quantity: Quantity, example: NetworkExample, epoch: int) -> Value | None:
        """The certified value of a quantity at an epoch."""
        known = self.moment(epoch + quantity.after_update)
        return value(str(entry(quantity, example, known))) if known else None

    def loss(self, epoch: int) -> Value:
        """The certified loss that the stop rule is asked of, at the last epoch or the one before it."""
        sums: dict[str, str] = self.table.get("sums", {})
        return value(sums.get(str(epoch)) or self.table["evaluations"][str(epoch)]["loss"])

    @property
    def floats(self) -> dict[int, list[Parameters]]:
        """The certified parameters at every recorded epoch, rounded to float64."""
        tables = self.table["parameters"].items()
        return {
            int(epoch): [Parameters(*(array.astype(float) for array in pair)) for pair in layers(table)] for epoch, table in tables
        }

    @property
    def course(self) -> dict[int, list[Parameters]]:
        """The certified parameters at every recorded epoch, as balls that enclose the exact ones."""
        return {
            int(epoch): [Parameters(*map(enclosed, pair)) for pair in layers(table)]
            for epoch, table in self.table["parameters"].items()
        }


def enclosed(strings: Array) -> Array:
    """Certified strings as balls."""
    return np.asarray(np.frompyfunc(enclosure, 1, 1)(strings), dtype=object)


def enclosure(text: str) -> flint.arb:
    """The ball around one certified value."""
    known = value(text)
    with flint.ctx.workprec(200):
        return flint.arb(text, flint.arb(str(known.within)).upper()) if known.within else flint.arb(text)


def fingerprint(example: NetworkExample) -> str:
    """What of a fixture decides its certified values: network, data, training. A key that a fixture leaves out does not count."""
    table = example.model_dump(include={"network", "data", "training"}, exclude_defaults=True)
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:16]


def affordable(example: NetworkExample) -> bool:
    """Whether an example is certified: not where its parameters are so many that their decimals would fill files of megabytes."""
    return sum(len(layer.bias) * (len(layer.kernel) + 1) for layer in example.network.layers) <= PARAMETERS


def path(name: str, folder: Path = FOLDER) -> Path:
    """The certified file of an example."""
    return folder / f"{name}.json"


@cache
def read(name: str) -> Certified | None:
    """The certified file of an example; None where there is none."""
    file = path(name)
    return Certified(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None


def of(example: Example) -> Certified | None:
    """The certified values of an example, if they were computed from this very fixture."""
    found = read(example.id) if isinstance(example, NetworkExample) else None
    return found if found and found.table["fixture"] == fingerprint(example) else None  # type: ignore[arg-type]  # a network
