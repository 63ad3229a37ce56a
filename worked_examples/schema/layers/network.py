"""The network of an example: layers in a chain or a graph, and the loss."""

from collections.abc import Sequence
from dataclasses import replace
from math import prod
from typing import Annotated

from pydantic import Field, model_validator
from typing_extensions import Self

from reference.layer_types.parameters import Layer
from reference.losses import LOSSES
from reference.network import Design
from worked_examples.schema.base import Model, Word
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.layers.base import Shape
from worked_examples.schema.layers.dense import IN_OUT, DenseLayer
from worked_examples.schema.layers.graph import given_to, sources
from worked_examples.schema.layers.repeated import WrittenOut
from worked_examples.schema.trainings.regularization import Penalty
from worked_examples.schema.trainings.training import Training

GIVEN = "a network with data needs its numbers, or recipe.parameters, which draws them"
GATES = 4  # the most units of a layer that an output unit is made of
LOGITS = ("cross entropy from logits", "binary cross entropy from logits")
PENALIZED = ("dense", "convolution")
OF_LABELS = "sparse cross entropy"
PROBABILITIES = {"cross entropy": "softmax", OF_LABELS: "softmax", "binary cross entropy": "sigmoid"}  # and what each is of


def is_plain(layer: AnyLayer) -> bool:
    """Whether a layer is dense, with kernel ``(inputs, outputs)`` and a bias for each unit; what trains is said by the training."""
    if not isinstance(layer, DenseLayer) or layer.layout != IN_OUT or layer.shared_bias:
        return False
    return layer.bias is not None and layer.trainable is True


class Layers(Model):
    """Layers in order."""

    layers: Annotated[list[AnyLayer], WrittenOut()] = Field(description="or repeated ones, { repeat = 2, layers = [...] }")

    @property
    def sources(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of every layer's inputs: 0 for the data, ``n`` for the ``n``-th layer."""
        return sources(self.layers)


class OfLoss(Model):
    """A loss.

    Losses are summed over samples, or averaged over those in the batch where the ``reduction`` is mean. So they are over outputs,
    by the ``output_reduction``; the mean squared error is the mean over outputs already, without a factor 1/2.
    """

    loss: Annotated[str, Word("a loss", (*LOSSES, OF_LABELS))] = Field(
        description="sparse cross entropy is the cross entropy of labels: each row of the targets has a single 1"
    )
    reduction: Annotated[str, Word("a reduction", ("sum", "mean"))] = Field(
        "sum", description="of the loss over the samples of a batch; mean divides it, and its gradients, by their number"
    )
    output_reduction: Annotated[str, Word("a reduction", ("sum", "mean"))] = Field(
        "sum", description="of the loss over the outputs of a sample; mean divides it, and its gradients, by their number"
    )

    @model_validator(mode="after")
    def averaged_once(self) -> Self:
        """What is a mean over outputs already is none of that."""
        if (self.loss, self.output_reduction) == ("mean squared error", "mean"):
            raise ValueError(
                "output_reduction: the mean squared error is a mean over outputs already; write loss = 'squared error'"
            )
        return self

    def fault_of_last(self, activation: str) -> str:
        """Why the loss is none of outputs with this activation; empty where it is."""
        wanted = PROBABILITIES.get(self.loss, activation)
        if activation != wanted:
            return f"{self.loss} needs probabilities: the last activation is {activation}, not {wanted}"
        if self.loss in LOGITS and activation != "identity":
            return f"{self.loss} needs logits: the last activation is {activation}, not identity"
        return ""


class Network(Layers, OfLoss):
    """Layers whose numbers are all known, and the loss."""

    penalty: Penalty | None = Field(None, description="of the parameters, added to the loss of every batch")

    @model_validator(mode="after")
    def all_known(self) -> "Network":
        """Every parameter has its numbers."""
        for index, layer in enumerate(self.layers):
            if layer.unknown:
                raise ValueError(f"layers[{index}].{layer.unknown[0]}: missing; {GIVEN}")
        return self

    @model_validator(mode="after")
    def layers_fit(self) -> "Network":
        """Every layer has inputs; where the first is dense, which says how many the data have, all fit them."""
        sources(self.layers)
        if isinstance(first := self.layers[0], DenseLayer):
            self.shapes(first.n_inputs_of_unit)
        if fault := self.fault_of_last(self.layers[-1].activation):
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def penalty_fits(self) -> "Network":
        """Kernels and biases of dense layers and of convolutions are penalized, and all of them are trained."""
        for index, layer in enumerate(self.layers if self.penalty else []):
            if layer.parameters and layer.type not in PENALIZED:
                raise ValueError(f"penalty: accepted for dense and convolution layers, but layers[{index}] is {layer.type}")
            if layer.parameters and layer.trainable is not True:
                raise ValueError(f"penalty: accepted where all parameters are trained, but layers[{index}] has 'trainable'")
        return self

    def fault_of_penalty(self, training: Training | None) -> str:
        """What is penalized and not trained; empty where there is nothing."""
        trainable = training.trainable if training else ["kernel", "bias"]
        others = [name for name in self.penalty.of if name not in trainable] if self.penalty else []
        return f"penalty.of: '{others[0]}' is not trainable; accepted here: {trainable}" if others else ""

    def shapes(self, inputs: int) -> list[Shape]:
        """The shapes of all outputs for data of so many columns, without the axis of the samples.

        Raises:
            ValueError: where a layer does not fit its inputs; the message begins with its key.

        """
        shapes = [shape for _, shape in given_to(self.layers, inputs)]
        if len(shapes[-1]) != 1:
            raise ValueError(
                f"layers[{len(shapes) - 1}]: its output has the shape {list(shapes[-1])}; accepted of the last layer: units; "
                "write a flatten layer"
            )
        return shapes

    @property
    def is_chain_of_dense(self) -> bool:
        """Whether all layers are dense, each with the output of the one before."""
        return all(isinstance(layer, DenseLayer) and layer.inputs is None for layer in self.layers)

    @property
    def is_plain(self) -> bool:
        """Whether all layers are dense in a chain, with kernels and biases that may be trained."""
        return self.is_chain_of_dense and all(is_plain(layer) for layer in self.layers)

    def design(self, number_type: str) -> Design:
        """All but the parameters, as the reference has it; of a chain of dense layers it names no types.

        A sparse loss is that of the same name for targets that are rows.
        """
        activations = tuple(layer.activation for layer in self.layers)
        penalty = self.penalty.rule(number_type) if self.penalty else None
        plain = Design(activations, self.loss.removeprefix("sparse "), self.reduction, penalty, self.output_reduction)
        if self.is_chain_of_dense:
            return plain
        return replace(plain, types=tuple(layer.reference(number_type) for layer in self.layers), inputs=self.sources)

    def parameters(self, number_type: str) -> list[Layer]:
        """The parameters of all layers before training, as the reference has them."""
        return [layer.arrays(number_type) for layer in self.layers]

    def with_parameters(self, parameters: Sequence[Layer]) -> Self:
        """The same network with other parameters, as the reference has them."""
        layers = [layer.with_arrays(arrays) for layer, arrays in zip(self.layers, parameters, strict=True)]
        return self.model_copy(update={"layers": layers})

    def n_terms(self, inputs: int, samples: int) -> int:
        """How many terms a sum has at most, forward or backward: over inputs and a bias, over samples, over all in the loss."""
        given, penalized = list(given_to(self.layers, inputs)), self.n_parameters if self.penalty else 0
        if self.is_chain_of_dense:
            shared = [samples * layer.n_units for layer in self.layers if isinstance(layer, DenseLayer) and layer.shared_bias]
            return max(penalized, *shared, *(of[0].shape[0] + 1 for of, _ in given), prod(given[-1][1]) * samples)
        return max(penalized, 1 + samples * max(sum(prod(one.shape) for one in of) + GATES * prod(shape) for of, shape in given))

    @property
    def n_parameters(self) -> int:
        """The number of entries of all parameters."""
        return sum(layer.n_parameters for layer in self.layers)
