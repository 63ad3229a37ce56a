"""Networks on images: training or inference on MNIST or Fashion-MNIST.

The images are not part of the fixture. Without them the same network is verified on scikit-learn's handwritten digits, and printed
numbers are judged as far as possible. A network that does not fit their 64 pixels is verified on the same digits, enlarged.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import Field, field_serializer, model_validator
from pydantic.json_schema import SkipJsonSchema

from worked_examples.datasets.files import WEIGHTS
from worked_examples.datasets.sets import CLASSES, PIXELS, PIXELS_OF_DIGITS
from worked_examples.errors import nearest
from worked_examples.expression.evaluation import check
from worked_examples.limits import UPDATES
from worked_examples.schema.base import Line, Model, Number, Size, Word
from worked_examples.schema.data import ArrayData
from worked_examples.schema.kinds.image_network import (
    faults_of_network,
    filled,
    network_for,
    sized,
    stand_in,
    with_batch_statistics,
)
from worked_examples.schema.kinds.image_print import faults_of_image
from worked_examples.schema.kinds.image_quantities import OF_SETS, QUANTITIES, RESULTS
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.layers.network import Network
from worked_examples.schema.log import RunLog, Table
from worked_examples.schema.page import ExampleBase
from worked_examples.schema.recipe import recipe_of
from worked_examples.schema.recipe_of_inputs import RecipeOfInputs
from worked_examples.schema.trainings.images import ImageTraining
from worked_examples.schema.trainings.training import Training

Array: TypeAlias = np.ndarray[Any, Any]
SETS = ("mnist", "fashion")
TRAINING_IMAGES, TEST_IMAGES = 60_000, 10_000  # in either set
STILL = Training(optimizer="gradient descent", learning_rate="0", max_epochs=1)


def ones(rows: int, columns: int) -> Array:
    """Data of this shape that take no memory."""
    return np.broadcast_to(1.0, (rows, columns))


class ImageData(Model):
    """A data set of images, which is looked for when it is needed, and the divisor of its pixels (0 to 255)."""

    images: Annotated[str, Word("a data set of images", SETS)]
    divisor: Number = "255"


class InferenceSetting(Model):
    """How inference is run: on which images, the divisor of their pixels, the batch size; and of which image more is printed."""

    name: Line
    images: Annotated[str, Word("images", ("training", "test"))]
    divisor: Number
    batch_size: Size
    image: Annotated[int, Field(strict=True, ge=0)] | None = Field(
        None, description="the number, from 0, of the one image whose output, label or predicted label is printed"
    )

    @model_validator(mode="after")
    def image_is_there(self) -> "InferenceSetting":
        """The data set has the image."""
        count = TRAINING_IMAGES if self.images == "training" else TEST_IMAGES
        if self.image is not None and self.image >= count:
            raise ValueError(f"image: {self.image}; accepted: 0 to {count - 1}, one of the {count:,} {self.images} images")
        return self


class InferenceTable(Table):
    """Numbers beside a log, or of what a pretrained network predicts."""

    inference_setting: str = Field("", description="for inference: the name of the setting")


class ImageExample(ExampleBase):
    """A network and the images of its training or inference."""

    kind: Literal["network"]
    recipe: RecipeOfInputs | None = Field(None, description="how the book draws its parameters; absent where they are pretrained")
    pretrained: Annotated[str, Word("a file of pretrained parameters", (WEIGHTS.name,))] | None = Field(
        None, description="in place of a recipe: the file whose arrays the names in layers stand for"
    )
    network: Network = Field(description="names in it stand for what the recipe draws, or the file has")
    written: SkipJsonSchema[dict[str, Any]] = Field({}, exclude=True, description="the network as it is written, with names; found")
    data: ImageData
    training: ImageTraining | None = Field(None, description="absent where the network is only evaluated")
    inference_settings: list[InferenceSetting] = []
    names: dict[str, Annotated[str, Word("a quantity", tuple(QUANTITIES))]] = {}
    log: list[RunLog] = Field([], description="rows that the program prints while it trains")
    printed: Sequence[InferenceTable] = []

    @model_validator(mode="before")
    @classmethod
    def with_numbers(cls, table: Any) -> Any:
        """Names stand for numbers, as many as the page's images need; what is written stays beside them."""
        if not isinstance(table, dict):
            return table
        if "written" in table:
            raise ValueError(f"unknown key 'written'; {nearest('written', cls.written_keys())}")
        recipe, written = recipe_of(table, RecipeOfInputs), table.get("network")
        if recipe is None and table.get("recipe"):  # its own key says more
            return table
        drawing = recipe or stand_in(written, PIXELS)
        network = filled(written, drawing.arrays, {}) if drawing else sized(written)
        return {**table, **({"recipe": recipe} if recipe else {}), "network": network, "written": written}

    @field_serializer("network")
    def with_names(self, _: Network) -> dict[str, Any]:
        """The network as it is written."""
        return self.written

    def __eq__(self, other: object) -> bool:
        """Whether the same is written."""
        return isinstance(other, ImageExample) and self.model_dump() == other.model_dump()

    __hash__ = ExampleBase.__hash__

    @classmethod
    def written_keys(cls) -> list[str]:
        """The keys that a fixture may write: all but what is found."""
        return [name for name in super().written_keys() if name != "written"]

    @model_validator(mode="after")
    def trained_or_evaluated(self) -> "ImageExample":
        """Drawn parameters are trained, pretrained ones are evaluated."""
        if (self.pretrained is None) == (self.recipe is None):
            raise ValueError("exactly one of recipe and pretrained must be given")
        if (self.recipe is None) == bool(self.training) or bool(self.training) == bool(self.inference_settings):
            raise ValueError("drawn parameters go with [training], pretrained ones with [[inference_settings]]")
        return self

    @model_validator(mode="after")
    def fits_images(self) -> "ImageExample":
        """The layers take the page's images, the last gives their classes, and what a training asks of any network is there."""
        example = self.on(self.network, ones(TRAINING_IMAGES, PIXELS), ones(TRAINING_IMAGES, CLASSES))
        for fault in faults_of_network(self.network, example.data, self.training):
            raise ValueError(f"network.{fault}")
        if self.training and (reason := example.why_not_trained(self.training)):
            raise ValueError(reason)
        return self

    @model_validator(mode="after")
    def results_of_samples(self) -> "ImageExample":
        """The outputs of images that are in no batch of the training do not depend on other images."""
        results = [quantity for quantity in self.names.values() if quantity in OF_SETS]
        if (layers := with_batch_statistics(self.network)) and (results or not self.training):
            of = f"'{results[0]}' is" if results else "predictions are"
            raise ValueError(
                f"network.layers[{layers[0]}].running_mean: missing; {of} of images that are in no batch of the training"
            )
        return self

    @model_validator(mode="after")
    def short_enough(self) -> "ImageExample":
        """Training on the page's images makes no more updates than the limit."""
        if self.training and (count := self.training.total(TRAINING_IMAGES)) > UPDATES:
            raise ValueError(f"training.max_epochs: {count:,} updates; accepted: at most {UPDATES:,}")
        if self.training and not self.training.total(TRAINING_IMAGES):
            raise ValueError(f"training.batch_size: {self.training.batch_size}; the data set has {TRAINING_IMAGES:,} images")
        if self.training and self.training.order != "with replacement" and TRAINING_IMAGES % self.training.batch:
            raise ValueError(f"training.batch_size: {self.training.batch}; accepted: a divisor of the {TRAINING_IMAGES:,} images")
        return self

    @model_validator(mode="after")
    def tables_known(self) -> "ImageExample":
        """Every printed name means something, every formula can be read, and every inference setting exists."""
        known = set[str]()
        for position, table in enumerate(self.blocks):
            key = self.key_of(position)
            known |= {item.name for item in table.items}
            for name in known | set(table.formulas):
                if name not in self.names:
                    raise ValueError(f"{key}.text: '{name}' has no entry in [names]; known: {', '.join(self.names)}")
            for of, text in table.keyed_formulas.items():
                self.readable(f"{key}.{of}", text, known | {"line"})
        return self

    @model_validator(mode="after")
    def results_of_runs(self) -> "ImageExample":
        """Results of a training are in its log, those of inference under a setting; others follow by a formula."""
        if self.log and not self.training:
            raise ValueError("log: of a training, but there is no [training]; write its numbers in [[printed]]")
        settings = [setting.name for setting in self.inference_settings]
        for position, table in enumerate(self.printed):
            key, setting = f"printed[{position}]", table.inference_setting
            if setting not in ("", *settings):
                raise ValueError(f"{key}.inference_setting: '{setting}' is not a name in [[inference_settings]]")
            results = [item.name for item in table.items if self.names[item.name] in RESULTS and item.name not in table.formulas]
            if results and self.training:
                raise ValueError(f"{key}.text: '{results[0]}' is a result of the training; write its rows in [[log]]")
            if results and not setting:
                raise ValueError(f"{key}.inference_setting: missing; '{results[0]}' is a result under one of {', '.join(settings)}")
        return self

    @model_validator(mode="after")
    def of_one_image(self) -> "ImageExample":
        """What is printed of one image is of a setting that names it."""
        settings = {setting.name: setting.image for setting in self.inference_settings}
        for position, table in enumerate(self.blocks):
            setting = table.inference_setting if isinstance(table, InferenceTable) else ""
            for fault in faults_of_image(table, self.names, self.network, setting, settings):
                raise ValueError(f"{self.key_of(position)}.{fault}")
        return self

    @staticmethod
    def readable(key: str, text: str, known: set[str]) -> None:
        """Refuse a formula that cannot be read."""
        try:
            check(text, known)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None

    @property
    def blocks(self) -> Sequence[RunLog | InferenceTable]:
        """All tables: logs, and behind them what is printed besides."""
        return [*self.log, *self.printed]

    def key_of(self, position: int) -> str:
        """The key of a table."""
        of_printed = position - len(self.log)
        return f"log[{position}]" if of_printed < 0 else f"printed[{of_printed}]"

    def network_for(self, inputs: int) -> Network:
        """The network with its drawn numbers for data of so many columns; where the example's are pretrained, with others.

        Raises:
            ValueError: where it does not fit such data.

        """
        return network_for(self.written, self.recipe, inputs)

    @cached_property
    def columns_of_stand_in(self) -> int:
        """How many columns the digits have that stand in for the page's images: 64, or where the network does not fit these 784."""
        try:
            self.network_for(PIXELS_OF_DIGITS)
        except ValueError:
            return PIXELS
        return PIXELS_OF_DIGITS

    def on(self, network: Network, x: Array, t: Array) -> NetworkExample:
        """A network of the example, on images ``x (images, pixels)`` with targets ``t (images, classes)``.

        Nothing is validated again: data are arrays, as large as they are. Where the example has no training, the network has one
        that changes nothing.
        """
        known: dict[str, Any] = {name: getattr(self, name) for name in ExampleBase.model_fields} | {
            "kind": "network",
            "printed": [],
            "network": network,
            "data": ArrayData.of(x, t),
            "training": self.training or STILL,
        }
        return NetworkExample.model_construct(**known)
