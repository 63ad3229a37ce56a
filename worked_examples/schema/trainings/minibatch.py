"""Networks for images and their training: dense layers with random or pretrained weights, optimizers, mini-batches, their order."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from worked_examples.limits import RANDOM_WEIGHTS, entries_fault, number_fault
from worked_examples.schema.base import DECIMAL, Model, Number, Seed, Size, Word
from worked_examples.schema.framework_call import value
from worked_examples.schema.seeded import Activation, RandomLayers, weights_of

LOSSES = ("half squared error", "cross entropy", "sparse cross entropy")


def coefficient(text: str) -> str:
    """Check a coefficient: a decimal string within the limits, with or without an f behind it."""
    if fault := number_fault(text.removesuffix("f")):
        raise ValueError(fault)
    return text


Coefficient = Annotated[str, Field(pattern=rf"^{DECIMAL.pattern}f?$"), AfterValidator(coefficient)]


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


class Adam(Model):
    """Adam's settings, in the form with epsilon hat; ``0.9f`` is 0.9 rounded to float32, which is what Keras computes with."""

    beta1: Coefficient
    beta2: Coefficient
    epsilon: Coefficient

    @property
    def values(self) -> tuple[float, float, float]:
        """All three as float64."""
        first, second, epsilon = (float(value(text)) for text in (self.beta1, self.beta2, self.epsilon))
        return first, second, epsilon


class MinibatchTraining(Model):
    """Updates with mini-batches of the training images, in a random order."""

    optimizer: Annotated[str, Word("an optimizer", ("gradient descent", "adam"))]
    adam: Adam | None = None
    learning_rate: Number
    batch_size: Size = Field(description="samples in an update")
    order: Annotated[str, Word("an order", ("swap shuffle", "permutation", "with replacement"))] = Field(
        description="swap shuffle: the swaps of numpy-dnn, 323_1, by random.Random, each epoch; "
        "permutation: RandomState.permutation, each epoch; with replacement: RandomState.choice, each batch"
    )
    seed: Seed
    epochs: Size | None = None
    updates: Size | None = Field(None, description="in place of epochs")
    finite_difference_step: Number | None = Field(None, description="h, where the listing's gradients are central differences")

    @model_validator(mode="after")
    def settled(self) -> "MinibatchTraining":
        """Adam has its settings, and either epochs or updates say how long training lasts."""
        if (self.optimizer == "adam") != (self.adam is not None):
            raise ValueError("[training.adam] must be given with the optimizer adam, and only with it")
        if (self.epochs is None) == (self.updates is None):
            raise ValueError("exactly one of epochs and updates must be given")
        return self

    def total(self, samples: int) -> int:
        """The number of updates, for so many training images."""
        return self.updates or (self.epochs or 0) * (samples // self.batch_size)
