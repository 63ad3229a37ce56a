"""Networks on images: training or inference on MNIST or Fashion-MNIST.

The images are not part of the fixture. Without them the same network is verified on scikit-learn's handwritten digits, and printed
numbers are judged as far as possible.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import Field, model_validator

from reference.layer_types.parameters import Layer
from worked_examples.datasets.files import WEIGHTS
from worked_examples.datasets.sets import PIXELS, PIXELS_OF_DIGITS
from worked_examples.expression.evaluation import check
from worked_examples.limits import UPDATES
from worked_examples.schema.base import Line, Model, Number, Size, Word
from worked_examples.schema.data import ArrayData
from worked_examples.schema.kinds.image_network import ImageNetwork
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.network import Network, OfLoss
from worked_examples.schema.log import RunLog, Table
from worked_examples.schema.page import ExampleBase
from worked_examples.schema.recipe_of_inputs import RecipeOfInputs
from worked_examples.schema.trainings.images import ImageTraining
from worked_examples.schema.trainings.learning_rate import given_rates
from worked_examples.schema.trainings.training import Training
from worked_examples.schema.trainings.zero_gradients import constant_output, no_step

Array: TypeAlias = np.ndarray[Any, Any]
SETS = ("mnist", "fashion")
TRAINING_IMAGES = 60_000  # in either set
CLASSES = 10
OTHERS: Mapping[str, str] = {  # what a printed name may mean, besides results
    "position": "which log row it is: an epoch, an iteration; a claim only where a formula is given",
    "time": "on the author's machine; never a claim",
    "formula": "only what the table's formula for it says",
    "training images shape": "(samples, pixels)",
    "training labels shape": "(samples,)",
    "test images shape": "(samples, pixels)",
    "test labels shape": "(samples,)",
    "training images": "their number",
    "first training label": "a digit",
}
RESULTS: Mapping[str, str] = {
    "n_correct": "correctly classified samples of this epoch so far, each before its update",
    "n_wrong": "the other samples of this epoch so far",
    "accuracy": "n_correct divided by n_correct + n_wrong",
    "loss since the last row": "mean loss of a sample, each before its update",
    "loss in this epoch": "mean loss of a sample in this epoch so far, each before its update",
    "loss of the batch": "of the last batch, after its update",
    "training accuracy": "fraction of all training images that are correctly classified now",
    "test accuracy": "fraction of all test images that are correctly classified now",
    "test loss": "mean loss of a test image now",
}
QUANTITIES = {**OTHERS, **RESULTS}


STILL = Training(optimizer="gradient descent", learning_rate="0", max_epochs=1)


class ImageData(Model):
    """A data set of images, which is looked for when it is needed, and the divisor of its pixels (0 to 255)."""

    images: Annotated[str, Word("a data set of images", SETS)]
    divisor: Number = "255"


class InferenceSetting(Model):
    """How inference is run: on which images, the divisor of their pixels, the batch size."""

    name: Line
    images: Annotated[str, Word("images", ("training", "test"))]
    divisor: Number
    batch_size: Size


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
    network: ImageNetwork
    data: ImageData
    training: ImageTraining | None = Field(None, description="absent where the network is only evaluated")
    inference_settings: list[InferenceSetting] = []
    names: dict[str, Annotated[str, Word("a quantity", tuple(QUANTITIES))]] = {}
    log: list[RunLog] = Field([], description="rows that the program prints while it trains")
    printed: Sequence[InferenceTable] = []

    @model_validator(mode="after")
    def trained_or_evaluated(self) -> "ImageExample":
        """Drawn parameters are trained, pretrained ones are evaluated."""
        if (self.pretrained is None) == (self.recipe is None):
            raise ValueError("exactly one of recipe and pretrained must be given")
        if (self.recipe is None) == bool(self.training) or bool(self.training) == bool(self.inference_settings):
            raise ValueError("drawn parameters go with [training], pretrained ones with [[inference_settings]]")
        key, last = f"network.layers[{len(self.network.layers) - 1}]", self.network.layers[-1]
        if self.training:
            largest = max(given_rates(self.training.learning_rate), key=lambda rate: abs(float(rate)))
            if reason := no_step(largest) or constant_output(f"{key}.activation", last.activation, last.units):
                raise ValueError(reason)
        if last.units != CLASSES:
            raise ValueError(f"{key}.units: {last.units}; accepted at the end: {CLASSES}, the classes of the images")
        return self

    @model_validator(mode="after")
    def drawn_for_any_images(self) -> "ImageExample":
        """The recipe draws all parameters, of the page's images and of the digits that stand in for them."""
        for inputs in (PIXELS, PIXELS_OF_DIGITS) if self.recipe else ():
            try:
                self.layers(inputs)
            except ValueError as error:
                advice = "" if inputs == PIXELS else f"; without the page's images there are {inputs}: draw (inputs, units) numbers"
                raise ValueError(f"network.{error}{advice}") from None
        return self

    @model_validator(mode="after")
    def short_enough(self) -> "ImageExample":
        """Training on the page's images makes no more updates than the limit."""
        if self.training and (count := self.training.total(TRAINING_IMAGES)) > UPDATES:
            raise ValueError(f"training.max_epochs: {count:,} updates; accepted: at most {UPDATES:,}")
        if self.training and not self.training.total(TRAINING_IMAGES):
            raise ValueError(f"training.batch_size: {self.training.batch_size}; the data set has {TRAINING_IMAGES:,} images")
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

    def layers(self, inputs: int) -> list[tuple[Array, Array]]:
        """Drawn parameters, float64, for so many inputs; where the example's are pretrained, others of the same sizes."""
        return self.network.arrays((self.recipe or self.network.stand_in).for_inputs(inputs), inputs)

    def as_network(self, parameters: Sequence[Layer], x: Array, t: Array) -> NetworkExample:
        """The network, with these parameters, on images ``x (images, pixels)`` with targets ``t (images, classes)``.

        Nothing is validated again: parameters and data are arrays, as large as they are. Where the example has no training, the
        network has one that changes nothing.
        """
        tables: list[dict[str, Any]] = [
            {"kernel": layer.kernel, "bias": layer.bias, "units": layer.kernel.shape[1], "activation": named.activation}
            for layer, named in zip(parameters, self.network.layers, strict=True)
        ]
        known: dict[str, Any] = {name: getattr(self, name) for name in ExampleBase.model_fields} | {
            "kind": "network",
            "printed": [],
            "network": Network.model_construct(
                layers=[DenseLayer.model_construct(**table) for table in tables],
                **{name: getattr(self.network, name) for name in OfLoss.model_fields},
            ),
            "data": ArrayData.of(x, t),
            "training": self.training or STILL,
        }
        return NetworkExample.model_construct(**known)
