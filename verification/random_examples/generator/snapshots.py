"""The quantities of a network at one point of its training, by the words of a fixture."""

import re
from collections.abc import Mapping
from typing import Any

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.network import Network, Parameters, data_loss, gradients, loss, signals, terms
from verification.random_examples.truth.numbers import Array, array
from verification.random_examples.truth.shifts import gradient_by

OF_LAYER = re.compile(r"(?P<minus>minus )?(?P<gradient>gradient of )?layer (?P<layer>\d+) (?P<part>.+)")
SIGNALS = ("pre-activation", "output")
OF_SAMPLES = (*SIGNALS, "loss per output", "input", "target")
VECTORS = ("bias", "scale", "offset")


def quantities(network: Network) -> list[str]:
    """All quantities, in words; the gradient of a parameter, and each array of the whole network, as often as all others."""
    parameters = [f"layer {number} {name.replace('_', ' ')}" for number, name in network.places]
    signals = [f"layer {number} {part}" for number in range(1, len(network.activations) + 1) for part in SIGNALS]
    of_signals = [f"{sign}gradient of {words}" for words in signals for sign in ("", "minus ")]
    of_parameters = [*parameters, *(f"gradient of {words}" for words in parameters)]
    of_loss = ["loss per output", "loss per sample", *(["loss without penalty", "penalty"] if network.penalty else [])]
    return ["output", "loss", *of_parameters, *signals, *of_signals, "gradient of input", "input", "target", *of_loss]


class Snapshot:
    """A network with parameters, and its data."""

    def __init__(self, network: Network, parameters: Parameters, x: Array, t: Array) -> None:
        self.network, self.parameters, self.x, self.t = network, parameters, x, t

    def value(self, words: str) -> Array:
        """A quantity as an array, as it is printed."""
        value = self.by_rows(words)
        if self.network.has_columns and words.endswith(VECTORS) and value.ndim == 1:
            return value.reshape(-1, 1)
        return value.T if self.network.has_columns and words.endswith(OF_SAMPLES) else value

    def by_rows(self, words: str) -> Array:
        """A quantity as an array with a row for each sample."""
        match words:
            case "loss" | "loss per output" | "loss per sample" | "loss without penalty" | "penalty":
                return array(self.of_loss(words))
            case "input":
                return self.x
            case "target":
                return self.t
            case "gradient of input":
                return self.gradient(-1)
            case "output":
                return self.signals["output"][-1]
        return self.of_layer(words)

    def of_layer(self, words: str) -> Array:
        """A quantity of one layer."""
        match: Any = OF_LAYER.fullmatch(words)
        number, part = int(match["layer"]), match["part"]
        if part in SIGNALS:
            value = self.signals[part][number - 1]
            if match["gradient"]:
                value = gradient_by(part, number, self.network, self.parameters, self.x, self.t)
        else:
            place = self.network.places.index((number, part.replace(" ", "_")))
            value = self.gradient(place) if match["gradient"] else self.parameters[place]
        return -value if match["minus"] else value

    @property
    def signals(self) -> Mapping[str, list[Array]]:
        """The pre-activations and the outputs of all layers."""
        return dict(zip(SIGNALS, signals(self.network, self.parameters, self.x, Branches()), strict=True))

    def of_loss(self, words: str) -> Any:
        """The loss, or a part of it: its terms, their sums over the outputs, the loss that they make, or the penalty."""
        if words == "loss":
            return loss(self.network, self.parameters, self.x, self.t)
        if words == "penalty":
            return self.network.penalty.of(self.parameters) if self.network.penalty else 0
        of_outputs = terms(self.network, self.parameters, self.x, self.t)
        if words == "loss without penalty":
            return data_loss(self.network, of_outputs)
        return of_outputs if words == "loss per output" else of_outputs.sum(axis=1)

    def gradient(self, place: int) -> Array:
        """The gradient with respect to one array of parameters, or (-1) to the input."""
        return gradients(self.network, self.parameters, self.x, self.t, (place,))[0]
