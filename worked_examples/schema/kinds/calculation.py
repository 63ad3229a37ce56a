"""Calculations: named inputs, and steps that are formulas of inputs and earlier steps.

A printed name is an input or a step, an entry ``I[2]`` of it, its ``.shape``, ``.size`` or ``.ndim``; ``d_NAME`` is the gradient of
the final step with respect to it. ``docs/formulas.md`` has the language of the steps.
"""

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import Field, ValidationInfo, field_validator, model_validator

from worked_examples.errors import nearest
from worked_examples.limits import AXES, entries_fault, product
from worked_examples.number_types import Array, numbers
from worked_examples.schema.base import decimal
from worked_examples.schema.dry_run import gradients_of, values_of
from worked_examples.schema.page import ExampleBase
from worked_examples.schema.recipe import Recipe, with_inputs
from worked_examples.schema.seeded import RandomArray
from worked_examples.schema.steps import StepsExample, check_used, with_constants

NAME = re.compile(r"(?P<name>\w+?)(?:\[(?P<index>[0-9]{1,9}(?:, ?[0-9]{1,9})*)\])?(?:\.(?P<attribute>shape|size|ndim))?")


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


def head_of(example: ExampleBase) -> dict[str, Any]:
    """Kind, id and source of the calculation of an example of another kind."""
    return {"kind": "calculation", **{name: getattr(example, name) for name in ("id", "title", "source", "provenance", "file")}}


def calculation_of(example: ExampleBase, **contents: Any) -> "CalculationExample":
    """The calculation of an example of another kind."""
    return CalculationExample(**head_of(example), **contents)


class CalculationExample(StepsExample):
    """A calculation forward and, where ``gradients_of`` names its final step, backward."""

    kind: Literal["calculation"]
    recipe: Recipe | None = Field(None, description="how the book draws numbers; every name that it draws is an input")
    random: dict[str, RandomArray] = Field({}, description="further inputs: random arrays")
    inputs: dict[str, Any] = Field(
        {}, validate_default=True, description="what formulas use by name; numbers may be in the formulas"
    )
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
        """Every input is a rectangular nest of decimal strings; random arrays and numbers in formulas are inputs like any other."""
        given = check_arrays(inputs)
        arrays: dict[str, RandomArray] = info.data.get("random", {})
        if fault := entries_fault(sum(product(array.shape) for array in arrays.values())):
            raise ValueError(f"in [random]: {fault}")
        random = {name: array.texts for name, array in arrays.items()}
        if both := [name for name in random if given.get(name, random[name]) != random[name]]:
            raise ValueError(f"'{both[0]}' is in [random] too")
        return with_constants({**given, **random}, info.data.get("steps", ""))

    @model_validator(mode="after")
    def steps_in_order(self) -> "CalculationExample":
        """Every step uses inputs and earlier steps only."""
        check_used(self.steps, self.inputs)
        if self.gradients_of and self.gradients_of not in self.names:
            raise ValueError(f"gradients_of: '{self.gradients_of}' is not a step")
        if unknown := [name for name in self.rounded if name not in self.inputs or not name.isidentifier()]:
            raise ValueError(f"rounded: '{unknown[0]}' is not an input; {nearest(unknown[0], self.names)}")
        return self

    @model_validator(mode="after")
    def computable(self) -> "CalculationExample":
        """Every step can be computed and differentiated, and every printed name means something that has a value."""
        values = values_of(self.nodes, self.floats, self.lines)
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
    def names(self) -> list[str]:
        """The names of inputs and steps; numbers, and formulas inside of others, have none."""
        return [name for name in (*self.inputs, *self.lines) if name.isidentifier()]

    def part(self, position: int, name: str) -> CalculationTarget:
        """What ``name`` means in ``printed[position]``, whose own names come first."""
        names = self.printed[position].names if position < len(self.printed) else {}
        name = names.get(name, name)
        match, known = NAME.fullmatch(name), self.names
        base = match["name"] if match else name
        gradient = base.startswith("d_") and base not in known and bool(self.gradients_of)
        if not match or base.removeprefix("d_" if gradient else "") not in known:
            raise ValueError(
                f"printed[{position}].text: '{name}' is neither an input nor a step; known: {', '.join(sorted(known))}"
            )
        index = tuple(int(i) for i in match["index"].split(",")) if match["index"] else ()
        return CalculationTarget(base.removeprefix("d_") if gradient else base, gradient, index, match["attribute"] or "")
