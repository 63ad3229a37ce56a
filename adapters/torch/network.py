"""An example's network in PyTorch: the layers of ``torch.nn``, activations and a loss in one module, and one pass over its data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import cast

import torch
from torch import Tensor, nn

from adapters.protocol import Array, Evaluation, Intermediates, Parameters
from adapters.torch.units import Slot, Unit, dense, through_updated, unit_of
from reference.optimization.penalties import Penalty
from worked_examples import NetworkExample
from worked_examples.schema.layers.graph import given_to

CROSS_ENTROPIES = ("cross entropy", "sparse cross entropy", "cross entropy from logits")


class Hinge(nn.HingeEmbeddingLoss):
    """``max(0, 1 - t y)``: ``HingeEmbeddingLoss`` of ``t y``, as of pairs that are not alike."""

    def forward(self, y: Tensor, t: Tensor) -> Tensor:
        """The loss of outputs ``y`` for targets ``t`` of 1 and -1."""
        return super().forward(t * y, torch.full_like(t, -1))


OF_OUTPUTS: Mapping[str, Callable[..., nn.Module]] = {
    "binary cross entropy": nn.BCELoss,
    "binary cross entropy from logits": nn.BCEWithLogitsLoss,
    "hinge": Hinge,
}
"""The losses that are a sum, or a mean, over outputs too; the squared errors are ``MSELoss``."""


def divisor(loss: str, reduction: str, outputs: int, output_reduction: str = "sum") -> float:
    """What a loss of PyTorch is divided by: it has no factor 1/2, and averages over outputs too, or, cross entropy, never does."""
    of_sum = {"half squared error": 2, "mean squared error": outputs}.get(loss, 1) * (outputs if output_reduction == "mean" else 1)
    return of_sum if reduction == "sum" or loss in CROSS_ENTROPIES else of_sum / outputs


class Net(nn.Module):
    """The units of a network, and a loss, summed over samples or averaged; ``sources`` are the numbers of each unit's inputs."""

    def __init__(
        self,
        units: Sequence[Unit],
        sources: Sequence[Sequence[int]],
        loss: str,
        outputs: int,
        reduction: str,
        output_reduction: str = "sum",
        penalty: Penalty | None = None,
    ) -> None:
        super().__init__()
        self.units, self.sources = nn.ModuleList(units), sources
        self.of_logits, self.of_labels = loss == "cross entropy from logits", loss == "sparse cross entropy"
        self.cross_entropy = nn.CrossEntropyLoss(reduction=reduction) if loss in CROSS_ENTROPIES else None
        of_outputs = OF_OUTPUTS.get(loss, nn.MSELoss)
        self.loss_of_outputs, self.loss_of_each = of_outputs(reduction=reduction), of_outputs(reduction="none")
        self.divisor, self.divisor_of_sum = (divisor(loss, how, outputs, output_reduction) for how in (reduction, "sum"))
        self.penalty = penalty and penalty._replace(l1=float(penalty.l1), l2=float(penalty.l2))

    @property
    def slots(self) -> list[list[Slot]]:
        """What the parameters of every layer are in the reference, by their names in the network."""
        return [
            [slot._replace(name=f"units.{number}.core.{slot.name}") for slot in unit.slots]  # type: ignore[union-attr]  # a Unit
            for number, unit in enumerate(self.units)
        ]

    def tensors(self) -> dict[str, Tensor]:
        """The parameters that are those of the reference too, by name."""
        return {slot.name: self.get_parameter(slot.name) for slots in self.slots for slot in slots}

    def load(self, parameters: Sequence[Parameters]) -> None:
        """Set all parameters."""
        with torch.no_grad():
            for name, values in self.named(parameters).items():
                self.get_parameter(name).copy_(values)

    def unload(self) -> list[Parameters]:
        """All parameters, copied."""
        return self.as_parameters({name: tensor.detach().clone() for name, tensor in self.tensors().items()})

    def as_parameters(self, tensors: Mapping[str, Tensor]) -> list[Parameters]:
        """Parameters by name, or gradients by them, in the books' layout."""
        return [Parameters(**{slot.field: slot.arrange_back(tensors[slot.name].numpy()) for slot in slots}) for slots in self.slots]

    def named(self, parameters: Sequence[Parameters]) -> dict[str, Tensor]:
        """The inverse of ``as_parameters``."""
        pairs = zip(self.slots, parameters, strict=True)
        return {
            slot.name: torch.from_numpy(slot.arrange(getattr(layer, slot.field)).copy()) for slots, layer in pairs for slot in slots
        }

    def go_back_through_updated(self, rate: float, trained: Sequence[bool]) -> None:
        """Let the gradients of dense layers with trained weights go back through these after their update."""
        for unit, trains in zip(cast(Iterable[Unit], self.units), trained, strict=True):
            unit.call = partial(through_updated, rate) if trains else unit.call

    def outputs(self, x: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """The outputs of every layer, and its pre-activations."""
        outputs, pre_activations = [x], []
        for unit, sources in zip(self.units, self.sources, strict=True):
            pre_activation, output = unit(*[outputs[source] for source in sources])
            pre_activations.append(pre_activation)
            outputs.append(output)
        return outputs[1:], pre_activations

    def loss(self, outputs: Sequence[Tensor], pre_activations: Sequence[Tensor], t: Tensor) -> Tensor:
        """The loss; ``CrossEntropyLoss`` takes the pre-activations of the softmax, and targets or labels."""
        loss: Tensor
        if self.cross_entropy:
            loss = self.cross_entropy(pre_activations[-1], t.argmax(dim=-1) if self.of_labels else t)
            loss = loss / self.divisor if self.divisor != 1 else loss
        else:
            loss = self.loss_of_outputs(outputs[-1], t) / self.divisor
        return loss

    def losses(self, y: Tensor, t: Tensor) -> Tensor:
        """The terms of the loss ``(samples, outputs)``, of outputs ``y``, before they are summed or averaged over samples."""
        if self.cross_entropy:
            return -t * (y.log_softmax(dim=1) if self.of_logits else y.log()) / self.divisor_of_sum
        return self.loss_of_each(y, t) / self.divisor_of_sum

    def penalized(self, loss: Tensor) -> Tensor:
        """The loss with the penalty, where there is one: PyTorch does not have regularizers, programs add it to the loss."""
        return loss + self.penalty_of_parameters() if self.penalty else loss

    def penalty_of_parameters(self) -> Tensor:
        """``l1 sum |w| + l2 sum w^2``."""
        total = torch.zeros((), dtype=next(self.parameters()).dtype)
        if self.penalty is None:
            return total
        units, of = cast(Iterable[Unit], self.units), self.penalty.of
        weights = [getattr(unit.core, slot.name) for unit in units for slot in unit.slots if slot.field in of]
        for coefficient, power in ((self.penalty.l1, 1), (self.penalty.l2, 2)):
            if coefficient:
                total = total + coefficient * sum(weight.abs().sum() if power == 1 else weight.square().sum() for weight in weights)
        return total

    def forward(self, x: Tensor, t: Tensor) -> tuple[list[Tensor], Tensor]:
        """The outputs of every layer, and the loss with the penalty."""
        outputs, pre_activations = self.outputs(x)
        return outputs, self.penalized(self.loss(outputs, pre_activations, t))


def split(vector: Tensor, like: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A vector of all parameters as tensors of these names and shapes; the inverse of ``parameters_to_vector``."""
    parts = vector.split([tensor.numel() for tensor in like.values()])
    return {name: segment.view(like[name].shape) for name, segment in zip(like, parts, strict=True)}


def sequential(activations: Sequence[str], loss: str, parameters: Sequence[Parameters], dtype: str, reduction: str) -> Net:
    """Dense layers with these parameters, one after the other."""
    shapes = [layer.kernel.shape for layer in parameters]
    pairs = zip(shapes, activations, strict=True)
    units = [dense(inputs, outputs, name, getattr(torch, dtype)) for (inputs, outputs), name in pairs]
    net = Net(units, [(index,) for index in range(len(units))], loss, shapes[-1][1], reduction)
    net.load(parameters)
    return net


def build(example: NetworkExample, dtype: str) -> Net:
    """The example's layers and loss, with its initial parameters."""
    network, (inputs, outputs) = example.network, example.data.shapes
    given = [[one.shape for one in of] for of, _ in given_to(network.layers, inputs[1])]
    units = [unit_of(layer, shapes, getattr(torch, dtype)) for layer, shapes in zip(network.layers, given, strict=True)]
    penalty = network.penalty.rule("float64") if network.penalty else None
    net = Net(units, network.sources, network.loss, outputs[1], network.reduction, network.output_reduction, penalty)
    net.load([Parameters(*layer) for layer in network.parameters(dtype)])
    return net


def evaluate(net: Net, example: NetworkExample, dtype: str) -> Evaluation:
    """One pass over the example's data, differentiated by ``autograd``; whole numbers, which have no gradient, get 0."""
    x, t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
    outputs, pre_activations = net.outputs(x.requires_grad_())
    loss, losses = net.penalized(net.loss(outputs, pre_activations, t)), net.losses(outputs[-1], t)
    parameters = net.tensors()
    sources = ([*parameters.values()], pre_activations, outputs[:-1], [x])
    every = [tensor for tensors in sources for tensor in tensors]
    found = iter(torch.autograd.grad(loss, every, retain_graph=True, allow_unused=True, materialize_grads=True))
    gradients, of_pre_activations, of_outputs, (of_input,) = ([next(found) for _ in tensors] for tensors in sources)
    total = losses.sum() if example.network.reduction == "sum" else losses.sum() / len(t)
    of_outputs += torch.autograd.grad(total, [outputs[-1]])  # the loss itself may be computed from pre-activations
    intermediates = Intermediates(
        arrays(pre_activations),
        arrays(of_pre_activations),
        arrays(of_outputs),
        losses.detach().numpy(),
        net.penalty_of_parameters().detach().numpy() if net.penalty else None,
    )
    by_name = net.as_parameters(dict(zip(parameters, gradients, strict=True)))
    return Evaluation(arrays(outputs), loss.detach().numpy(), by_name, of_input.numpy(), intermediates)


def arrays(tensors: Iterable[Tensor]) -> list[Array]:
    """Tensors as arrays."""
    return [tensor.detach().numpy() for tensor in tensors]
