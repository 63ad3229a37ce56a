"""Networks: layers, data and, where the book trains, the training."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from reference.activations import STEPS
from reference.sizes import Count
from worked_examples.limits import UPDATES, entries_fault
from worked_examples.number_types import Array
from worked_examples.printed.moments import taken
from worked_examples.printed.quantities import LOSS_TERMS, PARAMETERS, PARTS_OF_LOSS, Quantity
from worked_examples.schema.base import Name, Word
from worked_examples.schema.data import Data, FurtherData, Variant
from worked_examples.schema.kinds.network_print import fault_of_classes, faults_of_print
from worked_examples.schema.kinds.network_sizes import lookup_with_sizes
from worked_examples.schema.kinds.network_table import COLUMNS, ROWS, rewritten
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.drawn_parameters import with_drawn
from worked_examples.schema.layers.graph import work_fault
from worked_examples.schema.layers.network import OF_LABELS, Network
from worked_examples.schema.layers.samples import data_faults
from worked_examples.schema.layers.sizes import counts_of
from worked_examples.schema.log import LogBlock
from worked_examples.schema.page import ExampleBase, PrintedBlock, lookup
from worked_examples.schema.quantities import Formula, formulas_of
from worked_examples.schema.recipe import Recipe
from worked_examples.schema.trainings.learning_rate import given_rates
from worked_examples.schema.trainings.training import Training
from worked_examples.schema.trainings.zero_gradients import constant_output, is_zero, no_step
from worked_examples.schema.unreproducible import SeedRuns, UnreproducibleBlock

CHAIN = "rounded chain"
OF_SAMPLES = ("input", "target", "output", "pre-activation", "loss per output")  # with an axis of samples and one of units
VECTORS = ("bias", "scale", "offset")
CHAINED = ("half squared error", "squared error", "mean squared error", "cross entropy", "binary cross entropy")
"""The losses that a rounded chain carries on."""


class NetworkExample(ExampleBase):
    """A network on given data, trained or only evaluated."""

    judged: ClassVar[tuple[str, ...]] = ("printed", "statements")
    kind: Literal["network"]
    layout: Annotated[str, Word("a layout", (ROWS, COLUMNS))] = Field(
        ROWS,
        description="of the data, of what is printed of samples, and of parameters: with samples as columns, kernels are (out, in) "
        "and biases columns, unless a layer says otherwise",
    )
    recipe: Recipe | None = Field(
        None, description="how the book draws its numbers; its names may stand in kernels, biases and data"
    )
    network: Network
    data: Data
    training: Training | None = None
    names: dict[str, str] = Field({}, description="the book's symbols and the quantities that they mean")
    quantities: dict[str, str] = Field(
        {}, description="formulas of quantities by name, of [names] and of input, target, output, loss, epoch, learning_rate"
    )
    further_data: dict[Name, FurtherData] = Field({}, description="data that are not trained with: 'output for NAME'")
    log: list[LogBlock] = Field([], description="rows that the program prints while it trains")
    variants: list[Variant] = []
    unreproducible_results: list[UnreproducibleBlock] = Field(
        [], description="printed results of a run whose weights are unknown; they are not claims"
    )
    seeds: SeedRuns | None = Field(None, description="the runs of many seeds among which unreproducible results get a percentile")
    notes: list[str] | None = Field(None, description="the notes to the author that a run must give; absent: any")

    @model_validator(mode="before")
    @classmethod
    def drawn(cls, table: Any) -> Any:
        """Names stand for what the recipe draws, and for layers; samples are rows."""
        return rewritten(with_drawn(table))

    @model_validator(mode="after")
    def data_fit(self) -> "NetworkExample":
        """The data have as many columns as the network inputs and outputs, and as many targets as inputs."""
        inputs, outputs = self.data.shapes
        first, columns = self.network.layers[0], inputs[1]
        try:
            expected = first.n_inputs_of_unit if isinstance(first, DenseLayer) else columns
            shapes = self.network.shapes(expected)
            units = shapes[-1][0]
            fault = work_fault(self.network.layers, expected, self.data.samples)
        except ValueError as error:
            raise ValueError(f"network.{error}") from None
        if fault:
            raise ValueError(f"network.{fault}")
        if self.has_columns and (others := [index for index, shape in enumerate(shapes) if len(shape) > 1]):
            where = f"network.layers[{others[0]}] gives {list(shapes[others[0]])} of each"
            raise ValueError(f"layout: '{COLUMNS}', but {where}; accepted here: '{ROWS}'")
        if (columns, outputs[1]) != (expected, units):
            raise ValueError(f"data: {columns} inputs and {outputs[1]} targets, but the network has {expected} and {units}")
        if inputs[0] != outputs[0]:
            lines = "columns" if self.has_columns else "rows"
            raise ValueError(f"data: {inputs[0]} input {lines} but {outputs[0]} target {lines}")
        return self

    @model_validator(mode="after")
    def targets_are_probabilities(self) -> "NetworkExample":
        """Under cross entropy every row of given targets sums to 1: the gradient ``O - T`` of softmax holds for these only."""
        if self.network.loss == OF_LABELS and self.data.random:
            raise ValueError(f"data.random: accepted under {OF_LABELS}: input and target, target = 'one hot of [0, 2, 1]'")
        for row, target in enumerate(self.data.target or []):
            if fault := fault_of_classes(self.network.loss, target):
                raise ValueError(f"data.target{self.at_sample(row)}: {fault}")
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
    def batch_drawn(self) -> "NetworkExample":
        """What is drawn with replacement is less than all samples: the engines take a full batch as it is."""
        training, samples = self.training, self.data.samples
        if training and training.order == "with replacement" and training.is_full_batch(samples):
            raise ValueError(f"training.order: 'with replacement' of {samples} samples; accepted: a batch_size below {samples}")
        return self

    @model_validator(mode="after")
    def updates_alike(self) -> "NetworkExample":
        """Where epochs are updates, the batches of a pass are of one size."""
        training, samples = self.training, self.data.samples
        if (
            training
            and training.epoch_counts == "updates"
            and (training.is_full_batch(samples) or samples % int(training.batch_size))
        ):
            raise ValueError(
                f"training.epoch_counts: 'updates' with batches of {training.batch_size} of {samples} samples; accepted: a smaller "
                "batch_size that divides them"
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
    def targets_are_signs(self) -> "NetworkExample":
        """Under the hinge loss every given target is 1 or -1."""
        for row, target in enumerate(self.data.target or [] if self.network.loss == "hinge" else []):
            if others := [entry for entry in target if abs(Fraction(entry)) != 1]:
                raise ValueError(f"data.target{self.at_sample(row)}: {others[0]}; accepted under the hinge loss: 1 and -1")
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
        needing = {"variants": self.variants, "unreproducible_results": self.unreproducible_results, "seeds": self.seeds}
        keys = [*(key for key, value in needing.items() if value), *chained]
        if keys and not self.is_plain:
            without = "without 'trainable', 'layout' and 'shared_bias'"
            raise ValueError(f"{keys[0]}: accepted only for dense layers in a chain, with biases, {without}")
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
    def watched_data_there(self) -> "NetworkExample":
        """Further data whose loss stops a training are there, with targets."""
        of = self.training.criterion.of if self.training else None
        if of and (of not in self.further_data or self.further_data[of].target is None):
            known = ", ".join(name for name, data in self.further_data.items() if data.target is not None) or "none"
            raise ValueError(f"training.stopping_criterion.of: '{of}' is not in [further_data] with targets; known: {known}")
        return self

    @model_validator(mode="after")
    def print_known(self) -> "NetworkExample":
        """Names, formulas, further data and log rows mean something in this network."""
        if fault := next(faults_of_print(self), ""):
            raise ValueError(fault)
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
            first = [self.quantity(position, item.name) for item in block.items if item.line == block.items[0].line]
            if block.epoch is None and not any(named.part == "epoch" for named in first) and not self.has_only_sizes(position):
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
            return "data.input: all 0, so that the loss does not change the one trained kernel; train biases, or write inputs"
        if not any(self.trained):
            return "training.trainable: no layer has a parameter that is trained; leave out [training], or 'trainable' of a layer"
        largest = max(given_rates(training.learning_rate), key=lambda rate: abs(float(rate)))
        if training.rule == "perceptron":
            return no_step(largest)
        return no_step(largest) or constant_output(key, layers[-1].activation, self.data.shapes[1][1])

    @model_validator(mode="after")
    def is_perceptron(self) -> "NetworkExample":
        """The perceptron's rule is that of one layer of step units, whose loss is the half squared error."""
        net = self.network
        if self.training is None or self.training.rule != "perceptron":
            return self
        if len(net.layers) > 1 or not net.is_chain_of_dense or net.layers[0].activation not in STEPS:
            raise ValueError(f"training.rule: the perceptron has one layer; accepted as its activation: {', '.join(STEPS)}")
        if (net.loss, net.reduction, net.output_reduction, net.penalty) != ("half squared error", "sum", "sum", None):
            raise ValueError("training.rule: accepted for the perceptron: loss = 'half squared error', summed, without a penalty")
        return self

    @model_validator(mode="after")
    def has_weights_behind(self) -> "NetworkExample":
        """Deltas go back through updated weights where there are some: dense layers in a chain, and no penalty."""
        if self.training and self.training.rule == "updated weights":
            if len(self.network.layers) < 2 or not self.network.is_chain_of_dense:
                raise ValueError("training.rule: 'updated weights'; accepted for two or more dense layers in a chain")
            if self.network.penalty:
                raise ValueError("training.rule: 'updated weights'; accepted without a penalty; remove network.penalty")
        return self

    @model_validator(mode="after")
    def penalty_trains(self) -> "NetworkExample":
        """What is penalized is trained: Keras would leave the rest out of the loss."""
        if fault := self.network.fault_of_penalty(self.training):
            raise ValueError(f"network.{fault}")
        return self

    @model_validator(mode="after")
    def names_known(self) -> "NetworkExample":
        """Every printed name means a quantity of this network."""
        for position, block in enumerate(self.blocks):
            for item in block.items:
                quantity, key = self.quantity(position, item.name), self.key_of(position)
                if quantity.layer > len(self.network.layers):
                    raise ValueError(f"{key}.text: '{item.name}' means a layer that the network does not have")
                if quantity.part in PARTS_OF_LOSS and self.network.penalty is None:
                    raise ValueError(f"{key}.text: '{item.name}' is of a penalty; write [network] penalty, or 'loss'")
                known = self.network.layers[quantity.layer - 1].parameters
                if quantity.part in PARAMETERS and quantity.part.replace(" ", "_") not in known:
                    raise ValueError(
                        f"{key}.text: '{item.name}' means a parameter that layer {quantity.layer} does not have; "
                        f"accepted: {', '.join(known) or 'none'}"
                    )
        return self

    @model_validator(mode="after")
    def chain_carries(self) -> "NetworkExample":
        """A rounded chain carries all printed numbers on, but terms of the loss are none of its steps."""
        chained = [position for position, block in enumerate(self.printed) if block.arithmetic == CHAIN]
        if chained and self.network.penalty:
            raise ValueError(
                f"printed[{chained[0]}].arithmetic: 'rounded chain' does not carry on a penalty; "
                "accepted here: exact, float64, float32"
            )
        if chained and self.network.loss not in CHAINED:
            raise ValueError(
                f"printed[{chained[0]}].arithmetic: 'rounded chain' does not carry on the loss '{self.network.loss}'; "
                "accepted here: exact, float64, float32"
            )
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

    @property
    def has_columns(self) -> bool:
        """Whether the fixture has a column for each sample; here each has a row."""
        return self.layout == COLUMNS

    def at_sample(self, number: int) -> str:
        """The place of a sample in the data of the fixture."""
        return f"[:, {number}]" if self.has_columns else f"[{number}]"

    @property
    def is_plain(self) -> bool:
        """Whether its layers are plain, and samples are rows."""
        return self.network.is_plain and not self.has_columns

    def as_printed(self, named: Quantity, array: Array) -> Array:
        """The array of a quantity as the book prints it, from that with a row for each sample."""
        if not self.has_columns:
            return array
        if named.part in VECTORS:
            return array.reshape(-1, 1)
        return array.T if named.part in OF_SAMPLES else array

    @property
    def blocks(self) -> Sequence[PrintedBlock]:
        """All blocks of printed numbers: those that are printed at an epoch, and behind them logs."""
        return [*self.printed, *self.log]

    def key_of(self, position: int) -> str:
        """The key of a block."""
        of_log = position - len(self.printed)
        return f"printed[{position}]" if of_log < 0 else f"log[{of_log}]"

    def has_only_sizes(self, position: int) -> bool:
        """Whether a block prints sizes alone, which are the same at every epoch."""
        return all(self.quantity(position, item.name).is_size for item in self.blocks[position].items)

    @property
    def inputs(self) -> int:
        """How many columns the data have."""
        return self.data.shapes[0][1]

    @cached_property
    def counts(self) -> Sequence[Count]:
        """What every layer counts, by the reference's formulas."""
        return tuple(counts_of(self.network.layers, self.inputs))

    @cached_property
    def formulas(self) -> dict[str, Formula]:
        """The formulas of ``[quantities]`` by name."""
        return formulas_of(self.quantities, self.names)

    def with_data(self, name: str) -> "NetworkExample":
        """The example with further data in place of its own; itself without a name."""
        outputs = self.data.shapes[1][1]
        return self.model_copy(update={"data": self.further_data[name].with_targets(outputs)}) if name else self

    def with_samples(self, samples: Sequence[int]) -> "NetworkExample":
        """The example with some of its samples: what a batch sees."""
        return self.model_copy(update={"data": self.data.chosen(samples)})

    def quantity(self, position: int, name: str) -> Quantity:
        """The quantity that ``name`` means in a block; a log says when it is taken."""
        block = self.blocks[position]
        try:
            found = lookup_with_sizes(self.network.layers, self.names, block, name, self.formulas)
        except ValueError as error:
            raise ValueError(f"{self.key_of(position)}.text: {error}") from None
        if self.training is None or not isinstance(block, LogBlock):
            return found
        is_full_batch, is_shuffled = self.training.is_full_batch(self.data.samples), self.training.order != "sequential"
        return taken(found, block.moment_of(name), is_full_batch, is_shuffled)
