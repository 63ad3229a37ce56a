"""What all layers of a network have in common: a name, inputs, parameters in the reference's order, and which of them train."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, NamedTuple, TypeAlias

import numpy as np
from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import Self

from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import NONE, Layer
from worked_examples.number_types import Array, numbers
from worked_examples.schema.arrays import check_nested
from worked_examples.schema.base import Model, Name, Vector, Word
from worked_examples.schema.recipe import ABSENT
from worked_examples.schema.seeded import Activation

Shape: TypeAlias = tuple[int, ...]
Names: TypeAlias = Mapping[str, str]


class Given(NamedTuple):
    """An input of a layer: in words where it comes from, and its shape without the axis of the samples."""

    source: str
    shape: Shape


def array_or_nested(value: Any) -> Any:
    """An array as it is, or nested decimal strings."""
    return value if isinstance(value, np.ndarray) else check_nested(value)


def absent(value: Any) -> Any:
    """No array where the word for none is written."""
    return None if isinstance(value, str) and value == ABSENT else value


Nested = Annotated[Any, BeforeValidator(array_or_nested)]
Bias = Annotated[Vector | None, BeforeValidator(absent)]


class LayerBase(Model):
    """A layer. Its parameters are arrays of the fixture under names of its own; ``names`` maps these to the reference's."""

    names: ClassVar[Names] = MappingProxyType({})
    n_inputs: ClassVar[int | None] = 1

    name: Name | None = Field(None, description="by which later layers call it among their inputs")
    inputs: Annotated[list[str], Field(min_length=1)] | None = Field(
        None, description="names of earlier layers, or 'input' for the data; absent: the layer before"
    )
    trainable: bool | list[str] = Field(default=True, description="false, or the names of the parameters that are trained")

    @model_validator(mode="before")
    @classmethod
    def nothing_known(cls, table: Any) -> Any:
        """What is empty is not there: only its size is known."""
        if not isinstance(table, dict):
            return table
        empty = [name for name, value in table.items() if isinstance(value, list | str) and not value]
        return {name: value for name, value in table.items() if name not in empty or name not in (*cls.names, "epsilon")}

    @model_validator(mode="after")
    def trains_its_own(self) -> "LayerBase":
        """Only parameters that the layer has can be trained."""
        for name in self.trainable if isinstance(self.trainable, list) else []:
            Word("a parameter of this layer", tuple(self.parameters)).check(name)
        return self

    @property
    def parameters(self) -> dict[str, Any]:
        """The arrays that the layer has, by the names of the fixture."""
        return {name: array for name in self.names if (array := getattr(self, name)) is not None}

    @property
    def unknown(self) -> list[str]:
        """The keys of the numbers that are not known: only their sizes are."""
        return [name for name, array in self.parameters.items() if len(array) == 0]

    def parameter_shapes(self, given: Sequence[Given]) -> dict[str, Shape]:
        """The shapes of the parameters that the layer has, in the layout and by the names of the fixture."""
        return {name: shape_of(array) for name, array in self.parameters.items()}

    @property
    def n_parameters(self) -> int:
        """The number of entries of all parameters."""
        return sum(array.size for array in self.arrays("float64"))

    def arrays(self, number_type: str) -> Layer:
        """The parameters before training in a number type, as the reference has them."""
        known = {self.names[name]: numbers(array, number_type) for name, array in self.parameters.items()}
        return Layer(**{name: known.get(name, NONE) for name in Layer._fields})

    def with_arrays(self, parameters: Layer) -> Self:
        """The same layer with other parameters, which are arrays as the reference has them."""
        of_fixture = {name: self.in_fixture_layout(field, getattr(parameters, field)) for name, field in self.names.items()}
        return self.model_copy(update={name: array for name, array in of_fixture.items() if name in self.parameters})

    def in_fixture_layout(self, name: str, array: Array) -> Array:
        """A parameter of the reference as the fixture writes it."""
        return array

    @property
    def trained(self) -> tuple[str, ...]:
        """The names, as the reference has them, of the parameters that are trained."""
        chosen = self.trainable if isinstance(self.trainable, list) else self.parameters if self.trainable else []
        return tuple(self.names[name] for name in chosen)

    @abstractmethod
    def output_shape(self, given: Sequence[Given]) -> Shape:
        """The shape of the output for these inputs.

        Raises:
            ValueError: where they do not fit; the message begins with a key of the layer.

        """

    def work(self, given: Sequence[Given], n_outputs: int) -> int:
        """About how many numbers a pass of one sample makes on its way."""
        return n_outputs

    @abstractmethod
    def reference(self, number_type: str) -> LayerType:
        """The type of the layer, with its options, as the reference has it."""


class Activated(LayerBase):
    """A layer with an activation."""

    activation: Activation = "identity"


class Plain(LayerBase):
    """A layer whose outputs are its pre-activations."""

    @property
    def activation(self) -> str:
        """None."""
        return "identity"


def only(given: Sequence[Given]) -> Given:
    """The one input of a layer that has one."""
    (one,) = given
    return one


def axes(given: Given, count: int, key: str, what: str) -> Shape:
    """The shape of an input with so many axes.

    Raises:
        ValueError: where it has another number; the message begins with ``key`` and says ``what`` the layer takes.

    """
    if len(given.shape) != count:
        raise ValueError(f"{key}: takes {what}, but {given.source} has the shape {list(given.shape)}; write a reshape layer")
    return given.shape


def units_or(count: int, given: Given, key: str, what: str) -> Shape:
    """The shape of an input of units, or of what has so many axes; of others Keras and PyTorch take different axes.

    Raises:
        ValueError: where it is another; the message begins with ``key`` and says ``what`` the layer takes besides units.

    """
    return given.shape if len(given.shape) == 1 else axes(given, count, key, f"units or {what}")


def shape_of(nested: Any) -> Shape:
    """The shape of a nest of lists, or of an array."""
    if isinstance(nested, np.ndarray):
        return nested.shape
    return (len(nested), *shape_of(nested[0])) if isinstance(nested, list) else ()


def nested_shape(nested: Any, count: int, key: str, what: str) -> Shape:
    """The shape of a nest of lists with so many axes.

    Raises:
        ValueError: where it has another number.

    """
    shape = shape_of(nested)
    if len(shape) != count:
        raise ValueError(f"{key}: {len(shape)} axes; accepted: {what}")
    return shape


def sizes_fault(layer: LayerBase, size: str) -> str:
    """What is wrong where some numbers of a layer are known and others are not, or nothing is; ``size`` is the key of its size."""
    first, *others = layer.names
    if first not in layer.unknown:
        return next((f"{name}: missing" for name in others if name in layer.unknown), "")
    if not getattr(layer, size):
        return f"{first}: missing; where only its size is known: {size}"
    known = next((name for name in others if name in layer.parameters and name not in layer.unknown), "")
    return f"{known}: given, but {first} is missing; write both, or neither" if known else ""


def written_size_fault(size: str, written: Any, key: str, found: Any) -> str:
    """What is wrong where a size is written beside an array that has another one; a single number is that of each axis."""
    if not written or written in (found, found[0] if isinstance(found, list) and len(set(found)) == 1 else found):
        return ""
    return f"{size}: {written}, but {key} has {found}; leave it out"


def checked_length(key: str, vector: Sequence[Any], count: int, of: str) -> None:
    """Refuse a list without one entry for each of something."""
    if len(vector) != count:
        raise ValueError(f"{key}: {len(vector)} entries; accepted: {count}, one for each {of}")
