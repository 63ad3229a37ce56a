"""Architectures that are small enough to be computed: the layers as a calculation with random weights and samples."""

from collections.abc import Iterator, Mapping, Sequence
from keyword import iskeyword
from math import prod
from typing import Literal

from pydantic import Field, model_validator

from worked_examples.expression.callables import called
from worked_examples.schema.base import Size
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureLayer
from worked_examples.schema.kinds.calculation import CalculationExample, calculation_of

Shape = tuple[int, ...]
EPSILON = "0.0009765625"  # 2^-10, exact in every number type


class BlockExample(ArchitectureExample):
    """Layers whose sizes are counted and whose outputs and gradients are computed."""

    kind: Literal["block"]  # type: ignore[assignment]  # the word is what tells the two apart
    batch_size: Size = Field(2, description="samples")
    seed: int = Field(1, strict=True, ge=0, lt=2**31, description="of the recipe that draws all arrays")
    divisor: int = Field(1024, strict=True, ge=1, le=8192, description="a power of two; the greater, the smaller the weights")

    @model_validator(mode="after")
    def computable(self) -> "BlockExample":
        """Calculations do not have convolutions in groups or without biases."""
        for layer in self.units:
            if layer.groups > 1 or not layer.bias:
                raise ValueError(f"layers.{layer.name}: groups and missing biases are only counted; use kind = 'architecture'")
            if not layer.name.isidentifier() or iskeyword(layer.name):
                raise ValueError(f"layers.{layer.name}: not a name for formulas; write a name that begins with a letter")
        return self

    def calculation(self, shapes: Mapping[str, Shape]) -> CalculationExample:
        """The layers as a calculation; its loss weights all outputs of the last layer; ``shapes`` are those of one sample."""
        draws, steps = [drawn("input", (self.batch_size, *self.input))], list[str]()
        for layer in self.units:
            operands = {f"{layer.name}_{name}": shape for name, shape in weights(layer, shapes[layer.inputs[0]]).items()}
            draws += (drawn(name, shape, self.divisor) for name, shape in operands.items())
            steps += computed(layer, list(operands), len(shapes[layer.inputs[0]]))
        last = self.units[-1].name
        draws.append(drawn("w", (self.batch_size, *shapes[last])))
        steps.append(f"loss = sum_of_products({last}, w)")
        recipe = {"generator": "numpy.random.seed", "seed": self.seed, "draw": "\n".join(draws)}
        return calculation_of(self, recipe=recipe, steps="\n".join(steps), gradients_of="loss")


def drawn(name: str, shape: Sequence[int], divisor: int = 1024) -> str:
    """The statement that draws an array: whole numbers over a power of two, exact in every number type."""
    return f"{name} = randint(-1023, 1024, {tuple(shape)}) / {divisor}"


def weights(layer: ArchitectureLayer, shape: Shape) -> dict[str, Shape]:
    """The shapes of a layer's weights, by their names in a calculation; ``shape`` is that of its input."""
    size = (layer.size, layer.size) if isinstance(layer.size, int) else tuple(layer.size)
    shapes: dict[str, dict[str, Shape]] = {
        "convolution": {"filters": (layer.units, shape[0], *size), "bias": (layer.units,)},
        "dense": {"kernel": (prod(shape), layer.units), "bias": (layer.units,)},
        "batch normalization": {"gamma": shape[:1], "beta": shape[:1]},
    }
    return shapes.get(layer.type, {})


def computed(layer: ArchitectureLayer, operands: list[str], axes: int) -> Iterator[str]:
    """The formulas of a layer; ``axes`` is the number of axes of one sample."""
    pre_activations = layer.name if layer.activation == "identity" else f"{layer.name}_pre_activations"
    yield f"{pre_activations} = {formula_of(layer, operands, axes)}"
    if pre_activations != layer.name:
        yield f"{layer.name} = {called(layer.activation)}({pre_activations})"


def formula_of(layer: ArchitectureLayer, operands: list[str], axes: int) -> str:
    """The formula of a layer before its activation."""
    inputs, sliding = ", ".join(layer.inputs), f"stride={layer.stride}, padding={layer.padding}"
    if layer.type == "dense":
        rows = f"rows({inputs})" if axes > 1 else inputs
        return f"{rows} @ {operands[0]} + {operands[1]}"
    if layer.type == "add":
        return " + ".join(layer.inputs)
    if layer.type == "concatenate":
        return f"concatenate([{inputs}], axis=1)"
    if layer.type == "batch normalization":
        return f"batch_normalization({', '.join((inputs, *operands))}, {EPSILON})"
    if layer.type == "convolution":
        return f"convolution({', '.join((inputs, *operands))}, {sliding})"
    return f"{called(layer.type)}({inputs}, size={layer.size}, {sliding})"
