"""Architectures small enough to be computed: the same layers as a calculation, with weights and patterns of our own."""

from collections.abc import Iterator, Mapping
from math import prod
from typing import Literal

from pydantic import Field, model_validator

from worked_examples.schema.architecture import ArchitectureExample, Unit
from worked_examples.schema.calculation import CalculationExample, Step, calculation_of
from worked_examples.schema.random_arrays import Drawn

Shape = tuple[int, ...]
EPSILON = "0.0009765625"  # 2^-10, exact in every number type


class BlockExample(ArchitectureExample):
    """Layers that are counted, and computed forward and backward."""

    kind: Literal["block"]  # type: ignore[assignment]  # the word is what tells the two apart
    batch: int = Field(2, ge=1, description="patterns")
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
        drawn = {"input": Drawn(shape=[self.batch, *self.input], seed=self.seed)}
        steps = list[Step]()
        for unit in self.units:
            operands = {f"{unit.name}_{name}": shape for name, shape in weights(unit, shapes[unit.of[0]]).items()}
            for name, shape in operands.items():
                drawn[name] = Drawn(shape=list(shape), seed=self.seed + len(drawn), divisor=self.divisor)
            steps += computed(unit, list(operands), len(shapes[unit.of[0]]))
        last = self.units[-1].name
        drawn["w"] = Drawn(shape=[self.batch, *shapes[last]], seed=self.seed + len(drawn))
        steps.append(Step(name="loss", function="sum of products", of=[last, "w"]))
        return calculation_of(self, inputs={"epsilon": EPSILON}, drawn=drawn, steps=steps, gradients_of="loss")


def weights(unit: Unit, shape: Shape) -> dict[str, Shape]:
    """The shapes of a layer's weights, by their names in a calculation; ``shape`` is that of what goes in."""
    size = (unit.size, unit.size) if isinstance(unit.size, int) else tuple(unit.size)
    found: dict[str, dict[str, Shape]] = {
        "convolution": {"filters": (unit.units, shape[0], *size), "bias": (unit.units,)},
        "dense": {"kernel": (prod(shape), unit.units), "bias": (unit.units,)},
        "batch normalisation": {"gamma": shape[:1], "beta": shape[:1]},
    }
    return found.get(unit.layer, {})


def computed(unit: Unit, operands: list[str], axes: int) -> Iterator[Step]:
    """The steps of a layer; ``axes`` are those of one pattern."""
    sums = unit.name if unit.activation == "identity" else f"{unit.name}_sums"
    sliding = {"stride": unit.stride, "padding": unit.padding}
    if unit.layer == "dense":
        yield Step(name=f"{unit.name}_rows", function="rows" if axes > 1 else "identity", of=unit.of)
        yield Step(name=f"{unit.name}_products", function="dot", of=[f"{unit.name}_rows", operands[0]])
        yield Step(name=sums, function="add", of=[f"{unit.name}_products", operands[1]])
    elif unit.layer in ("add", "concatenate"):
        yield Step(name=sums, function=unit.layer, of=unit.of, axis=1 if unit.layer == "concatenate" else None)
    elif unit.layer == "batch normalisation":
        yield Step(name=sums, function=unit.layer, of=[*unit.of, *operands, "epsilon"])
    elif unit.layer == "convolution":
        yield Step(name=sums, function=unit.layer, of=[*unit.of, *operands], **sliding)
    else:
        yield Step(name=sums, function=unit.layer, of=unit.of, size=unit.size, **sliding)
    if sums != unit.name:
        yield Step(name=unit.name, function=unit.activation, of=[sums])
