"""What all tables of a fixture have in common: frozen, no unknown keys, decimal strings, words from a list."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function, no_info_wrap_validator_function
from typing_extensions import Self

from worked_examples.errors import nearest
from worked_examples.limits import EPOCHS, LARGEST_WHOLE, LONGEST_LINE, LONGEST_NUMBER, LONGEST_WORD, SIZE, number_fault

DECIMAL = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")  # no digits of other scripts; in linear time


class Model(BaseModel):
    """A table of a fixture."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def written_keys(cls) -> list[str]:
        """The keys that a fixture may write."""
        return list(cls.model_fields)

    @model_validator(mode="before")
    @classmethod
    def known_keys(cls, table: Any) -> Any:
        """Refuse an unknown key with the nearest known one."""
        for key in table if isinstance(table, dict) else ():
            if key not in cls.model_fields:
                raise ValueError(f"unknown key '{key}'; {nearest(key, cls.written_keys())}")
        return table

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced, not validated; cached properties are computed anew."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy


def decimal(value: Any) -> Any:
    """Check one number: a decimal string, as printed."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError(  # noqa: TRY004 -- pydantic turns ValueError into its own
            f'{value} must be written as a string, "{value}", so that its digits are kept'
        )
    if not isinstance(value, str) or not (len(value) > LONGEST_NUMBER or DECIMAL.fullmatch(value)):
        raise ValueError(f"'{value}' is not a number; accepted: a decimal string such as \"0.05\"")
    if fault := number_fault(value):
        raise ValueError(fault)
    return value


@dataclass(frozen=True)
class Word:
    """The check, and the JSON Schema, of a string that is one of the accepted words."""

    what: str
    accepted: tuple[str, ...]

    def check(self, value: str) -> str:
        """Refuse any other word with the nearest accepted one."""
        if value not in self.accepted:
            raise ValueError(f"'{value}' is not {self.what}; {nearest(value, self.accepted)}")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {"enum": sorted(self.accepted)}


@dataclass(frozen=True)
class Matching:
    """The check, and the JSON Schema, of a string that a regular expression matches; ``what`` says in words what is accepted."""

    pattern: str
    what: str

    def check(self, value: str) -> str:
        """Refuse any other string."""
        if not re.fullmatch(self.pattern, value):
            raise ValueError(f"{value!r} is not accepted; accepted: {self.what}")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {"pattern": f"^({self.pattern})$"}


@dataclass(frozen=True)
class OrArray:
    """Lists of decimal strings, in whose place a program may give an array of float64: what is drawn, or is in a file."""

    axes: int

    def check(self, value: Any, of_lists: Callable[[Any], Any]) -> Any:
        """Refuse an array with another number of axes, without entries, or with one that is not finite."""
        if not isinstance(value, np.ndarray):
            return of_lists(value)
        if value.ndim != self.axes or not value.size:
            raise ValueError(f"an array of the shape {list(value.shape)}; accepted: {self.axes} axes, and an entry")
        if not np.isfinite(value).all():
            raise ValueError("an entry that is not finite; accepted: finite numbers")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_wrap_validator_function(self.check, handler(source))


def extent(value: Any) -> Any:
    """Check an extent: one whole number from 0 for both directions, or two for rows and columns."""
    pair = value if isinstance(value, list) else [value, value]
    if len(pair) != 2 or any(type(number) is not int or number < 0 for number in pair):
        raise ValueError(f"{value!r} is not an extent; accepted: a whole number from 0, or [rows, columns]")
    if max(pair) > SIZE:
        raise ValueError(f"{max(pair)} is too large; accepted: at most {SIZE:,}")
    return value


Extent = Annotated[int | list[int], BeforeValidator(extent)]
Whole = Annotated[int, Field(strict=True, ge=-LARGEST_WHOLE, le=LARGEST_WHOLE)]
Index = Annotated[int, Field(strict=True, ge=0, le=LARGEST_WHOLE)]
Size = Annotated[int, Field(strict=True, ge=1, le=SIZE)]
Epoch = Annotated[int, Field(strict=True, ge=0, le=EPOCHS)]
Seed = Annotated[int, Field(strict=True, ge=0, lt=2**32, description="of numpy.random.RandomState")]
Name = Annotated[str, Matching(rf"\w{{1,{LONGEST_WORD}}}", "a name of letters, digits and '_'")]
Line = Annotated[str, Matching(rf"[^\n\t]{{0,{LONGEST_LINE}}}", f"a text of one line, at most {LONGEST_LINE:,} characters")]
Number = Annotated[str, BeforeValidator(decimal)]
Vector = Annotated[list[Number], Field(min_length=1), OrArray(1)]
Matrix = Annotated[list[Annotated[list[Number], Field(min_length=1)]], Field(min_length=1), OrArray(2)]


def rectangle(rows: Matrix) -> tuple[int, int]:
    """The shape of a matrix whose rows are equally long.

    Raises:
        ValueError: where they are not.

    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"rows of different lengths: {[len(row) for row in rows]}")
    return len(rows), len(rows[0])
