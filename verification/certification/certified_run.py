"""The certified run of one example: stop epoch, parameters and evaluations, each number a certified string."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from adapters import Array, Evaluation, Parameters
from verification.certification.certified_value import CertifiedValue, certified_value, enclosure
from verification.runs.quantity_values import Snapshot


def certified_array(nested: Any) -> Array:
    """Nested lists of certified strings, or an array of balls, as an array of objects."""
    return np.array(nested, dtype=object)


def certified_layers(table: list[dict[str, Any]]) -> list[Parameters]:
    """The parameters (or gradients) of all layers, as arrays of certified strings."""
    return [Parameters(**{name: certified_array(layer[name]) for name in layer}) for layer in table]


def enclosures(strings: Array) -> Array:
    """Certified strings as balls."""
    return np.asarray(np.frompyfunc(enclosure, 1, 1)(strings), dtype=object)


def middles(known: Array) -> Array:
    """Certified strings, or balls, as float64 numbers."""
    return np.asarray(np.frompyfunc(lambda number: float(certified_value(number).decimal), 1, 1)(known), dtype=float)


class CertifiedRun(NamedTuple):
    """The content of one certified file, or the same computed when an example is judged.

    ``further`` are the parameters that the reference's float64 run has at epochs beyond those that are certified, up to
    ``further_stop``, where it stops; ``unproved`` says why they are not certified.
    """

    table: dict[str, Any]
    further: Mapping[int, list[Parameters]] = MappingProxyType({})
    further_stop: int | None = None
    unproved: str = ""

    @property
    def stop_epoch(self) -> int | None:
        """The proved stop epoch (updates); None for an example without training, or whose training never stops."""
        stop: int | None = self.table["stop"]
        return stop

    @property
    def complete(self) -> bool:
        """Whether the training is certified to its end, and so the stop epoch."""
        return not self.unproved

    @property
    def last(self) -> int:
        """The last certified epoch."""
        return max(map(int, self.table["parameters"]))

    def is_certified(self, epoch: int) -> bool:
        """Whether the parameters at an epoch are certified."""
        return str(epoch) in self.table["parameters"]

    def ends_before(self, epoch: int) -> bool:
        """Whether training is certain to end before an epoch."""
        return self.complete and epoch > self.last

    @property
    def layers(self) -> dict[int, list[Parameters]]:
        """The parameters at every recorded epoch, as certified strings."""
        return {int(epoch): certified_layers(table) for epoch, table in self.table["parameters"].items()}

    @property
    def float64_trajectory(self) -> dict[int, list[Parameters]]:
        """The parameters at every recorded epoch, rounded to float64; beyond the certified ones those of the reference's run."""
        certified = {epoch: [Parameters(*map(middles, layer)) for layer in layers] for epoch, layers in self.layers.items()}
        return {**self.further, **certified}

    @property
    def trajectory(self) -> dict[int, list[Parameters]]:
        """The parameters at every recorded epoch, as balls that enclose the exact ones."""
        return {epoch: [Parameters(*map(enclosures, layer)) for layer in layers] for epoch, layers in self.layers.items()}

    def snapshot(self, epoch: int) -> Snapshot | None:
        """All that is certified at an epoch, as strings; None where nothing is."""
        evaluation, parameters = self.table["evaluations"].get(str(epoch)), self.table["parameters"].get(str(epoch))
        if evaluation is None or parameters is None:
            return None
        outputs = [certified_array(output) for output in evaluation["outputs"]]
        loss, input_gradient = certified_array(evaluation["loss"]), certified_array(evaluation["input_gradient"])
        return Snapshot(
            certified_layers(parameters), Evaluation(outputs, loss, certified_layers(evaluation["gradients"]), input_gradient)
        )

    def layers_at(self, epoch: int) -> list[Parameters] | None:
        """The parameters at an epoch, as certified strings; None where nothing is certified there."""
        return certified_layers(self.table["parameters"][str(epoch)]) if self.is_certified(epoch) else None

    def loss(self, epoch: int) -> CertifiedValue:
        """The certified loss that the stopping criterion compares, at the stop epoch or the one before it."""
        epoch_losses: dict[str, Any] = self.table.get("epoch_losses", {})
        loss = epoch_losses[str(epoch)] if epoch_losses else self.table["evaluations"][str(epoch)]["loss"]
        return certified_value(np.asarray(loss, dtype=object).item())

    def same_parameters(self, other: "CertifiedRun") -> bool:
        """Whether two runs have the same certified parameters at all common epochs."""
        parameters, others = self.table["parameters"], other.table["parameters"]
        return all(parameters[epoch] == others[epoch] for epoch in parameters.keys() & others.keys())
