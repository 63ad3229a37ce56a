"""Networks: layers, data and, where the book trains, the training."""

from fractions import Fraction
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from worked_examples.limits import UPDATES, entries_fault
from worked_examples.printed.quantities import LOSS_TERMS, PARAMETERS, Quantity
from worked_examples.schema.data import Data, Variant
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.graph import work_fault
from worked_examples.schema.layers.network import Network
from worked_examples.schema.layers.samples import data_faults
from worked_examples.schema.page import ExampleBase, Names, lookup
from worked_examples.schema.recipe import EACH, Recipe, filled
from worked_examples.schema.trainings.learning_rate import given_rates
from worked_examples.schema.trainings.training import Training
from worked_examples.schema.trainings.zero_gradients import constant_output, is_zero, no_step
from worked_examples.schema.unreproducible import SeedRuns, UnreproducibleBlock

CHAIN = "rounded chain"
ARRAYS = ("kernel", "bias", "recurrent_kernel", "recurrent_bias", "scale", "offset", "initial_state", "initial_cell", "mask")
DRAWN = (*(("network", "layers", EACH, name) for name in ARRAYS), ("data", "input"), ("data", "target"))


class NetworkExample(ExampleBase):
    """A network on given data, trained or only evaluated."""

    judged: ClassVar[tuple[str, ...]] = ("printed", "statements")
    kind: Literal["network"]
    recipe: Recipe | None = Field(
        None, description="how the book draws its numbers; its names may stand in kernels, biases and data"
    )
    network: Network
    data: Data
    training: Training | None = None
    names: Names = Field({}, description="the book's symbols and the quantities that they mean")
    variants: list[Variant] = []
    unreproducible_results: list[UnreproducibleBlock] = Field(
        [], description="printed results of a run whose weights are unknown; they are not claims"
    )
    seeds: SeedRuns | None = Field(None, description="the runs of many seeds among which unreproducible results get a percentile")
    notes: list[str] | None = Field(None, description="the notes to the author that a run must give; absent: any")

    @model_validator(mode="before")
    @classmethod
    def drawn(cls, table: Any) -> Any:
        """Names stand for what the recipe draws."""
        return filled(table, DRAWN)

    @model_validator(mode="after")
    def data_fit(self) -> "NetworkExample":
        """The data have as many columns as the network inputs and outputs, and as many targets as inputs."""
        inputs, outputs = self.data.shapes
        first, columns = self.network.layers[0], inputs[1]
        try:
            expected = first.n_inputs_of_unit if isinstance(first, DenseLayer) else columns
            units = self.network.shapes(expected)[-1][0]
            fault = work_fault(self.network.layers, expected, self.data.samples)
        except ValueError as error:
            raise ValueError(f"network.{error}") from None
        if fault:
            raise ValueError(f"network.{fault}")
        if (columns, outputs[1]) != (expected, units):
            raise ValueError(f"data: {columns} inputs and {outputs[1]} targets, but the network has {expected} and {units}")
        if inputs[0] != outputs[0]:
            raise ValueError(f"data: {inputs[0]} input rows but {outputs[0]} target rows")
        return self

    @model_validator(mode="after")
    def targets_are_probabilities(self) -> "NetworkExample":
        """Under cross entropy every row of given targets sums to 1: the gradient ``O - T`` of softmax holds for these only."""
        for row, target in enumerate(self.data.target or [] if self.network.loss == "cross entropy" else []):
            if (total := sum(map(Fraction, target))) != 1:
                raise ValueError(
                    f"data.target[{row}]: sums to {float(total):g}; accepted under cross entropy: numbers that sum to 1"
                )
        return self

    @model_validator(mode="after")
    def samples_there(self) -> "NetworkExample":
        """Every sample of a given order is one of the data."""
        for epoch, row in enumerate(self.training.order if self.training and isinstance(self.training.order, list) else []):
            if max(row) >= self.data.samples:
                raise ValueError(
                    f"training.order[{epoch}]: sample {max(row)}; accepted: 0 to {self.data.samples - 1}, the rows of the data"
                )
        return self

    @model_validator(mode="after")
    def short_enough(self) -> "NetworkExample":
        """A training whose end is known makes no more updates than the limit."""
        count = self.training.expected * self.training.updates(self.data.samples) if self.training else 0
        if count > UPDATES:
            raise ValueError(f"training.max_epochs: {count:,} updates; accepted: at most {UPDATES:,}")
        return self

    @model_validator(mode="after")
    def layers_take_the_data(self) -> "NetworkExample":
        """Batches are large enough for their statistics, masks are for all samples, and embeddings take whole numbers."""
        for fault in data_faults(self.network.layers, self.data, self.training):
            raise ValueError(f"network.{fault}")
        return self

    @model_validator(mode="after")
    def plain_where_needed(self) -> "NetworkExample":
        """Variants, runs of many seeds and a rounded chain are of dense layers in a chain, with biases, all trainable."""
        chained = [f"printed[{position}].arithmetic" for position, block in enumerate(self.printed) if block.arithmetic == CHAIN]
        asked = {"variants": self.variants, "unreproducible_results": self.unreproducible_results, "seeds": self.seeds}
        keys = [*(key for key, value in asked.items() if value), *chained]
        if keys and not self.network.is_plain:
            raise ValueError(f"{keys[0]}: accepted only for dense layers in a chain, with biases, without 'trainable' and 'layout'")
        return self

    @model_validator(mode="after")
    def variants_fit(self) -> "NetworkExample":
        """Every variant has as many layers as the network, and an id of its own."""
        suffixes = [variant.suffix for variant in self.variants]
        if fault := entries_fault(sum(variant.size for variant in self.variants)):
            raise ValueError(f"variants: {fault} in all variants")
        for position, variant in enumerate(self.variants):
            if len(variant.units) - 1 != len(self.network.layers):
                raise ValueError(
                    f"variants[{position}].units: {len(variant.units) - 1} layers, but the network has {len(self.network.layers)}"
                )
            if suffixes.index(variant.suffix) != position:
                raise ValueError(f"variants[{position}]: the sizes of variants[{suffixes.index(variant.suffix)}]")
        return self

    @model_validator(mode="after")
    def epochs_known(self) -> "NetworkExample":
        """A printed training says where it stops, and each of its blocks says the epoch of its numbers."""
        if not self.training:
            return self
        if (
            self.training.stopping_criterion
            and self.training.stopping_criterion.epoch is None
            and self.provenance not in ("ours", "random")
        ):
            raise ValueError("training.stopping_criterion.epoch: missing; the epoch that the book prints where training stops")
        for position, block in enumerate(self.printed):
            first = [item for item in block.items if item.line == block.items[0].line]
            if block.epoch is None and not any(self.quantity(position, item.name).part == "epoch" for item in first):
                raise ValueError(
                    f"printed[{position}].epoch: missing; give epoch = N, or let the text begin with the printed epoch"
                )
        return self

    @model_validator(mode="after")
    def trains(self) -> "NetworkExample":
        """Gradient descent can change a parameter: not every gradient is 0 by construction."""
        if self.training and (reason := self.why_not_trained(self.training)):
            raise ValueError(reason)
        return self

    @property
    def trained(self) -> list[tuple[str, ...]]:
        """The names of the parameters of each layer that the training changes; none without a training."""
        names = self.training.trainable if self.training else []
        return [tuple(name for name in layer.trained if name.removeprefix("recurrent_") in names) for layer in self.network.layers]

    def why_not_trained(self, training: Training) -> str:
        """Why gradient descent would change nothing; empty where it does."""
        layers = self.network.layers
        key = f"network.layers[{len(layers) - 1}].activation"
        if len(layers) == 1 and not training.trains_biases and is_zero(self.data.input):
            return "data.input: all 0, so that the gradient of the one kernel that is trained is 0; train biases, or write inputs"
        if not any(self.trained):
            return "training.trainable: no layer has a parameter that is trained; leave out [training], or 'trainable' of a layer"
        largest = max(given_rates(training.learning_rate), key=lambda rate: abs(float(rate)))
        return no_step(largest) or constant_output(key, layers[-1].activation, self.data.shapes[1][1])

    @model_validator(mode="after")
    def names_known(self) -> "NetworkExample":
        """Every printed name means a quantity of this network."""
        for position, block in enumerate(self.printed):
            for item in block.items:
                quantity = self.quantity(position, item.name)
                if quantity.layer > len(self.network.layers):
                    raise ValueError(f"printed[{position}].text: '{item.name}' means a layer that the network does not have")
                known = self.network.layers[quantity.layer - 1].parameters
                if quantity.part in PARAMETERS and quantity.part.replace(" ", "_") not in known:
                    raise ValueError(
                        f"printed[{position}].text: '{item.name}' means a parameter that layer {quantity.layer} does not have; "
                        f"accepted: {', '.join(known) or 'none'}"
                    )
        return self

    @model_validator(mode="after")
    def chain_carries(self) -> "NetworkExample":
        """A rounded chain carries all printed numbers on, but terms of the loss are none of its steps."""
        chained = [position for position, block in enumerate(self.printed) if block.arithmetic == CHAIN]
        parts = [self.quantity(position, item.name).part for position, block in enumerate(self.printed) for item in block.items]
        if chained and (terms := [part for part in parts if part in LOSS_TERMS]):
            raise ValueError(
                f"printed[{chained[0]}].arithmetic: 'rounded chain' does not carry on '{terms[0]}', which is printed; "
                "accepted here: exact, float64, float32"
            )
        return self

    @model_validator(mode="after")
    def unreproducible_names_known(self) -> "NetworkExample":
        """Every name of an unreproducible block means a quantity, and outputs are among them."""
        for position, block in enumerate(self.unreproducible_results):
            try:
                parts = [lookup(self.names, block, item.name).part for item in block.items]
            except ValueError as error:
                raise ValueError(f"unreproducible_results[{position}].text: {error}") from None
            if "output" not in parts:
                raise ValueError(f"unreproducible_results[{position}].text: no outputs")
        return self

    def quantity(self, position: int, name: str) -> Quantity:
        """The quantity that ``name`` means in ``printed[position]``."""
        try:
            return lookup(self.names, self.printed[position], name)
        except ValueError as error:
            raise ValueError(f"printed[{position}].text: {error}") from None
