"""Networks in PyTorch: ``nn.Linear`` layers, activations and a loss in one module."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from adapters import Parameters
from worked_examples import NetworkExample, numbers

ACTIVATIONS = {
    "identity": nn.Identity(),
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "relu": nn.ReLU(),
    "softmax": nn.Softmax(dim=-1),
}


def divisor(loss: str, reduction: str, outputs: int) -> float:
    """What ``MSELoss`` is divided by: it knows no factor 1/2, and where it averages it does so over outputs too."""
    half = 2 if loss == "half squared error" else outputs
    return half if reduction == "sum" else half / outputs


class Net(nn.Module):
    """Dense layers with these weights, and a loss, summed over patterns or averaged."""

    def __init__(
        self, activations: Sequence[str], loss: str, parameters: Sequence[Parameters], dtype: str, reduction: str = "sum"
    ) -> None:
        super().__init__()
        shapes = [(len(layer.kernel), len(layer.bias)) for layer in parameters]
        self.dense = nn.ModuleList(nn.Linear(inputs, outputs, dtype=getattr(torch, dtype)) for inputs, outputs in shapes)
        self.activations = nn.ModuleList(ACTIVATIONS[name] for name in activations)
        self.cross_entropy = nn.CrossEntropyLoss(reduction=reduction) if loss.endswith("cross entropy") else None
        self.squared_error = nn.MSELoss(reduction=reduction)
        self.divisor = divisor(loss, reduction, shapes[-1][1])
        self.load(parameters)

    def load(self, parameters: Iterable[Parameters]) -> None:
        """Set all weights; ``nn.Linear`` keeps its kernel as ``(outputs, inputs)``."""
        with torch.no_grad():
            for layer, (kernel, bias) in zip(self.dense, parameters, strict=True):
                layer.get_parameter("weight").copy_(torch.from_numpy(kernel.T.copy()))
                layer.get_parameter("bias").copy_(torch.from_numpy(bias))

    def outputs(self, x: Tensor) -> tuple[list[Tensor], Tensor]:
        """The outputs of every layer, and what goes into the last activation."""
        found = []
        for dense, activation in zip(self.dense, self.activations, strict=True):
            sums: Tensor = dense(x)
            x = activation(sums)
            found.append(x)
        return found, sums

    def forward(self, x: Tensor, t: Tensor) -> tuple[list[Tensor], Tensor]:
        """The outputs of every layer, and the loss; ``CrossEntropyLoss`` takes what goes into the softmax."""
        found, sums = self.outputs(x)
        return found, self.cross_entropy(sums, t) if self.cross_entropy else self.squared_error(found[-1], t) / self.divisor


def pairs(tensors: Iterable[Tensor]) -> list[Parameters]:
    """Weights and biases in turn, as ``Net.parameters`` gives them, in the books' layout."""
    arrays = [tensor.numpy() for tensor in tensors]
    return [Parameters(weight.T, bias) for weight, bias in zip(arrays[::2], arrays[1::2], strict=True)]


def build(example: NetworkExample, dtype: str) -> Net:
    """The example's layers and loss, with its initial weights."""
    layers = example.network.layers
    parameters = [Parameters(numbers(layer.kernel, dtype), numbers(layer.bias, dtype)) for layer in layers]
    return Net([layer.activation for layer in layers], example.network.loss, parameters, dtype)
