"""The quantities of a network at one point of its training, by the words of a fixture."""

import re
from typing import Any

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.network import Network, Parameters, gradients, loss, outputs
from verification.random_examples.truth.numbers import Array, array

OF_LAYER = re.compile(r"(?P<gradient>gradient of )?layer (?P<layer>\d+) (?P<part>kernel|bias|output)")


def quantities(network: Network) -> list[str]:
    """All quantities, in words."""
    layers = range(1, len(network.activations) + 1)
    of_layers = [f"{of}layer {number} {part}" for number in layers for part in ("kernel", "bias") for of in ("", "gradient of ")]
    outputs_of_layers = [f"layer {number} output" for number in layers]
    return ["output", "loss", *of_layers, *outputs_of_layers, "gradient of input", "input", "target"]


class Snapshot:
    """A network with parameters, and its data."""

    def __init__(self, network: Network, parameters: Parameters, x: Array, t: Array) -> None:
        self.network, self.parameters, self.x, self.t = network, parameters, x, t

    def value(self, words: str) -> Array:
        """A quantity as an array."""
        match words:
            case "loss":
                return array(loss(self.network, self.parameters, self.x, self.t))
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

    def outputs(self) -> list[Array]:
        """The outputs of all layers."""
        return outputs(self.network, self.parameters, self.x, Branches())

    def gradient(self, place: int) -> Array:
        """The gradient with respect to one array of parameters, or (-1) to the input."""
        return gradients(self.network, self.parameters, self.x, self.t, (place,))[0]
