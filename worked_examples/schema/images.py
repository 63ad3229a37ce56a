"""Examples that learn from, or are asked about, a set of images: MNIST, Fashion-MNIST.

The images are no part of the fixture; without them the same network is verified on scikit-learn's handwritten digits, and what is
printed is judged as far as it can be without them.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from worked_examples.expression.evaluation import check
from worked_examples.schema.base import Model, Number, Word
from worked_examples.schema.minibatch import ImageNetwork, MinibatchTraining, Pretrained
from worked_examples.schema.page import ExampleBase, PrintedBlock

Array: TypeAlias = np.ndarray[Any, Any]
SETS = ("mnist", "fashion")
TRAINING_IMAGES = 60_000  # in either set
OTHERS: Mapping[str, str] = {  # what a printed name may stand for, besides results
    "position": "says which line it is: an epoch, an iteration; a claim only where a formula follows it",
    "time": "of the author's machine; never a claim",
    "formula": "nothing but what the table's own formula for it says",
    "training images shape": "(patterns, pixels)",
    "training labels shape": "(patterns,)",
    "test images shape": "(patterns, pixels)",
    "test labels shape": "(patterns,)",
    "training images": "how many there are",
    "first training label": "a digit",
}
RESULTS: Mapping[str, str] = {
    "n_correct": "patterns of this epoch so far whose greatest output was the right one, each before its own update",
    "n_wrong": "the other patterns of this epoch so far",
    "accuracy": "hits divided by hits and misses",
    "loss since the last row": "mean loss of a pattern, each before its own update",
    "loss in this epoch": "mean loss of a pattern in this epoch so far, each before its own update",
    "loss of the batch": "of the last batch, after its update",
    "training accuracy": "share of all training images that are recognised now",
    "test accuracy": "share of all test images that are recognised now",
    "test loss": "mean loss of a test image now",
}
QUANTITIES = {**OTHERS, **RESULTS}


class Images(Model):
    """The set of images, and what its pixels (0 to 255) are divided by."""

    data_set: Annotated[str, Word("a set of images", SETS)]
    divisor: Number = "255"


class InferenceSetting(Model):
    """How the network is asked: of which images, with pixels divided by what, so many at a time."""

    name: str
    images: Annotated[str, Word("images", ("training", "test"))]
    divisor: Number
    batch_size: Annotated[int, Field(ge=1)]


class LogTable(PrintedBlock):
    """A printed table: a line begins where its first name occurs again."""

    updates: str = Field("", description="the updates made when a line is printed, by its numbers and 'line', from 0")
    formulas: dict[str, str] = Field(
        {}, description="what a number must be by the others of its line, or the last ones of earlier tables, as a formula"
    )
    inference_setting: str = Field("", description="for a network that is only asked: the name of the condition")

    @property
    def lines(self) -> list[dict[str, str]]:
        """The scalar numbers of every line, by name, as printed."""
        found: list[dict[str, str]] = []
        items = [item for item in self.items if isinstance(item.values, str)]
        for item in items:
            if item.name == items[0].name:
                found.append({})
            found[-1][item.name] = item.values
        return found


class ImageExample(ExampleBase):
    """A network and the images that it learns, or is asked about."""

    kind: Literal["image network"]
    network: ImageNetwork
    images: Images
    training: MinibatchTraining | None = Field(None, description="absent where the network is only asked")
    inference_settings: list[InferenceSetting] = []
    names: dict[str, Annotated[str, Word("a quantity", tuple(QUANTITIES))]] = {}
    printed: list[LogTable] = []  # type: ignore[assignment]  # a Table is a Block

    @model_validator(mode="after")
    def learns_or_is_asked(self) -> "ImageExample":
        """Pretrained networks are asked, drawn ones learn."""
        if (self.network.pretrained is None) != bool(self.training) or bool(self.training) == bool(self.inference_settings):
            raise ValueError("drawn weights go with [learning], pretrained ones with [[conditions]]")
        return self

    @model_validator(mode="after")
    def tables_known(self) -> "ImageExample":
        """Every printed name stands for something, every formula can be read, and every line has its place."""
        known = set[str]()
        for position, table in enumerate(self.printed):
            known |= {item.name for item in table.items}
            for name in known | set(table.formulas):
                if name not in self.names:
                    raise ValueError(f"printed[{position}].text: '{name}' has no entry in [names]; known: {', '.join(self.names)}")
            for key, text in (("updates", table.updates), *((f"follows.{name}", text) for name, text in table.formulas.items())):
                self.readable(f"printed[{position}].{key}", text, known | {"line"})
            if table.inference_setting not in ("", *(condition.name for condition in self.inference_settings)):
                raise ValueError(f"printed[{position}].inference_setting: '{table.inference_setting}' is no name in [[conditions]]")
        return self

    @staticmethod
    def readable(key: str, text: str, known: set[str]) -> None:
        """Refuse a formula that cannot be read."""
        try:
            check(text or "0", known)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None

    def layers(self, inputs: int) -> list[tuple[Array, Array]]:
        """Drawn kernels and zero biases, float64, for so many inputs: those of the page, or of other images."""
        layers = self.network.layers
        drawn = layers.random if isinstance(layers, Pretrained) else layers
        return drawn.model_copy(update={"units": [inputs, *drawn.units[1:]]}).arrays()
