"""Calculations: named inputs, and steps that are formulas of inputs and earlier steps.

A printed name is an input or a step, an entry ``I[2]`` of it, its ``.shape``, ``.size`` or ``.ndim``; ``d_NAME`` is the gradient of
the final step with respect to it. In an iteration it is that of the block's ``iteration``, or of the number in front of it; else
that of the last one. ``docs/formulas.md`` has the language of the steps.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, partial
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from reference.graph import Node
from worked_examples.errors import nearest
from worked_examples.expression.derivatives import between
from worked_examples.expression.formulas import formulas
from worked_examples.expression.iterated import Repeated, of_pass, repeated
from worked_examples.number_types import Array, numbers
from worked_examples.printed.items import flatten, numbered, whole
from worked_examples.schema.arrays import check_arrays
from worked_examples.schema.calculations.dry_run import gradients_of, values_of
from worked_examples.schema.calculations.infinities import undefined_gradients
from worked_examples.schema.calculations.iteration import Iteration, Passes, passes_of, work_fault
from worked_examples.schema.calculations.steps import check_repeated, check_used, readable, with_constants
from worked_examples.schema.calculations.unrolled import LAST, Unrolled
from worked_examples.schema.page import ExampleBase
from worked_examples.schema.recipe import Recipe, with_inputs

NAME = re.compile(r"(?P<name>\w+?)(?:\[(?P<index>[0-9]{1,9}(?:, ?[0-9]{1,9})*)\])?(?:\.(?P<attribute>shape|size|ndim))?")


class CalculationTarget(NamedTuple):
    """What a printed name means: a value or a gradient, one entry of it, or an attribute such as its shape.

    ``name`` is that of a node, ``passes`` how many it takes; 0 where it is before them, and LAST where it is after all.
    """

    name: str
    gradient: bool
    entry: tuple[int, ...]
    attribute: str
    passes: int = 0


def calculation_of(example: ExampleBase, **contents: Any) -> "CalculationExample":
    """The calculation of an example of another kind."""
    head = {name: getattr(example, name) for name in ("id", "title", "source", "provenance", "file")}
    return CalculationExample(kind="calculation", **head, **contents)


def repeated_of(steps: str, iteration: Iteration | None) -> Repeated | None:
    """The formulas of a pass.

    Raises:
        ValueError: where they are not accepted; it begins with their key.

    """
    if iteration is None:
        return None
    try:
        return repeated(steps, iteration.steps, tuple(iteration.state), iteration.until)
    except ValueError as error:
        raise ValueError(str(error) if str(error).startswith("until: ") else f"steps: {error}") from None


class CalculationExample(ExampleBase):
    """A calculation forward and, where ``gradients_of`` names its final step, backward; parts of it may be repeated."""

    judged: ClassVar[tuple[str, ...]] = ("printed", "statements")
    kind: Literal["calculation"]
    steps: Annotated[str, BeforeValidator(readable)] = Field("", description="NAME = FORMULA, one a line; see docs/formulas.md")
    iteration: Iteration | None = Field(None, description="further steps, which are repeated")
    recipe: Recipe | None = Field(None, description="how the book draws numbers; every name that it draws is an input")
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

    @field_validator("iteration", mode="after")
    @classmethod
    def repeatable(cls, iteration: Iteration | None, info: ValidationInfo) -> Iteration | None:
        """The formulas of a pass can be read."""
        if "steps" in info.data:
            repeated_of(info.data["steps"], iteration)
        return iteration

    @field_validator("inputs", mode="after")
    @classmethod
    def nested(cls, inputs: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        """Every input is a rectangular nest of decimal strings; numbers in formulas are inputs like any other."""
        steps = info.data.get("steps", "")
        body = repeated_of(steps, info.data.get("iteration"))
        return with_constants(check_arrays(inputs), [*formulas(steps).constants, *(body.constants if body else ())])

    @model_validator(mode="after")
    def steps_in_order(self) -> "CalculationExample":
        """Every step uses inputs and earlier steps only."""
        check_used(self.steps, self.inputs)
        if body := repeated_of(self.steps, self.iteration):
            check_repeated(body, {*self.inputs, *formulas(self.steps).lines})
        if self.gradients_of and self.gradients_of not in self.names:
            raise ValueError(f"gradients_of: '{self.gradients_of}' is not a step")
        if unknown := [name for name in self.rounded if name not in self.inputs or not name.isidentifier()]:
            raise ValueError(f"rounded: '{unknown[0]}' is not an input; {nearest(unknown[0], self.names)}")
        return self

    @model_validator(mode="after")
    def without_training(self) -> "CalculationExample":
        """No statement is about a training of its own."""
        for position, statement in enumerate(self.statements):
            if not statement.trainings:
                raise ValueError(f"statements[{position}]: a calculation has no training; accepted: trainings and dtype")
        return self

    @model_validator(mode="after")
    def computable(self) -> "CalculationExample":
        """Every step can be computed and differentiated, and every printed name means something that has a value."""
        if self.iteration:
            self.check_one_pass(self.iteration)
        values = values_of(self.nodes, self.floats, self.unrolled.place)
        gradients = gradients_of(self.nodes, values, self.final, self.upstream) if self.final else {}
        for position, block in enumerate(self.printed):
            self.check_numbers(position)
            numbers_of_items = numbered(block.items, partial(self.is_count, position))
            for name, number in dict.fromkeys((item.name, number) for item, _, _, number in numbers_of_items):
                if not self.is_count(position, name):
                    self.check_printed(position, name, self.done(position, number), values, gradients)
        return self

    def check_one_pass(self, iteration: Iteration) -> None:
        """Refuse an iteration that is too large, or whose states do not keep their shapes."""
        one = self.unrolled_to(Passes(1))
        values = values_of(tuple(one.nodes()), self.floats, one.place)
        for name in iteration.state:
            if (shape := values[of_pass(name, 1)].shape) != values[name].shape:
                raise ValueError(f"iteration.steps: '{name}' has shape {shape}, but {values[name].shape} at the start; keep it")
        for condition in one.conditions():
            if (shape := values[condition].shape) != ():
                raise ValueError(f"iteration.until: '{iteration.until}' has shape {shape}; write a condition that is one number")
        if fault := work_fault(list(one.nodes()), values, iteration.times):
            raise ValueError(f"iteration.times: {fault}")

    def check_numbers(self, position: int) -> None:
        """Refuse numbers of iterations that there are not."""
        block, key, iteration = self.printed[position], f"printed[{position}]", self.iteration
        if block.epoch is not None:
            raise ValueError(f"{key}.epoch: a calculation has no epochs; write iteration")
        if iteration is None and block.iteration is not None:
            raise ValueError(f"{key}.iteration: there is no [iteration]; remove it")
        last = iteration.first + iteration.times - 1 if iteration else 0
        if block.iteration is not None and block.iteration > last:
            raise ValueError(f"{key}.iteration: {block.iteration}; accepted: the number of an iteration, from 0 to {last:,}")
        for item in block.items:
            for _, text in flatten(item.values) if self.is_count(position, item.name) else ():
                if (number := whole(text)) is None or number > last:
                    raise ValueError(
                        f"{key}.text: '{item.name}' is printed {text}; accepted: the number of an iteration, from 0 to {last:,}"
                    )

    def check_printed(
        self, position: int, name: str, done: int, values: Mapping[str, Array], gradients: Mapping[str, Array]
    ) -> None:
        """Refuse a printed name without meaning, a gradient that there is none of, and an entry outside of the array."""
        target, key = self.part(position, name, done), f"printed[{position}].text"
        if is_beyond := done > self.passes.made and bool(target.passes):  # whether the iteration gets there, is judged
            target = self.part(position, name)
        if target.gradient and target.name not in gradients:
            raise ValueError(
                f"{key}: '{name}': '{self.gradients_of}' has no gradient with respect to '{target.name}', a setting or an exponent "
                "of what is not positive; remove it"
            )
        is_final = target.name == self.final or is_beyond
        if target.gradient and target.passes and not is_final and not between(self.nodes, target.name, self.final):
            raise ValueError(
                f"{key}: '{name}': '{self.final}' does not depend on '{target.name}'; write a step such as g = gradient(E, w), "
                "and print that"
            )
        if target.gradient and np.any(undefined_gradients(self.nodes, values, gradients).get(target.name, False)):
            raise ValueError(
                f"{key}: '{name}': the gradient with respect to '{target.name}' is not a number, such as 0 * inf; "
                f"write where(CONDITION, x, -inf) behind '{target.name}'"
            )
        shape = values[target.name].shape
        if len(target.entry) > len(shape) or any(i >= extent for i, extent in zip(target.entry, shape, strict=False)):
            raise ValueError(f"{key}: '{name}' is outside of '{target.name}', which has shape {shape}")

    @property
    def floats(self) -> dict[str, Array]:
        """The inputs in float64."""
        return {name: np.asarray(numbers(texts)) for name, texts in self.inputs.items()}

    def unrolled_to(self, passes: Passes) -> Unrolled:
        """The calculation with so many passes."""
        return Unrolled(formulas(self.steps), repeated_of(self.steps, self.iteration), passes)

    @cached_property
    def passes(self) -> Passes:
        """The passes that are made: by exact numbers, where a condition ends them."""
        body, iteration = repeated_of(self.steps, self.iteration), self.iteration
        if body is None or iteration is None:
            return Passes(0)
        if not iteration.until:
            return Passes(iteration.times)
        return passes_of(formulas(self.steps).nodes, body, self.inputs, iteration.times)

    @property
    def unrolled(self) -> Unrolled:
        """The calculation with all passes that are made."""
        return self.unrolled_to(self.passes)

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """The steps in the reference's terms, all passes behind each other."""
        return tuple(self.unrolled.nodes())

    @property
    def constants(self) -> Collection[str]:
        """The numbers in the steps, which are inputs under their own texts."""
        return {name for name in self.inputs if not name.isidentifier()}

    @cached_property
    def names(self) -> list[str]:
        """The names of inputs and steps; numbers, and formulas inside of others, have none."""
        return self.unrolled.names(self.inputs)

    @property
    def final(self) -> str:
        """The node whose gradients are printed; empty where there is none."""
        return self.unrolled.node(self.gradients_of, LAST)[0] if self.gradients_of else ""

    @property
    def upstream(self) -> str:
        """The name of the input that is the gradient of the final step, if there is one."""
        return f"d_{self.gradients_of}"

    def is_count(self, position: int, name: str) -> bool:
        """Whether a printed name is the number of an iteration."""
        names = self.printed[position].names if position < len(self.printed) else {}
        return self.iteration is not None and names.get(name, name).lower() == "iteration"

    def done(self, position: int, number: int | None) -> int:
        """The passes made at the iteration of a number, in front of the printed one or of its block; LAST where there is none."""
        if number is None:
            number = self.printed[position].iteration
        if self.iteration is None or number is None:
            return LAST
        return number - self.iteration.first + 1

    def part(self, position: int, name: str, done: int = LAST) -> CalculationTarget:
        """What ``name`` means in ``printed[position]``, whose own names come first, after so many passes."""
        names = self.printed[position].names if position < len(self.printed) else {}
        name = names.get(name, name)
        match, known = NAME.fullmatch(name), self.names
        base = match["name"] if match else name
        is_upstream = base == self.upstream and done != LAST  # of a pass, it is the gradient there, and not the input of its name
        gradient = base.startswith("d_") and (base not in known or is_upstream) and bool(self.gradients_of)
        written = base.removeprefix("d_" if gradient else "")
        if not match or written not in known:
            raise ValueError(
                f"printed[{position}].text: '{name}' is neither an input nor a step; known: {', '.join(sorted(known))}"
            )
        index = tuple(int(i) for i in match["index"].split(",")) if match["index"] else ()
        try:
            node, passes = self.unrolled.node(written, done)
        except ValueError as error:
            raise ValueError(f"printed[{position}].text: {error}") from None
        return CalculationTarget(node, gradient, index, match["attribute"] or "", passes)
