"""Networks on images: dense layers whose parameters have names, drawn by a recipe or pretrained, and the loss."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated

import numpy as np
from pydantic import Field, field_validator, model_validator

from worked_examples.datasets.sets import PIXELS
from worked_examples.errors import nearest
from worked_examples.limits import entries_fault
from worked_examples.number_types import Array
from worked_examples.schema.base import Model, Name, Size, decimal
from worked_examples.schema.layers.network import OfLoss
from worked_examples.schema.recipe_of_inputs import INPUTS, RecipeOfInputs
from worked_examples.schema.seeded import Activation


class NamedLayer(Model):
    """A dense layer: names of its kernel ``(inputs, units)`` and of its bias, among what is drawn or pretrained."""

    kernel: Name
    bias: str = Field(description="a name; or one number, that of every unit at first")
    units: Size
    activation: Activation

    @field_validator("bias")
    @classmethod
    def named_or_number(cls, bias: str) -> str:
        """What is no name is a number."""
        return bias if bias.isidentifier() else decimal(bias)


class ImageNetwork(OfLoss):
    """Dense layers in a chain, and the loss, for targets of 0 and 1."""

    layers: Annotated[list[NamedLayer], Field(min_length=1)]

    @model_validator(mode="after")
    def loss_fits(self) -> "ImageNetwork":
        """The last layer gives what the loss takes, and the loss takes classes."""
        if self.loss == "hinge":
            raise ValueError("loss: 'hinge' takes targets 1 and -1, but those of classes are 1 and 0")
        if fault := self.fault_of_last(self.layers[-1].activation):
            raise ValueError(fault)
        return self

    def shapes(self, inputs: int) -> list[tuple[int, int]]:
        """The shape of every kernel."""
        return list(pairwise([inputs, *(layer.units for layer in self.layers)]))

    @model_validator(mode="after")
    def small_enough(self) -> "ImageNetwork":
        """Refuse more weights than are drawn or read."""
        if fault := entries_fault(sum(rows * units for rows, units in self.shapes(PIXELS))):
            raise ValueError(f"layers: {fault}")
        return self

    def arrays(self, known: Mapping[str, Array], inputs: int) -> list[tuple[Array, Array]]:
        """Kernel and bias of each layer, float64, for so many inputs.

        Raises:
            ValueError: where a name is not known, or is that of an array of another shape; the message begins with its key.

        """
        of_layers = enumerate(zip(self.layers, self.shapes(inputs), strict=True))
        return [
            (
                shaped(f"layers[{index}].kernel", layer.kernel, known, shape),
                shaped(f"layers[{index}].bias", layer.bias, known, shape[1:]),
            )
            for index, (layer, shape) in of_layers
        ]

    @property
    def stand_in(self) -> RecipeOfInputs:
        """A recipe of the same names, for data that pretrained parameters were not trained on."""
        draws = [
            f"{layer.kernel} = standard_normal(({rows}, {units})) / sqrt({rows})"
            for layer, (rows, units) in zip(self.layers, [(INPUTS, self.layers[0].units), *self.shapes(0)[1:]], strict=True)
        ]
        biases = [f"{layer.bias} = zeros({layer.units})" for layer in self.layers if layer.bias.isidentifier()]
        return RecipeOfInputs(generator="numpy.random.seed", seed=1, draw="\n".join(draws + biases))


def shaped(key: str, name: str, known: Mapping[str, Array], shape: tuple[int, ...]) -> Array:
    """The array of a name in float64; a number is that of every entry.

    Raises:
        ValueError: where it is not known, or has another shape; the message begins with the key.

    """
    if not name.isidentifier():
        return np.full(shape, float(name))
    if name not in known:
        raise ValueError(f"{key}: '{name}' names no array; {nearest(name, known)}")
    if known[name].shape != shape:
        raise ValueError(f"{key}: '{name}' has the shape {list(known[name].shape)}; accepted for these inputs: {list(shape)}")
    return np.asarray(known[name], dtype=float)
