"""Dense networks: layers, data and, where the book trains, the training."""

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from reference.activations import STEPS
from reference.losses import LOSSES
from worked_examples.limits import UPDATES, entries_fault
from worked_examples.printed.quantities import LOSS_TERMS, PARTS_OF_LOSS, Quantity
from worked_examples.schema.base import Matrix, Model, Vector, Word, rectangle
from worked_examples.schema.data import Data, Variant
from worked_examples.schema.page import ExampleBase, Names, lookup
from worked_examples.schema.recipe import EACH, Recipe, filled
from worked_examples.schema.seeded import Activation
from worked_examples.schema.trainings.learning_rate import given_rates
from worked_examples.schema.trainings.regularization import Penalty
from worked_examples.schema.trainings.training import Training
from worked_examples.schema.trainings.zero_gradients import constant_output, is_zero, no_step
from worked_examples.schema.unreproducible import SeedRuns, UnreproducibleBlock

PROBABILITIES = {"cross entropy": "softmax", "binary cross entropy": "sigmoid"}  # losses, and the activation that each is of
LOGITS = ("cross entropy from logits", "binary cross entropy from logits")
CHAINED = ("half squared error", "squared error", "mean squared error", *PROBABILITIES)  # losses that a rounded chain carries on
DRAWN = (("network", "layers", EACH, "kernel"), ("network", "layers", EACH, "bias"), ("data", "input"), ("data", "target"))


class Layer(Model):
    """A dense layer: kernel ``(inputs, outputs)`` and bias ``(outputs,)`` before training, and its activation.

    A name stands for what ``[recipe]`` draws.
    """

    kernel: Matrix
    bias: Vector = Field(description="one number for each unit; a single one, not in a list, is that of every unit at first")
    activation: Activation

    @field_validator("bias", mode="before", json_schema_input_type=Vector | str)
    @classmethod
    def one_for_all(cls, bias: Any, info: ValidationInfo) -> Any:
        """A single number as the bias of every unit."""
        return [bias] * len(info.data["kernel"][0]) if isinstance(bias, str) and "kernel" in info.data else bias

    @model_validator(mode="after")
    def one_bias_per_unit(self) -> "Layer":
        """The bias has one entry for each column of the kernel."""
        if (units := rectangle(self.kernel)[1]) != len(self.bias):
            raise ValueError(f"the kernel has {units} columns but the bias {len(self.bias)} entries")
        return self


class Network(Model):
    """Layers in order, and the loss.

    Losses are summed over samples, or averaged over those in the batch where the ``reduction`` is mean. So they are over outputs,
    by the ``output_reduction``; the mean squared error is the mean over outputs already, without a factor 1/2.
    """

    layers: Annotated[list[Layer], Field(min_length=1)]
    loss: Annotated[str, Word("a loss", tuple(LOSSES))]
    reduction: Annotated[str, Word("a reduction", ("sum", "mean"))] = Field(
        "sum", description="of the loss over the samples of a batch; mean divides it, and its gradients, by their number"
    )
    output_reduction: Annotated[str, Word("a reduction", ("sum", "mean"))] = Field(
        "sum", description="of the loss over the outputs of a sample; mean divides it, and its gradients, by their number"
    )
    penalty: Penalty | None = Field(None, description="of the parameters, added to the loss of every batch")

    @model_validator(mode="after")
    def layers_fit(self) -> "Network":
        """Each kernel has as many rows as the layer below has units."""
        for index, (below, layer) in enumerate(zip(self.layers, self.layers[1:], strict=False), 1):
            if len(layer.kernel) != len(below.bias):
                raise ValueError(
                    f"layers[{index}].kernel: {len(layer.kernel)} rows, but layers[{index - 1}] has {len(below.bias)} units"
                )
        wanted, last = PROBABILITIES.get(self.loss), self.layers[-1].activation
        if wanted and last != wanted:
            raise ValueError(f"{self.loss} needs probabilities: the last activation is {last}, not {wanted}")
        if self.loss in LOGITS and last != "identity":
            raise ValueError(f"{self.loss} needs logits: the last activation is {last}, not identity")
        if (self.loss, self.output_reduction) == ("mean squared error", "mean"):
            raise ValueError(
                "output_reduction: the mean squared error is a mean over outputs already; write loss = 'squared error'"
            )
        return self


class NetworkExample(ExampleBase):
    """A dense network on given data, trained or only evaluated."""

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
        expected = len(self.network.layers[0].kernel), len(self.network.layers[-1].bias)
        if (inputs[1], outputs[1]) != expected:
            raise ValueError(
                f"data: {inputs[1]} inputs and {outputs[1]} targets, but the network has {expected[0]} and {expected[1]}"
            )
        if inputs[0] != outputs[0]:
            raise ValueError(f"data: {inputs[0]} input rows but {outputs[0]} target rows")
        return self

    @model_validator(mode="after")
    def targets_are_probabilities(self) -> "NetworkExample":
        """Under cross entropy every row of given targets sums to 1: the gradient ``O - T`` of softmax holds for these only."""
        is_entropy = self.network.loss in ("cross entropy", "cross entropy from logits")
        for row, target in enumerate(self.data.target or [] if is_entropy else []):
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
    def targets_are_signs(self) -> "NetworkExample":
        """Under the hinge loss every given target is 1 or -1."""
        for row, target in enumerate(self.data.target or [] if self.network.loss == "hinge" else []):
            if others := [entry for entry in target if abs(Fraction(entry)) != 1]:
                raise ValueError(f"data.target[{row}]: {others[0]}; accepted under the hinge loss: 1 and -1")
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

    def why_not_trained(self, training: Training) -> str:
        """Why gradient descent would change nothing; empty where it does."""
        layers = self.network.layers
        key = f"network.layers[{len(layers) - 1}].activation"
        if len(layers) == 1 and not training.trains_biases and is_zero(self.data.input):
            return "data.input: all 0, so that the gradient of the one kernel that is trained is 0; train biases, or write inputs"
        largest = max(given_rates(training.learning_rate), key=lambda rate: abs(float(rate)))
        if training.rule == "perceptron":
            return no_step(largest)
        return no_step(largest) or constant_output(key, layers[-1].activation, len(layers[-1].bias))

    @model_validator(mode="after")
    def is_perceptron(self) -> "NetworkExample":
        """The perceptron's rule is that of one layer of step units, whose loss is the half squared error."""
        net = self.network
        if self.training is None or self.training.rule != "perceptron":
            return self
        if len(net.layers) > 1 or net.layers[0].activation not in STEPS:
            raise ValueError(f"training.rule: the perceptron has one layer; accepted as its activation: {', '.join(STEPS)}")
        if (net.loss, net.reduction, net.output_reduction, net.penalty) != ("half squared error", "sum", "sum", None):
            raise ValueError("training.rule: accepted for the perceptron: loss = 'half squared error', summed, without a penalty")
        return self

    @model_validator(mode="after")
    def penalty_trains(self) -> "NetworkExample":
        """What is penalized is trained: Keras would leave the rest out of the loss."""
        trainable = self.training.trainable if self.training else ["kernel", "bias"]
        if self.network.penalty and (others := [name for name in self.network.penalty.of if name not in trainable]):
            raise ValueError(f"network.penalty.of: '{others[0]}' is not trainable; accepted here: {trainable}")
        return self

    @model_validator(mode="after")
    def names_known(self) -> "NetworkExample":
        """Every printed name means a quantity of this network."""
        for position, block in enumerate(self.printed):
            for item in block.items:
                quantity = self.quantity(position, item.name)
                if quantity.layer > len(self.network.layers):
                    raise ValueError(f"printed[{position}].text: '{item.name}' means a layer that the network does not have")
                if quantity.part in PARTS_OF_LOSS and self.network.penalty is None:
                    raise ValueError(f"printed[{position}].text: '{item.name}' is of a penalty; write [network] penalty, or 'loss'")
        return self

    @model_validator(mode="after")
    def chain_carries(self) -> "NetworkExample":
        """A rounded chain carries all printed numbers on, but terms of the loss are none of its steps."""
        chained = [position for position, block in enumerate(self.printed) if block.arithmetic == "rounded chain"]
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

    def quantity(self, position: int, name: str) -> Quantity:
        """The quantity that ``name`` means in ``printed[position]``."""
        try:
            return lookup(self.names, self.printed[position], name)
        except ValueError as error:
            raise ValueError(f"printed[{position}].text: {error}") from None
