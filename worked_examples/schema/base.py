"""The ground of every table in a fixture: frozen, no unknown keys, decimal strings, words from a list."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from worked_examples.errors import nearest

DECIMAL = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


class Model(BaseModel):
    """A table of a fixture."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def known_keys(cls, table: Any) -> Any:
        """Refuse an unknown key with the nearest known one."""
        for key in table if isinstance(table, dict) else ():
            if key not in cls.model_fields:
                raise ValueError(f"unknown key '{key}'; {nearest(key, cls.model_fields)}")
        return table


def decimal(value: Any) -> Any:
    """Check one number: a decimal string, as printed."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError(  # noqa: TRY004 -- pydantic turns ValueError into its own
            f'{value} must be written as a string, "{value}", so that its digits are kept'
        )
    if isinstance(value, str) and not DECIMAL.fullmatch(value):
        raise ValueError(f"'{value}' is not a number; accepted: a decimal string such as \"0.05\"")
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


Number = Annotated[str, BeforeValidator(decimal)]
Vector = Annotated[list[Number], Field(min_length=1)]
Matrix = Annotated[list[Vector], Field(min_length=1)]


def rectangle(rows: Matrix) -> tuple[int, int]:
    """The shape of a matrix whose rows are equally long.

    Raises:
        ValueError: where they are not.

    """
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"rows of different lengths: {[len(row) for row in rows]}")
    return len(rows), len(rows[0])
