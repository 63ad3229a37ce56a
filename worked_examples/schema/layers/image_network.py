"""Networks for images: dense layers with random or pretrained weights, and the loss."""

from typing import Annotated

from pydantic import Field, model_validator

from worked_examples.limits import RANDOM_WEIGHTS, entries_fault
from worked_examples.schema.base import Model, Size, Word
from worked_examples.schema.seeded import Activation, RandomLayers, weights_of

LOSSES = ("half squared error", "cross entropy", "sparse cross entropy")


class Pretrained(Model):
    """Weights from the pickled file of the book's code repository, by their keys there."""

    units: Annotated[list[Size], Field(min_length=2)]
    activations: list[Activation]
    kernels: list[str]
    biases: list[str]

    @model_validator(mode="after")
    def one_each(self) -> "Pretrained":
        """Each layer has a kernel, a bias and an activation."""
        if not len(self.units) - 1 == len(self.activations) == len(self.kernels) == len(self.biases):
            raise ValueError(f"{len(self.units) - 1} layers need as many activations, kernels and biases")
        if fault := entries_fault(weights_of(self.units), RANDOM_WEIGHTS):
            raise ValueError(f"units: {fault}")
        return self

    @property
    def random(self) -> RandomLayers:
        """The same network with random weights, for data that these weights were not trained on."""
        kernels = ["lecun"] * len(self.kernels)
        return RandomLayers(seed=1, units=self.units, activations=self.activations, kernels=kernels)


class ImageNetwork(Model):
    """A dense network, random or pretrained, and its loss: summed over outputs, summed or averaged over the samples of a batch."""

    loss: Annotated[str, Word("a loss", LOSSES)]
    reduction: Annotated[str, Word("a reduction", ("sum", "mean"))] = "sum"
    random: RandomLayers | None = None
    pretrained: Pretrained | None = None

    @model_validator(mode="after")
    def one_source(self) -> "ImageNetwork":
        """The weights are random or pretrained, and cross entropy has probabilities."""
        if (self.random is None) == (self.pretrained is None):
            raise ValueError("exactly one of random and pretrained must be given")
        if "cross entropy" in self.loss and self.layers.activations[-1] != "softmax":
            last = self.layers.activations[-1]
            raise ValueError(f"cross entropy needs probabilities: the last activation is {last}, not softmax")
        return self

    @property
    def layers(self) -> RandomLayers | Pretrained:
        """The layers, random or pretrained."""
        if layers := self.random or self.pretrained:
            return layers
        raise ValueError("exactly one of random and pretrained must be given")
