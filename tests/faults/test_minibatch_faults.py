"""Injected faults in the training on images: each must fail a named check, with a message that says what happened."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from adapters import Array, BatchMetrics, MinibatchTrainer, Parameters
from adapters.reference.engine import Engine
from adapters.reference.minibatch import Adam, EagerMinibatchTrainer
from reference.network import Layer
from verification.case import Case
from verification.check import judge
from verification.registry import checks_of
from verification.session import Session
from worked_examples import ImageExample, load_all

ADAM, MEAN, ONLINE = "backprop-notes/mnist-keras", "dl-python/twolayer-backprop", "numpy-dnn/325_2"


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


class OwnOrder(EagerMinibatchTrainer):
    """The samples are sorted by label."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Train in another order."""
        order = np.argsort(labels, kind="stable")
        return super().train_batches(x[order], labels[order], batch_size)


class CountsAfter(EagerMinibatchTrainer):
    """Correctly classified samples are counted after the update."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Count again with the new parameters."""
        metrics = super().train_batches(x, labels, batch_size)
        return metrics._replace(n_correct=int((self.outputs(x, batch_size).argmax(axis=1) == labels).sum()))


class Single(EagerMinibatchTrainer):
    """The parameters are kept in float32."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Round the parameters before each chunk."""
        self.layers = [Layer(*(array.astype("float32").astype(float) for array in layer)) for layer in self.layers]
        return super().train_batches(x, labels, batch_size)


class OneRow(EagerMinibatchTrainer):
    """Every sample of a batch gets the outputs of the first."""

    def outputs(self, x: Array, batch_size: int) -> Array:
        """The first row's outputs for all."""
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


def problems(name: str, check: str, engine_name: str, session: Session) -> list[str]:
    """What a check of an example finds on an engine."""
    example = session.examples[name]
    case = Case(example, engine_name, session)
    return judge(next(candidate for candidate in checks_of(case) if candidate.name == check), case).problems


@pytest.fixture(scope="module")
def sound() -> Session:
    """A session without faults, in which every check passes."""
    return Session(load_all().values())


@pytest.mark.parametrize(
    ("fault", "name", "question", "message"),
    [
        (SumForMean, MEAN, "update", "layer 1 kernel after the first update"),
        (OutsideEpsilon, ADAM, "update", "after the first update"),
        (OwnOrder, ONLINE, "digits", "after 768 updates: "),
        (CountsAfter, ONLINE, "digits", " classified correctly, not "),
        (Single, ONLINE, "digits", "at the end "),
        (Single, ONLINE, "update", "layer 1 kernel after the first update"),
        (SumForMean, "dl-python/twolayer-numerical", "differences", ": gradient "),
        (OneRow, "dl-python/mnist-pretrained", "outputs", "outputs, 20 at a time ["),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_an_injected_fault_is_caught(
    sound: Session, fault: type[EagerMinibatchTrainer], name: str, question: str, message: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    assert problems(name, question, "reference", sound) == []
    faulty = Session(sound.examples.values(), engines={"faulty": Faulty(fault)})
    assert message in "\n".join(problems(name, question, "faulty", faulty))
