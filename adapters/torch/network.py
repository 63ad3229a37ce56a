"""An example's network in PyTorch: ``nn.Linear`` layers, activations and a loss in one module, and one pass over its data."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import torch
from torch import Tensor, nn

from adapters.protocol import Array, Evaluation, Intermediates, Parameters
from reference.optimization.penalties import Penalty
from worked_examples import NetworkExample, numbers


class Step(nn.Module):
    """A step from ``below`` to 1, at 0 too or not, by the perceptron's rule: its derivative is taken to be 1."""

    def __init__(self, below: int, *, at_zero: bool = False) -> None:
        super().__init__()
        self.below, self.at_zero = below, at_zero

    def forward(self, x: Tensor) -> Tensor:
        """The step, and 0 with the derivative of ``x``."""
        above = x >= 0 if self.at_zero else x > 0
        return torch.where(above, 1.0, float(self.below)).to(x.dtype) + (x - x.detach())


ACTIVATIONS = {
    "identity": nn.Identity(),
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "softmax": nn.Softmax(dim=-1),
    "step": Step(below=0),
    "step at zero": Step(below=0, at_zero=True),
    "bipolar step": Step(below=-1),
    "bipolar step at zero": Step(below=-1, at_zero=True),
}
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
    """Dense layers with these parameters, and a loss, summed over samples or averaged."""

    def __init__(
        self,
        activations: Sequence[str],
        loss: str,
        parameters: Sequence[Parameters],
        dtype: str,
        reduction: str = "sum",
        penalty: Penalty | None = None,
        output_reduction: str = "sum",
    ) -> None:
        super().__init__()
        shapes = [layer.kernel.shape for layer in parameters]
        self.dense = nn.ModuleList(nn.Linear(inputs, outputs, dtype=getattr(torch, dtype)) for inputs, outputs in shapes)
        self.activations = nn.ModuleList(ACTIVATIONS[name] for name in activations)
        self.of_logits = loss == "cross entropy from logits"
        self.cross_entropy = nn.CrossEntropyLoss(reduction=reduction) if loss in CROSS_ENTROPIES else None
        of_outputs = OF_OUTPUTS.get(loss, nn.MSELoss)
        self.loss_of_outputs, self.loss_of_each = of_outputs(reduction=reduction), of_outputs(reduction="none")
        self.divisor, self.divisor_of_sum = (divisor(loss, how, shapes[-1][1], output_reduction) for how in (reduction, "sum"))
        self.penalty = penalty and penalty._replace(l1=float(penalty.l1), l2=float(penalty.l2))
        self.load(parameters)

    def load(self, parameters: Iterable[Parameters]) -> None:
        """Set all parameters; ``nn.Linear`` has its kernel as ``(outputs, inputs)``."""
        with torch.no_grad():
            for layer, (kernel, bias) in zip(self.dense, parameters, strict=True):
                layer.get_parameter("weight").copy_(torch.from_numpy(kernel.T.copy()))
                layer.get_parameter("bias").copy_(torch.from_numpy(bias))

    def unload(self) -> list[Parameters]:
        """All parameters, copied."""
        return as_parameters(value.detach().clone() for value in self.parameters())

    def outputs(self, x: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """The outputs of every layer, and its pre-activations."""
        outputs, pre_activations = [], []
        for dense, activation in zip(self.dense, self.activations, strict=True):
            pre_activations.append(dense(x))
            x = activation(pre_activations[-1])
            outputs.append(x)
        return outputs, pre_activations

    def loss(self, outputs: Sequence[Tensor], pre_activations: Sequence[Tensor], t: Tensor) -> Tensor:
        """The loss; ``CrossEntropyLoss`` takes the pre-activations of the softmax."""
        loss: Tensor
        if self.cross_entropy:
            loss = self.cross_entropy(pre_activations[-1], t)
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
        names = tuple({"kernel": "weight", "bias": "bias"}[name] for name in self.penalty.of)
        weights = [parameter for name, parameter in self.named_parameters() if name.endswith(names)]
        for coefficient, power in ((self.penalty.l1, 1), (self.penalty.l2, 2)):
            if coefficient:
                total = total + coefficient * sum(weight.abs().sum() if power == 1 else weight.square().sum() for weight in weights)
        return total

    def forward(self, x: Tensor, t: Tensor) -> tuple[list[Tensor], Tensor]:
        """The outputs of every layer, and the loss with the penalty."""
        outputs, pre_activations = self.outputs(x)
        return outputs, self.penalized(self.loss(outputs, pre_activations, t))


def as_parameters(tensors: Iterable[Tensor]) -> list[Parameters]:
    """Weights and biases in turn, as ``Net.parameters`` gives them, in the books' layout."""
    arrays = [tensor.numpy() for tensor in tensors]
    return [Parameters(weight.T, bias) for weight, bias in zip(arrays[::2], arrays[1::2], strict=True)]


def as_tensors(parameters: Iterable[Parameters]) -> list[Tensor]:
    """The inverse of ``as_parameters``."""
    return [torch.from_numpy(array.T.copy()) for layer in parameters for array in layer]


def split(vector: Tensor, like: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A vector of all parameters as tensors of these names and shapes; the inverse of ``parameters_to_vector``."""
    parts = vector.split([tensor.numel() for tensor in like.values()])
    return {name: segment.view(like[name].shape) for name, segment in zip(like, parts, strict=True)}


def build(example: NetworkExample, dtype: str) -> Net:
    """The example's layers and loss, with its initial parameters."""
    layers = example.network.layers
    parameters = [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in layers]
    activations = [layer.activation for layer in layers]
    penalty = example.network.penalty.rule("float64") if example.network.penalty else None
    return Net(
        activations, example.network.loss, parameters, dtype, example.network.reduction, penalty, example.network.output_reduction
    )


def evaluate(net: Net, example: NetworkExample, dtype: str) -> Evaluation:
    """One pass over the example's data, differentiated by ``autograd``."""
    x, t = (torch.from_numpy(array) for array in example.data.numbers(dtype))
    outputs, pre_activations = net.outputs(x.requires_grad_())
    loss, losses = net.penalized(net.loss(outputs, pre_activations, t)), net.losses(outputs[-1], t)
    sources = ([*net.parameters()], pre_activations, outputs[:-1], [x])
    found = iter(torch.autograd.grad(loss, [tensor for tensors in sources for tensor in tensors], retain_graph=True))
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
    return Evaluation(arrays(outputs), loss.detach().numpy(), as_parameters(gradients), of_input.numpy(), intermediates)


def arrays(tensors: Iterable[Tensor]) -> list[Array]:
    """Tensors as arrays."""
    return [tensor.detach().numpy() for tensor in tensors]
