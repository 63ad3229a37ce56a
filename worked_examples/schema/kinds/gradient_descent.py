"""Gradient descent on a function, with gradients by central differences."""

import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from worked_examples.limits import DESCENT_STEPS
from worked_examples.schema.base import Model, Name, Number
from worked_examples.schema.dry_run import gradients_of, values_of
from worked_examples.schema.kinds.calculation import (
    CalculationExample,
    calculation_of,
    check_arrays,
    check_nested,
    head_of,
)
from worked_examples.schema.steps import StepsExample, with_constants

NAME = re.compile(r"(?P<run>\w+?)(?:_(?P<what>gradient|end)|_x(?P<coordinate>[0-9]{1,9})_(?P<side>plus|minus))?")


class DescentRun(Model):
    """One start: its numerical gradient, and the descent from there."""

    name: Name
    value: str = Field(description="the step that is differentiated")
    start: Any
    learning_rate: Number = "0"
    steps: Annotated[int, Field(strict=True, ge=0, le=DESCENT_STEPS)] = 0

    @field_validator("start")
    @classmethod
    def nested(cls, start: Any) -> Any:
        """The start is a number or a rectangular nest of numbers."""
        return check_nested(start)


class DescentTarget(NamedTuple):
    """What a printed name means: the gradient at a run's start, its end, or a point beside its start."""

    run: DescentRun
    what: str
    coordinate: int


class GradientDescentExample(StepsExample):
    """A function of ``x`` as a calculation, central differences of step ``h``, and one or more runs.

    A printed ``RUN_gradient`` is the numerical gradient at the start, ``RUN_end`` the point after the descent, ``RUN_x0_plus`` the
    start with ``h`` added to coordinate 0.
    """

    kind: Literal["gradient descent"]
    inputs: dict[str, Any] = Field({}, validate_default=True)
    h: Number
    runs: Annotated[list[DescentRun], Field(min_length=1)]
    notes: list[str] | None = Field(None, description="the notes to the author that a run must give; absent: any")

    @field_validator("inputs")
    @classmethod
    def nested(cls, inputs: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
        """Every input is a rectangular nest of decimal strings; numbers in formulas are inputs like any other."""
        return with_constants(check_arrays(inputs), info.data.get("steps", ""))

    @model_validator(mode="after")
    def names_known(self) -> "GradientDescentExample":
        """Every printed name and every differentiated value means something."""
        for position, run in enumerate(self.runs):
            if run.value not in self.lines or not run.value.isidentifier():
                raise ValueError(f"runs[{position}].value: '{run.value}' is not a step")
        for position, block in enumerate(self.printed):
            for item in block.items:
                self.part(position, item.name)
        return self

    @model_validator(mode="after")
    def computable(self) -> "GradientDescentExample":
        """At every start the function is a number that can be computed and differentiated by ``x``."""
        for position, run in enumerate(self.runs):
            try:
                calculation = calculation_of(self, **self.contents(run))
            except ValidationError as error:
                raise ValueError(f"runs[{position}]: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from None
            values = values_of(calculation.nodes, calculation.floats, calculation.lines)
            if values[run.value].shape != ():
                raise ValueError(
                    f"runs[{position}].value: '{run.value}' has shape {values[run.value].shape}; write a step that is one number"
                )
            if "x" not in gradients_of(calculation.nodes, values, run.value):
                raise ValueError(f"runs[{position}].value: '{run.value}' depends on x through a setting, which has no gradient")
        return self

    def calculation(self, run: DescentRun) -> CalculationExample:
        """The function at a run's start, to be differentiated; validated when the example is, and not with every step."""
        return CalculationExample.model_construct(**head_of(self), **self.contents(run))

    def contents(self, run: DescentRun) -> dict[str, Any]:
        """Inputs and steps of the function at a run's start."""
        return {"inputs": {**self.inputs, "x": run.start}, "steps": self.steps, "gradients_of": run.value}

    def part(self, position: int, name: str) -> DescentTarget:
        """What ``name`` means in ``printed[position]``."""
        match, runs = NAME.fullmatch(name), {run.name: run for run in self.runs}
        if not match or match["run"] not in runs or not (match["what"] or match["side"]):
            raise ValueError(
                f"printed[{position}].text: '{name}' is not RUN_gradient, RUN_end, RUN_x0_plus or its like; runs: {', '.join(runs)}"
            )
        return DescentTarget(runs[match["run"]], match["what"] or match["side"], int(match["coordinate"] or 0))
