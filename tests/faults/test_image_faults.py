"""Injected faults in the training on images: an engine with one mistake fails a named check, on scikit-learn's digits."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from adapters import Array, BatchMetrics, MinibatchTrainer, Parameters
from adapters.reference.engine import Engine
from adapters.reference.minibatch import Adam, EagerMinibatchTrainer
from reference.network import Layer
from verification.check import message
from verification.records import Findings, Outcome
from worked_examples import ImageExample


class SumForMean(EagerMinibatchTrainer):
    """The gradients of a batch are summed where the example averages."""

    def step(self, batch_size: int) -> Any:
        """The update for one sample."""
        return super().step(1)


class OutsideEpsilon(EagerMinibatchTrainer):
    """Adam's epsilon hat is taken for the epsilon outside the root of algorithm 1."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        if self.adam:
            self.adam = Algorithm1(self.learning_rate, self.adam.coefficients, self.layers)


class Algorithm1(Adam):
    """Adam with a constant epsilon beside the corrected root."""

    def __call__(self, layers: Sequence[Layer], gradients: Sequence[Layer]) -> list[Layer]:
        """With an epsilon hat that becomes the constant one."""
        beta1, beta2, epsilon = self.coefficients
        self.coefficients = beta1, beta2, epsilon * (1 - beta2 ** (self.t + 1)) ** 0.5
        new = super().__call__(layers, gradients)
        self.coefficients = beta1, beta2, epsilon
        return new


class SortedOrder(EagerMinibatchTrainer):
    """The samples are sorted by label."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Train in this order."""
        order = np.argsort(labels, kind="stable")
        return super().train_batches(x[order], labels[order], batch_size)


class CountsAfter(EagerMinibatchTrainer):
    """Correctly classified samples are counted after the update."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Count again with the new weights."""
        metrics = super().train_batches(x, labels, batch_size)
        return metrics._replace(n_correct=int((self.outputs(x, batch_size).argmax(axis=1) == labels).sum()))


class Single(EagerMinibatchTrainer):
    """The weights are rounded to float32."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Round the weights before the batches."""
        self.layers = [Layer(*(array.astype("float32").astype(float) for array in layer)) for layer in self.layers]
        return super().train_batches(x, labels, batch_size)


class OneRow(EagerMinibatchTrainer):
    """Every row of a batch gets the output of its first."""

    def outputs(self, x: Array, batch_size: int) -> Array:
        """The first row's output for all."""
        return np.repeat(super().outputs(x[:1], 1), len(x), axis=0) if batch_size > 1 else super().outputs(x, 1)


class Faulty(Engine):
    """The reference with a faulty trainer."""

    def __init__(self, fault: type[EagerMinibatchTrainer]) -> None:
        self.fault = fault

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """The faulty one."""
        return self.fault(example, parameters, dtype)


ADAM, MEAN, ONLINE = "backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"


@pytest.mark.parametrize(
    ("fault", "name", "check_name", "line"),
    [
        (SumForMean, MEAN, "update", "layer 1 kernel after the first update"),
        (OutsideEpsilon, ADAM, "update", "after the first update"),
        (SortedOrder, ONLINE, "digits", "digits, after 768 updates: "),
        (CountsAfter, ONLINE, "digits", "classified correctly, "),
        (Single, ONLINE, "digits", "digits: distance of the weights at the end "),
        (Single, ONLINE, "update", "layer 1 kernel after the first update"),
        (SumForMean, "dl-python/twolayer-numerical", "differences", ", sklearn_digits: gradient "),
        (OneRow, "dl-python/mnist-pretrained", "outputs", "outputs, 20 at a time ["),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_an_injected_fault_is_caught(
    fault: type[EagerMinibatchTrainer],
    name: str,
    check_name: str,
    line: str,
    example: Callable[[str], ImageExample],
    judged: Callable[..., Findings],
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    chosen = example(name)
    assert judged(check_name, chosen).outcome is Outcome.PASSED
    found = judged(check_name, chosen, Faulty(fault))
    assert found.outcome is Outcome.FAILED
    text = message(found, chosen)
    assert line in text
    assert text.startswith(f"{name} on faulty (float64), {check_name}: {chosen.title}\n")
