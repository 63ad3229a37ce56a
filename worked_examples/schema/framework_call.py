"""Calls as data, and the arrays that they are measured on."""

import re
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field, field_validator

from worked_examples.limits import AXES, entries_fault, number_fault, product
from worked_examples.number_types import Array, numbers
from worked_examples.schema.arrays import check_nested
from worked_examples.schema.base import DECIMAL, Index, Model, Number, Seed, Size, Word

SINGLE = re.compile(rf"({DECIMAL.pattern})f")


def option(value: Any) -> Any:
    """Check an option: truth values, whole numbers, lists, and strings (decimal ones are numbers; ``0.9f`` is 0.9 in float32)."""
    if isinstance(value, float):
        raise ValueError(f'{value} must be written as a string, "{value}", so that its digits are kept')  # noqa: TRY004
    if not isinstance(value, bool | int | str | list):
        raise ValueError(  # noqa: TRY004 -- pydantic turns ValueError into its own
            f"{value!r} is not an option; accepted: true, false, whole numbers, strings and lists of these"
        )
    for text in value if isinstance(value, list) else [value]:
        if (
            isinstance(text, str)
            and (DECIMAL.fullmatch(text) or SINGLE.fullmatch(text))
            and (fault := number_fault(text.rstrip("f")))
        ):
            raise ValueError(fault)
    return value


Option = Annotated[bool | int | str | list[int | str], BeforeValidator(option)]


class FrameworkCall(Model):
    """A call by its name, and its options; ``before`` is applied first: an activation before a loss, a decay before a step."""

    call: str
    options: dict[str, Option] = {}
    before: "FrameworkCall | None" = None
    takes: list[str] = Field([], description="the probe's arrays that are its arguments, in order; absent: all")
    loads: list[str] = Field([], description="for a layer: the probe's arrays as its parameters, in order; absent: all but input")
    gates: list[Index] = Field([], description="for a recurrent layer: the order of the gates in its parameters")
    times: Number = Field("1", description="a factor on the result, such as a loss weight; for an optimizer, on the learning rate")
    axes: dict[str, list[Index]] = Field(
        {}, description="permutations of the axes of the book's input, kernel and output for this call"
    )
    dtype: Annotated[str, Word("a dtype", ("float64", "default"))] = "float64"

    def calls(self) -> list[str]:
        """Its name, and the name of the call before it."""
        return [self.call, *(self.before.calls() if self.before else [])]


def value(text: Any, number_type: str = "float64") -> Any:
    """An option as a value: a decimal string as a number of the type, any other option unchanged."""
    if isinstance(text, list):
        return [value(entry, number_type) for entry in text]
    if not isinstance(text, str) or not (DECIMAL.fullmatch(text) or SINGLE.fullmatch(text)):
        return text
    exact = f"{float(np.float32(text[:-1])):.60f}".rstrip("0") if text.endswith("f") else text
    return numbers(exact, number_type)[()]


class ProbeArray(Model):
    """Numbers from -0.99 to 0.99 of ``numpy.random.RandomState``, never 0."""

    seed: Seed
    shape: list[Size]

    @field_validator("shape")
    @classmethod
    def small_enough(cls, shape: list[int]) -> list[int]:
        """Refuse an array beyond the limits."""
        if len(shape) > AXES:
            raise ValueError(f"{len(shape)} axes; accepted: at most {AXES}")
        if fault := entries_fault(product(shape)):
            raise ValueError(fault)
        return shape


class Probe(Model):
    """What calls are measured on: arrays by name, given or random, learning rates, fan-in and fan-out."""

    arrays: dict[str, Any] = {}
    random: dict[str, ProbeArray] = {}
    rates: list[Number] = Field([], description="learning rates in turn, repeated; absent: the optimizer's default")
    fans: list[Size] = Field([], description="fan in, fan out, for initializers")
    seed: Seed = 0

    @field_validator("arrays")
    @classmethod
    def nested(cls, arrays: dict[str, Any]) -> dict[str, Any]:
        """Every array is a rectangular nest of decimal strings."""
        return {name: check_nested(values) for name, values in arrays.items()}

    def array(self, name: str, number_type: str = "float64") -> Array:
        """An array in a number type."""
        if name not in self.random:
            return np.asarray(numbers(self.arrays[name], number_type))
        random, shape = np.random.RandomState(self.random[name].seed), self.random[name].shape
        hundredths = random.randint(1, 100, shape) * random.choice([-1, 1], shape)
        return np.asarray(numbers((hundredths / 100).astype(str), number_type))

    def loaded(self, expression: FrameworkCall) -> list[str]:
        """The names of the arrays that are a layer's parameters, in order."""
        return expression.loads or [name for name in (*self.arrays, *self.random) if name != "input"]

    def given(self, expression: FrameworkCall, number_type: str = "float64") -> list[Array]:
        """The arrays that are the arguments of a call."""
        return [self.array(name, number_type) for name in expression.takes or [*self.arrays, *self.random]]
