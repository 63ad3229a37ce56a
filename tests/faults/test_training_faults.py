"""Faults injected into the training of a network: what is trained, in which order, and when it stops."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Progress
from adapters.reference import training
from adapters.reference.engine import Engine
from reference.comparisons import at_most
from reference.network import forward
from worked_examples import NetworkExample


class ForgottenBias(Engine):
    """The update leaves the biases alone."""

    class Trainer(training.Trainer):
        """As the reference's, with the biases put back after every epoch."""

        def advance(self, limit: int) -> Progress:
            """Advance epoch by epoch."""
            progress = super().advance(self.epoch)
            while self.epoch < limit and not self.should_stop(progress.loss):
                biases = [layer.bias for layer in self.layers]
                super().advance(self.epoch + 1)
                self.layers = [layer._replace(bias=bias) for layer, bias in zip(self.layers, biases, strict=True)]
                progress = super().advance(self.epoch)
            return progress

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """The trainer above."""
        return self.Trainer(example, dtype)


class LooseComparison(Engine):
    """The stopping criterion tests `<=` where the example says `<`."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """As the reference, with the other comparison."""
        trainer = super().trainer(example, dtype, compiled)
        threshold = float(example.training.criterion.threshold) if example.training else 0
        trainer.should_stop = lambda error: at_most(error, threshold)
        return trainer


class LateStop(Engine):
    """The stopping criterion tests the loss before the last update: training stops one epoch late."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """As the reference, with the outcome for the epoch before."""
        trainer = super().trainer(example, dtype, compiled)
        correct, outcomes = trainer.should_stop, [False]

        def stops(error: Any) -> bool:
            outcomes.append(correct(error))
            return outcomes[-2]

        trainer.should_stop = stops
        return trainer


class StaleLoss(Engine):
    """The loss that is reported at a checkpoint is twice the one there."""

    class Trainer(training.Trainer):
        """As the reference's, with another loss reported."""

        def advance(self, limit: int) -> Progress:
            """Advance, and report the doubled loss."""
            epoch, loss = super().advance(limit)
            return Progress(epoch, 2 * loss)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """The trainer above."""
        return self.Trainer(example, dtype)


class IgnoredShuffle(Engine):
    """The samples are visited in the order of the page."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """As the reference, with one order for all epochs."""
        trainer = super().trainer(example, dtype, compiled)
        trainer.sample_order = None if trainer.sample_order is None else np.sort(trainer.sample_order, axis=1)
        return trainer


class OneBatch(Engine):
    """One update an epoch with the gradients of all samples, where the example makes one for each sample."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """As the reference, with all samples in one batch."""
        trainer = super().trainer(example, dtype, compiled)
        trainer.sample_order = None
        return trainer


class ForgottenLoss(Engine):
    """The stopping criterion tests a sum that leaves out the epoch's first sample."""

    class Trainer(training.Trainer):
        """As the reference's, with the sum replaced."""

        def train_epoch(self) -> None:
            """One epoch, and the loss of its first sample taken off."""
            before, (x, t) = self.layers, self.batches()[0]
            super().train_epoch()
            self.epoch_loss = self.epoch_loss - self.measure(self.design, forward(self.design, before, x), t)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """The trainer above."""
        return self.Trainer(example, dtype)


class TrainedBias(Engine):
    """Biases train although the example says that they are fixed."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> training.Trainer:
        """As the reference, with all parameters in training."""
        trainer = super().trainer(example, dtype, compiled=False)
        trainer.trained = [(True, True, False, False)] * len(trainer.trained)
        return trainer


@pytest.mark.parametrize(
    ("fault", "name", "check_name", "line"),
    [
        (
            ForgottenBias,
            "numpy-dnn/311_1",
            "trajectory",
            "layer 1 bias at epoch 1 [1]: computed 2.0, exact 1.4, difference 6.0e-01, bound",
        ),
        (
            ForgottenBias,
            "numpy-dnn/311_1",
            "printed",
            "B[0, 0] (layer 1 bias after update [0, 0]) at epoch 78, console of 311_1.py: printed 1.571",
        ),
        (ForgottenBias, "numpy-dnn/311_1", "epochs", "stop at epoch 85, printed epoch 79"),
        (
            LooseComparison,
            "ours/stop-rule",
            "epochs",
            "stop at epoch 3, printed epoch 4 (loss < 0.125; the loss there is 0.125); "
            "one epoch off: `<` or `<=`, or counted from 1 instead of 0?",
        ),
        (LateStop, "numpy-dnn/311_1", "epochs", "stop at epoch 80, printed epoch 79 (loss < 0.0000001; the loss there is "),
        (StaleLoss, "numpy-dnn/311_1", "epochs", "the loss that is tested after 0 epochs: computed 3664.0, exact 1832.0, "),
        (StaleLoss, "ours/one-by-one", "epochs", "the loss that is tested after 1 epochs: computed "),
        (IgnoredShuffle, "ours/one-by-one", "trajectory", "parameters at epoch 5: distance 6.1e-02, bound "),
        (OneBatch, "ours/one-by-one", "trajectory", "layer 1 kernel at epoch 1 [0, 0]: computed 1.34375, exact 1.2265625"),
        (ForgottenLoss, "ours/one-by-one", "epochs", "stop at epoch 29, certified epoch 57 (loss < 0.01; the loss there is "),
        (TrainedBias, "backprop-notes/network-class", "trajectory", "layer 1 bias at epoch 1 [1]: computed 0.345"),
        (
            LateStop,
            "numpy-dnn/311_1",
            "statements",
            "'training is complete on pass (79+1)', sentence after the console: does not hold",
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_an_injected_fault_is_caught(
    fault: type[Engine], name: str, check_name: str, line: str, caught: Callable[..., str]
) -> None:
    """The message names the first epoch, parameter or printed number that is wrong."""
    assert line in caught(fault(), name, check_name)
