"""Seed recipes: how a book draws its numbers, in the order of its calls, and the names that stand for them in the fixture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, NamedTuple, TypeAlias, TypeVar

import numpy as np
from pydantic import BeforeValidator, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from worked_examples.errors import nearest
from worked_examples.limits import entries_fault
from worked_examples.recipes.arguments import Array, array
from worked_examples.recipes.evaluation import run
from worked_examples.recipes.generators import GENERATORS, NOT_REPRODUCED, TYPES, Stream
from worked_examples.schema.base import Model, Seed, Word

Nested: TypeAlias = Any  # a decimal string, or lists of lists of them
FLOAT64 = ("float64",)
ABSENT = "none"  # the word for an array that there is not
EACH = "each"  # in the path of an array: every entry of a list


class Drawn(NamedTuple):
    """What one seed gives: every name with its numbers, and the stream behind the last of them."""

    arrays: dict[str, Array]
    stream: Stream


@dataclass(frozen=True, eq=False)
class Kept:
    """Arrays that are equal to none but themselves, so that recipes are compared by what a fixture says."""

    arrays: dict[str, Array]


def reproduced(generator: Any) -> Any:
    """Refuse a generator of which is known why it is none."""
    if isinstance(generator, str) and generator in NOT_REPRODUCED:
        raise ValueError(f"'{generator}': {NOT_REPRODUCED[generator]}")
    return generator


def numbers_of(name: str, value: Any) -> Array:
    """The numbers of a drawn value as an array.

    Raises:
        ValueError: where it has none.

    """
    try:
        return array(value) if isinstance(value, (list, tuple, np.ndarray)) else np.array(float(value))
    except ValueError as error:
        raise ValueError(f"'{name}': {error}") from None


def exact_texts(numbers: Array) -> Nested:
    """The exact decimals of binary numbers, nested as the array is."""
    flat = [str(Decimal(number)) for number in numbers.ravel().tolist()]
    return np.array(flat, dtype=object).reshape(numbers.shape).tolist()


class Recipe(Model):
    """A seeded generator, and the statements that draw from it; every name in them stands for its numbers, every digit kept."""

    given: ClassVar[Mapping[str, float]] = MappingProxyType({})
    """Numbers that the statements may use by name."""

    generator: Annotated[str, Word("a generator", tuple(GENERATORS)), BeforeValidator(reproduced)]
    seed: Seed
    dtype: Annotated[str, Word("a default type", ("float32", "float64"))] | None = Field(
        None, description="the default type of PyTorch's tensors, where it is not float32"
    )
    draw: str = Field("", description='one statement a line, as in "W1 = 2*random(3, 4) - 1"; no call has a dot')
    parameters: str = Field(
        "",
        description="behind what draw draws: every parameter of which a network has only the size, in the order of layers, "
        'kernel before bias: "randint(-99, 100, shape) / 128"',
    )
    places: SkipJsonSchema[dict[str, str]] = Field({}, description="the key of every array that a name stands for; found")

    @classmethod
    def written_keys(cls) -> list[str]:
        """The keys that a fixture may write: all but the places."""
        return [name for name in super().written_keys() if name != "places"]

    @model_validator(mode="after")
    def drawable(self) -> "Recipe":
        """Every statement has a value, within the limits."""
        accepted = TYPES.get(self.generator, FLOAT64)
        if self.dtype and self.dtype not in accepted:
            raise ValueError(f"dtype: '{self.dtype}'; accepted for {self.generator}: {', '.join(accepted)}")
        try:
            arrays = self.arrays
        except ValueError as error:
            raise ValueError(f"draw: {error}") from None
        if ABSENT in arrays:
            raise ValueError(f"draw: '{ABSENT}' is the word for a bias that there is not; write another name")
        if fault := entries_fault(sum(numbers.size for numbers in arrays.values())):
            raise ValueError(f"draw: {fault}")
        return self

    def drawn(self, seed: int, given: Mapping[str, float] | None = None) -> Drawn:
        """What another seed gives by the same statements, or other numbers that these are given by name.

        Raises:
            ValueError: where a statement has no value.

        """
        stream = GENERATORS[self.generator](seed, self.dtype or TYPES.get(self.generator, FLOAT64)[0])
        values = run(self.draw, stream, self.given if given is None else given) if self.draw.strip() or not self.parameters else {}
        return Drawn({name: numbers_of(name, value) for name, value in values.items()}, stream)

    @cached_property
    def own(self) -> Kept:
        """What the recipe's own seed gives."""
        return Kept(self.drawn(self.seed).arrays)

    @property
    def arrays(self) -> dict[str, Array]:
        """Every name with its numbers."""
        return self.own.arrays

    @cached_property
    def texts(self) -> dict[str, Nested]:
        """Every name with its numbers as exact decimal strings."""
        return {name: exact_texts(numbers) for name, numbers in self.arrays.items()}


R = TypeVar("R", bound=Recipe)


def filled(table: Any, paths: Sequence[tuple[str, ...]]) -> Any:
    """The table of a fixture with numbers in the place of names; unchanged where it has no valid recipe.

    ``paths`` lead to the arrays; the recipe remembers which name was where.

    Raises:
        ValueError: where a name is not drawn; the message begins with its key.

    """
    recipe = recipe_of(table, Recipe)
    if recipe is None:
        return table
    places = dict[str, str]()
    table = numbers_in(table, paths, recipe.texts, places)
    return {**table, "recipe": recipe.model_copy(update={"places": places or recipe.places})}


def numbers_in(table: Any, paths: Sequence[tuple[str, ...]], known: Mapping[str, Nested], places: dict[str, str]) -> Any:
    """The table with what is known in the place of names; ``places`` gets which name was where.

    Raises:
        ValueError: where a name is not known; the message begins with its key.

    """
    for path in paths:
        table = filled_at(table, path, "", known, places)
    return table


def recipe_of(table: Any, model: type[R]) -> R | None:
    """The recipe of a table; None where there is none, or one that is no recipe, about which its own key says more."""
    try:
        return model.model_validate(table["recipe"]) if isinstance(table, dict) and table.get("recipe") else None
    except ValueError:
        return None


def filled_at(value: Any, path: tuple[str, ...], key: str, known: Mapping[str, Nested], places: dict[str, str]) -> Any:
    """A value with numbers in the place of the names at one path below it."""
    if not path:
        return numbers_for(value, key, known, places)
    step, rest = path[0], path[1:]
    if step == EACH and isinstance(value, list):
        return [filled_at(entry, rest, f"{key}[{index}]", known, places) for index, entry in enumerate(value)]
    if isinstance(value, dict) and step in value:
        return {**value, step: filled_at(value[step], rest, f"{key}.{step}".lstrip("."), known, places)}
    return value


def numbers_for(value: Any, key: str, known: Mapping[str, Nested], places: dict[str, str]) -> Any:
    """The numbers that a name stands for; anything else unchanged."""
    if not isinstance(value, str) or not value.isidentifier() or value == ABSENT:
        return value
    if value not in known:
        raise ValueError(f"{key}: '{value}' names no array; {nearest(value, known)}")
    places[key] = value
    return known[value]


def with_inputs(table: Any) -> Any:
    """The table of a calculation with everything that its recipe draws among its inputs.

    Raises:
        ValueError: where a name is given as an input too.

    """
    recipe = recipe_of(table, Recipe)
    if recipe is None or not isinstance(inputs := table.get("inputs", {}), dict):
        return table
    if recipe.parameters:
        raise ValueError("recipe.parameters: of a network's layers; write draw")
    if both := [name for name, numbers in recipe.texts.items() if inputs.get(name, numbers) != numbers]:
        raise ValueError(f"inputs.{both[0]}: drawn by the recipe too; write another name")
    return {**table, "inputs": {**inputs, **recipe.texts}}
