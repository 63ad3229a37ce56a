"""Learners with a mistake each, to be planted."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from adapters import Array, BatchMetrics, MinibatchTrainer, Parameters
from adapters.reference.engine import Engine
from adapters.reference.minibatch import Adam, EagerMinibatchTrainer
from reference.network import Layer
from worked_examples import ImageExample


class SumForMean(EagerMinibatchTrainer):
    """The gradients of a batch are summed where the example averages."""

    def step(self, batch: int) -> Any:
        """The update for one pattern."""
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


class OwnOrder(EagerMinibatchTrainer):
    """A learner that sorts what it is given by label."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Learn in an order of its own."""
        order = np.argsort(labels, kind="stable")
        return super().train_batches(x[order], labels[order], batch_size)


class CountsAfter(EagerMinibatchTrainer):
    """Hits are counted after the update."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Count again with the new weights."""
        found = super().train_batches(x, labels, batch_size)
        return found._replace(n_correct=int((self.outputs(x, batch_size).argmax(axis=1) == labels).sum()))


class Single(EagerMinibatchTrainer):
    """The weights are kept in float32."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Round the weights before each part."""
        self.layers = [Layer(*(array.astype("float32").astype(float) for array in layer)) for layer in self.layers]
        return super().train_batches(x, labels, batch_size)


class OneRow(EagerMinibatchTrainer):
    """Batches of inputs are asked as if all were the first."""

    def outputs(self, x: Array, batch: int) -> Array:
        """The first row's output for all."""
        return np.repeat(super().outputs(x[:1], 1), len(x), axis=0) if batch > 1 else super().outputs(x, 1)


class Faulty(Engine):
    """The reference with a faulty learner."""

    def __init__(self, fault: type[EagerMinibatchTrainer]) -> None:
        self.fault = fault

    def minibatch_trainer(
        self, example: ImageExample, parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """The faulty one."""
        return self.fault(example, parameters, dtype)
