"""The quantities of a network at one point of its training, by the words of a fixture."""

import re
from typing import Any

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.network import Network, Parameters, data_loss, gradients, loss, outputs, terms
from verification.random_examples.truth.numbers import Array, array

OF_LAYER = re.compile(r"(?P<gradient>gradient of )?layer (?P<layer>\d+) (?P<part>kernel|bias|output)")


def quantities(network: Network) -> list[str]:
    """All quantities, in words."""
    layers = range(1, len(network.activations) + 1)
    of_layers = [f"{of}layer {number} {part}" for number in layers for part in ("kernel", "bias") for of in ("", "gradient of ")]
    outputs_of_layers = [f"layer {number} output" for number in layers]
    of_loss = ["loss per output", "loss per sample", *(["loss without penalty", "penalty"] if network.penalty else [])]
    return ["output", "loss", *of_layers, *outputs_of_layers, "gradient of input", "input", "target", *of_loss]


class Snapshot:
    """A network with parameters, and its data."""

    def __init__(self, network: Network, parameters: Parameters, x: Array, t: Array) -> None:
        self.network, self.parameters, self.x, self.t = network, parameters, x, t

    def value(self, words: str) -> Array:
        """A quantity as an array."""
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
                return self.outputs()[-1]
        return self.of_layer(words)

    def of_layer(self, words: str) -> Array:
        """A quantity of one layer."""
        match: Any = OF_LAYER.fullmatch(words)
        number, part = int(match["layer"]) - 1, match["part"]
        if part == "output":
            return self.outputs()[number]
        place = 2 * number + (part == "bias")
        return self.gradient(place) if match["gradient"] else self.parameters[place]

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

    def outputs(self) -> list[Array]:
        """The outputs of all layers."""
        return outputs(self.network, self.parameters, self.x, Branches())

    def gradient(self, place: int) -> Array:
        """The gradient with respect to one array of parameters, or (-1) to the input."""
        return gradients(self.network, self.parameters, self.x, self.t, (place,))[0]
