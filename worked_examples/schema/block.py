"""Architectures small enough to be computed: the same layers as a calculation, with weights and patterns of our own."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Literal

from pydantic import Field, model_validator

from worked_examples.schema.architecture import ArchitectureExample, ArchitectureLayer
from worked_examples.schema.calculation import CalculationExample, Step, calculation_of
from worked_examples.schema.random_arrays import RandomArray

Shape = tuple[int, ...]
EPSILON = "0.0009765625"  # 2^-10, exact in every number type


class BlockExample(ArchitectureExample):
    """Layers that are counted, and computed forward and backward."""

    kind: Literal["block"]  # type: ignore[assignment]  # the word is what tells the two apart
    batch_size: int = Field(2, ge=1, description="patterns")
    seed: int = 1
    divisor: int = Field(1024, ge=1, le=8192, description="a power of two; the greater, the smaller the weights")

    @model_validator(mode="after")
    def computable(self) -> "BlockExample":
        """What calculations have not: convolutions in groups or without biases."""
        for unit in self.units:
            if unit.groups > 1 or not unit.bias:
                raise ValueError(f"layers.{unit.name}: groups and missing biases are only counted; use kind = 'architecture'")
        return self

    def calculation(self, shapes: Mapping[str, Shape]) -> CalculationExample:
        """The layers as a calculation whose loss weighs all outputs of the last one; ``shapes`` are those of one pattern."""
        drawn = {"input": RandomArray(shape=[self.batch_size, *self.input], seed=self.seed)}
        steps = list[Step]()
        for unit in self.units:
            operands = {f"{unit.name}_{name}": shape for name, shape in weights(unit, shapes[unit.inputs[0]]).items()}
            for name, shape in operands.items():
                drawn[name] = RandomArray(shape=list(shape), seed=self.seed + len(drawn), divisor=self.divisor)
            steps += computed(unit, list(operands), len(shapes[unit.inputs[0]]))
        last = self.units[-1].name
        drawn["w"] = RandomArray(shape=[self.batch_size, *shapes[last]], seed=self.seed + len(drawn))
        steps.append(Step(name="loss", function="sum of products", operands=[last, "w"]))
        return calculation_of(self, inputs={"epsilon": EPSILON}, random=drawn, steps=steps, gradients_of="loss")


def weights(unit: ArchitectureLayer, shape: Shape) -> dict[str, Shape]:
    """The shapes of a layer's weights, by their names in a calculation; ``shape`` is that of what goes in."""
    size = (unit.size, unit.size) if isinstance(unit.size, int) else tuple(unit.size)
    found: dict[str, dict[str, Shape]] = {
        "convolution": {"filters": (unit.units, shape[0], *size), "bias": (unit.units,)},
        "dense": {"kernel": (prod(shape), unit.units), "bias": (unit.units,)},
        "batch normalization": {"gamma": shape[:1], "beta": shape[:1]},
    }
    return found.get(unit.type, {})


def computed(unit: ArchitectureLayer, operands: list[str], axes: int) -> Iterator[Step]:
    """The steps of a layer; ``axes`` are those of one pattern."""
    sums = unit.name if unit.activation == "identity" else f"{unit.name}_sums"
    sliding = {"stride": unit.stride, "padding": unit.padding}
    if unit.type == "dense":
        yield Step(name=f"{unit.name}_rows", function="rows" if axes > 1 else "identity", operands=unit.inputs)
        yield Step(name=f"{unit.name}_products", function="dot", operands=[f"{unit.name}_rows", operands[0]])
        yield Step(name=sums, function="add", operands=[f"{unit.name}_products", operands[1]])
    elif unit.type in ("add", "concatenate"):
        yield Step(name=sums, function=unit.type, operands=unit.inputs, axis=1 if unit.type == "concatenate" else None)
    elif unit.type == "batch normalization":
        yield Step(name=sums, function=unit.type, operands=[*unit.inputs, *operands, "epsilon"])
    elif unit.type == "convolution":
        yield Step(name=sums, function=unit.type, operands=[*unit.inputs, *operands], **sliding)
    else:
        yield Step(name=sums, function=unit.type, operands=unit.inputs, size=unit.size, **sliding)
    if sums != unit.name:
        yield Step(name=unit.name, function=unit.activation, operands=[sums])
