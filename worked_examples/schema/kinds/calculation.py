"""Calculations: named inputs, and steps that are functions of inputs and earlier steps.

A printed name is an input or a step, an entry ``I[2]`` of it, its ``.shape``, ``.size`` or ``.ndim``; ``d_NAME`` is the gradient of
the final step with respect to it.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import Field, ValidationInfo, field_validator, model_validator

from reference.graph import FUNCTIONS, Node
from worked_examples.limits import AXES, SIZE, STEPS, entries_fault, product
from worked_examples.number_types import Array, numbers
from worked_examples.schema.base import Extent, Model, Name, Whole, Word, decimal
from worked_examples.schema.dry_run import check_keys, gradients_of, values_of
from worked_examples.schema.page import ExampleBase
from worked_examples.schema.recipe import Recipe, with_inputs
from worked_examples.schema.seeded import RandomArray

NAME = re.compile(r"(?P<name>\w+?)(?:\[(?P<index>[0-9]{1,9}(?:, ?[0-9]{1,9})*)\])?(?:\.(?P<attribute>shape|size|ndim))?")
WHOLE = "-?[0-9]{1,9}"
SLICE = re.compile(rf"{WHOLE}|({WHOLE})?:({WHOLE})?(:({WHOLE})?)?")


class CalculationTarget(NamedTuple):
    """What a printed name means: a value or a gradient, one entry of it, or an attribute such as its shape."""

    name: str
    gradient: bool
    entry: tuple[int, ...]
    attribute: str


def check_nested(values: Any, axes: int = AXES) -> Any:
    """Decimal strings in lists of lists that are equally long at every depth."""
    if not isinstance(values, list):
        return decimal(values)
    if not axes:
        raise ValueError(f"more than {AXES} axes; accepted: at most so many")
    if not values:
        raise ValueError("an empty list; accepted: a decimal string, or lists of them")
    parts = [check_nested(value, axes - 1) for value in values]
    if len({len(row) if isinstance(row, list) else -1 for row in parts}) > 1:
        raise ValueError("lists of different lengths at one depth")
    return parts


def check_arrays(arrays: dict[str, Any]) -> dict[str, Any]:
    """Every array is a rectangular nest of decimal strings; what is wrong begins with its name."""
    for name, values in arrays.items():
        try:
            check_nested(values)
        except ValueError as error:
            raise ValueError(f"{name}: {error}" if name.isidentifier() else str(error)) from None
    return arrays


def slices(text: str) -> tuple[int | slice, ...]:
    """NumPy's index text, ``"0:4,1"`` or ``"::-1"``, as a tuple of whole numbers and slices.

    Raises:
        ValueError: for any other text.

    """
    index: list[int | slice] = []
    for entry in text.replace(" ", "").split(","):
        if not SLICE.fullmatch(entry):
            raise ValueError(f'\'{text}\' is not an index; accepted: whole numbers and slices such as "0:4,1" or "::-1"')
        numbers = [int(number) if number else None for number in entry.split(":")]
        index.append(slice(*numbers) if len(numbers) > 1 else int(entry))
    return tuple(index)


class Step(Model):
    """One step: a function of inputs and earlier steps."""

    name: Name
    function: Annotated[str, Word("a function", tuple(FUNCTIONS))] = Field(
        description="of equal entries or operands the first is chosen, and it alone has the gradient; at a jump the gradient is 0"
    )
    operands: list[str]
    axis: Whole | None = None
    shape: list[Annotated[int, Field(strict=True, ge=-1, le=SIZE)]] | None = None
    index: str | None = None
    size: Extent | None = Field(None, description="of a window; for a convolution, its filters give it")
    stride: Extent | None = None
    padding: Extent | None = Field(None, description="the same on both sides")

    @field_validator("index")
    @classmethod
    def readable(cls, index: str | None) -> str | None:
        """Refuse an index that cannot be read."""
        if index is not None:
            slices(index)
        return index

    @property
    def node(self) -> Node:
        """The step in the reference's terms."""
        return Node(self.name, self.function, tuple(self.operands), self.parameters)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters that the step gives, as values."""
        parameters = {"axis": self.axis, "shape": self.shape, "index": self.index and slices(self.index)}
        parameters |= {"size": self.size, "stride": self.stride, "padding": self.padding}
        return {name: value for name, value in parameters.items() if value is not None}


def head_of(example: ExampleBase) -> dict[str, Any]:
    """Kind, id and source of the calculation of an example of another kind."""
    return {"kind": "calculation", **{name: getattr(example, name) for name in ("id", "title", "source", "provenance", "file")}}


def calculation_of(example: ExampleBase, **contents: Any) -> "CalculationExample":
    """The calculation of an example of another kind."""
    return CalculationExample(**head_of(example), **contents)


class CalculationExample(ExampleBase):
    """A calculation forward and, where ``gradients_of`` names its final step, backward."""

    kind: Literal["calculation"]
    recipe: Recipe | None = Field(None, description="how the book draws numbers; every name that it draws is an input")
    random: dict[str, RandomArray] = Field({}, description="further inputs: random arrays")
    inputs: dict[str, Any] = Field({}, validate_default=True)
    steps: list[Step] = Field([], max_length=STEPS)
    gradients_of: str = Field(
        "", description="the step whose gradients are printed; its upstream gradient is the input d_STEP, or 1"
    )
    rounded: list[str] = Field([], description="inputs known only as printed: up to half a unit in their last place away")

    @model_validator(mode="before")
    @classmethod
    def drawn(cls, table: Any) -> Any:
        """What the recipe draws is among the inputs."""
        return with_inputs(table)

    @field_validator("inputs", mode="after")
    @classmethod
    def nested(cls, inputs: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        """Every input is a rectangular nest of decimal strings; random arrays are inputs like any other."""
        given = check_arrays(inputs)
        arrays: dict[str, RandomArray] = info.data.get("random", {})
        if fault := entries_fault(sum(product(array.shape) for array in arrays.values())):
            raise ValueError(f"in [random]: {fault}")
        random = {name: array.texts for name, array in arrays.items()}
        if both := [name for name in random if given.get(name, random[name]) != random[name]]:
            raise ValueError(f"'{both[0]}' is in [random] too")
        return {**given, **random}

    @model_validator(mode="after")
    def steps_in_order(self) -> "CalculationExample":
        """Every step uses inputs and earlier steps only."""
        known = list(self.inputs)
        for position, step in enumerate(self.steps):
            if unknown := [name for name in step.operands if name not in known]:
                raise ValueError(f"steps[{position}].operands: '{unknown[0]}' is neither an input nor an earlier step")
            if step.name in known:
                raise ValueError(f"steps[{position}].name: '{step.name}' is an input or an earlier step; write another name")
            check_keys(f"steps[{position}]", step.node)
            known.append(step.name)
        if self.gradients_of and self.gradients_of not in known:
            raise ValueError(f"gradients_of: '{self.gradients_of}' is not a step")
        return self

    @model_validator(mode="after")
    def computable(self) -> "CalculationExample":
        """Every step can be computed and differentiated, and every printed name means something that has a value."""
        values = values_of(self.nodes, self.floats)
        gradients = gradients_of(self.nodes, values, self.gradients_of) if self.gradients_of else {}
        for position, block in enumerate(self.printed):
            for item in block.items:
                self.check_printed(position, item.name, values, gradients)
        return self

    def check_printed(self, position: int, name: str, values: Mapping[str, Array], gradients: Mapping[str, Array]) -> None:
        """Refuse a printed name without meaning, a gradient that there is none of, and an entry outside of the array."""
        target, key = self.part(position, name), f"printed[{position}].text"
        if target.gradient and target.name not in gradients:
            raise ValueError(
                f"{key}: '{name}': '{self.gradients_of}' has no gradient with respect to '{target.name}', a setting or an exponent "
                "of what is not positive; remove it"
            )
        shape = values[target.name].shape
        if len(target.entry) > len(shape) or any(i >= extent for i, extent in zip(target.entry, shape, strict=False)):
            raise ValueError(f"{key}: '{name}' is outside of '{target.name}', which has shape {shape}")

    @property
    def floats(self) -> dict[str, Array]:
        """The inputs in float64."""
        return {name: np.asarray(numbers(texts)) for name, texts in self.inputs.items()}

    @property
    def nodes(self) -> list[Node]:
        """The steps in the reference's terms."""
        return [step.node for step in self.steps]

    def part(self, position: int, name: str) -> CalculationTarget:
        """What ``name`` means in ``printed[position]``."""
        match, known = NAME.fullmatch(name), {*self.inputs, *(step.name for step in self.steps)}
        base = match["name"] if match else name
        gradient = base.startswith("d_") and base not in known and bool(self.gradients_of)
        if not match or base.removeprefix("d_" if gradient else "") not in known:
            raise ValueError(
                f"printed[{position}].text: '{name}' is neither an input nor a step; known: {', '.join(sorted(known))}"
            )
        index = tuple(int(i) for i in match["index"].split(",")) if match["index"] else ()
        return CalculationTarget(base.removeprefix("d_") if gradient else base, gradient, index, match["attribute"] or "")
