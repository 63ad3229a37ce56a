"""Gradients of the oracle through updated weights: by hand, and against PyTorch."""

from collections.abc import Callable
from itertools import islice
from types import MappingProxyType
from typing import Any

import pytest
import torch

from verification.random_examples.truth.network import DENSE, Network
from verification.random_examples.truth.numbers import Array, number, numbers
from verification.random_examples.truth.training import Settings, trained
from verification.random_examples.truth.updated_weights import slipped_gradients

LINES = Network(("identity", "identity"), "half squared error")
START = numbers([["2"]]), numbers(["0"]), numbers([["3"]]), numbers(["0"])
ONE = numbers([["1"]])


def flat(arrays: Any) -> list[float]:
    """All entries."""
    return [float(entry) for array in arrays for entry in array.ravel()]


def test_a_delta_goes_back_through_the_updated_weight() -> None:
    """By hand: y = 6, its delta is 5, the gradient 10; the weight 3 - 0.1 x 10 = 2 makes the delta before it 10 in place of 15."""
    assert flat(slipped_gradients(LINES, START, ONE, ONE, number("0.1"), (0, 1, 2, 3))) == [10, 10, 10, 5]


def test_a_weight_that_is_not_trained_is_as_before() -> None:
    """Then they are the true gradients."""
    assert flat(slipped_gradients(LINES, START, ONE, ONE, number("0.1"), (0, 1, 3))) == [15, 15, 10, 5]


def test_a_bias_that_units_share_has_the_sum_of_their_gradients() -> None:
    """Two units with the delta 5: 10 in place of 5 and 5."""
    parameters = START[0], START[1], numbers([["3", "3"]]), numbers(["0"])
    found = slipped_gradients(LINES, parameters, ONE, numbers([["1", "1"]]), number("0.1"), (0, 1, 2, 3))
    assert flat(found[2:]) == [10, 10, 10]


def test_kernels_are_laid_out_as_their_layers_say() -> None:
    """With a row for each unit, and without a bias, the gradients are those of the other layout."""
    written: Any = [[["0.5", "-1"], ["1", "2"]], ["0.1", "0"], [["0.3"], ["-0.7"]]]
    x, t, by_units = numbers([["1", "-1"]]), numbers([["1"]]), MappingProxyType({"layout": "(out, in)"})
    first, second = DENSE._replace(options=by_units), DENSE._replace(inputs=(1,), parameters=("kernel",))
    arrays = tuple(map(numbers, written))
    plain = LINES._replace(activations=("tanh", "sigmoid"), layers=(DENSE, second))
    turned = plain._replace(layers=(first, second))
    found = slipped_gradients(plain, arrays, x, t, number("0.5"), (0, 1, 2))
    other = slipped_gradients(turned, (arrays[0].T, *arrays[1:]), x, t, number("0.5"), (0, 1, 2))
    assert flat([found[0].T, *found[1:]]) == pytest.approx(flat(other), rel=1e-14)


def test_a_training_slips_where_it_says_so() -> None:
    """The first weight is 2 - 0.1 x 10 or 2 - 0.1 x 15."""
    for slips, expected in ((True, 1), (False, 0.5)):
        epochs = islice(trained(LINES, START, ONE, ONE, Settings(lambda _: number("0.1"), slips=slips)), 2)
        assert float(list(epochs)[1].parameters[0][0, 0]) == pytest.approx(expected)


@pytest.mark.parametrize(("reduction", "output_reduction"), [("sum", "mean"), ("mean", "sum")])
def test_they_are_those_of_torch(reduction: str, output_reduction: str) -> None:
    """Three layers, each delta by autograd from pre-activations to outputs."""
    network = Network(("tanh", "sigmoid", "identity"), "half squared error", reduction, output_reduction)
    written: list[Any] = [
        *([["0.5", "-1", "0.2"], ["1", "2", "-0.4"]], ["0.1", "0", "0.3"]),
        *([["0.3", "-0.7"], ["1.5", "0.2"], ["-1", "0.6"]], ["0", "0.2"], [["1", "-2"], ["0.5", "0.4"]], ["0.1", "0.2"]),
    ]
    parameters: tuple[Array, ...] = tuple(map(numbers, written))
    x, t = numbers([["1", "-1"], ["0.5", "2"]]), numbers([["1", "0"], ["0", "1"]])
    mine = slipped_gradients(network, parameters, x, t, number("0.25"), tuple(range(6)))
    assert flat(mine) == pytest.approx(of_torch([as_tensor(array) for array in parameters], as_tensor(x), as_tensor(t)), rel=1e-12)


def as_tensor(array: Array) -> torch.Tensor:
    """An array in float64."""
    return torch.tensor(array.astype(float), dtype=torch.float64)


def of_torch(parameters: list[torch.Tensor], x: torch.Tensor, t: torch.Tensor) -> list[float]:
    """The same with PyTorch, layer by layer, at the rate 1/4; the loss is a quarter of the squares, 2 samples and 2 outputs."""
    kernels, biases = parameters[::2], parameters[1::2]
    functions: list[Callable[[torch.Tensor], torch.Tensor]] = [torch.tanh, torch.sigmoid, torch.clone]
    inputs, sums = [x], []
    for kernel, bias, function in zip(kernels, biases, functions, strict=True):
        sums.append((inputs[-1] @ kernel + bias).requires_grad_())
        inputs.append(function(sums[-1]).detach())
    by_output, found = (inputs[-1] - t) / 2, list[float]()
    for layer in (2, 1, 0):
        (delta,) = torch.autograd.grad(functions[layer](sums[layer]), sums[layer], by_output)
        by_kernel = inputs[layer].T @ delta
        found = [*by_kernel.ravel().tolist(), *delta.sum(0).tolist(), *found]
        by_output = delta @ (kernels[layer] - by_kernel / 4).T
    return found
