"""Training as the books write it: gradient descent, and the optimizers of ``reference.optimization``."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any

import numpy as np

from adapters.batch_metrics import NO_BATCHES, combined, min_margin
from adapters.protocol import Array, BatchMetrics, Parameters, Progress
from adapters.reference import optimizers
from adapters.reference.network import as_layers, as_parameters, design, initial_layers, trained_arrays
from adapters.schedule import batches_of, learning_rate_at, sample_order, training_of
from reference.layer_types.parameters import Layer
from reference.network import Signals, forward, loss
from reference.optimization.gradient_descent import (
    STOPPING_CRITERIA,
    descend,
    penalized_loss,
    stepped,
    train_epoch,
    update,
)
from reference.optimization.network_steps import NetworkSteps
from reference.optimization.stopping import ERRORS, Observer
from worked_examples import NetworkExample, numbers
from worked_examples.schema.trainings.stopping import StoppingCriterion
from worked_examples.schema.trainings.training import Training

Step = Callable[[Sequence[Layer], Sequence[Layer]], list[Layer]]


class Trainer:
    """The books' loop in any number type; see ``adapters.Trainer``.

    ``should_stop`` tests a loss.
    """

    path = "eager"
    measure = staticmethod(loss)

    def __init__(self, example: NetworkExample, number_type: str) -> None:
        training = training_of(example)
        self.design, self.layers, self.epoch = design(example, number_type), initial_layers(example, number_type), 0
        self.example, self.number = example, partial(numbers, number_type=number_type)
        self.updates = training.updates(example.data.samples)
        self.batch_size = training.batch_size if training.batch_size != "full" else example.data.samples
        self.trained, self.learning_rate_at = trained_arrays(example), learning_rate_at(training, number_type)
        self.learning_rate, self.rate_changes = self.learning_rate_at(0), not isinstance(training.learning_rate, str)
        self.steps = self.network_steps(training, number_type)
        threshold = numbers(training.criterion.threshold, number_type)[()]
        self.should_stop: Callable[[Any], bool] = partial(holds, STOPPING_CRITERIA[training.criterion.test], threshold)
        self.epoch_loss = self.no_loss_yet = threshold + 1
        criterion = training.criterion
        self.tester = None if criterion.tests == "loss" else observer(criterion, number_type)
        self.further = example.with_data(criterion.of).data.numbers(number_type) if criterion.of else None

    @cached_property
    def data(self) -> tuple[Array, Array]:
        """Inputs and targets of all samples."""
        return self.number(self.example.data.pair[0]), self.number(self.example.data.pair[1])

    @cached_property
    def sample_order(self) -> Array | None:
        """That of ``adapters.schedule``."""
        return sample_order(self.example)

    def network_steps(self, training: Training, number_type: str) -> NetworkSteps | None:
        """The steps of an optimizer; None for gradient descent at one learning rate, whose step is ``update``."""
        if training.constant_rate:
            return None
        formula, initial = optimizers.build(training.method, number_type), optimizers.initial_state(training.method, number_type)
        decays = optimizers.weight_decays(training.weight_decay, number_type)
        return NetworkSteps(formula, self.rate_after, self.layers, initial, self.trained, decays)

    def rate_after(self, steps: int) -> Any:
        """The learning rate of the update after so many."""
        return self.learning_rate_at(steps // self.updates) if self.rate_changes else self.learning_rate

    @property
    def step(self) -> Step:
        """What makes new layers of layers and their gradients."""
        return self.steps or partial(update, learning_rate=self.learning_rate, trained=self.trained)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``."""
        with np.errstate(all="ignore"):  # a run that diverges is reported by its loss
            if self.sample_order is None and self.further is None:
                self.train_full_batch(limit)
            else:
                self.train_epochs(limit)
        return Progress(self.epoch, self.epoch_loss)

    def train_full_batch(self, limit: int) -> None:
        """Epochs of one update; the stopping criterion tests the loss before each."""
        (x, t), rules, span = self.data, (self.measure, self.should_stop), (self.epoch, limit)
        self.epoch, self.layers, self.epoch_loss = descend(self.design, self.layers, x, t, self.step, *rules, *span, self.tester)

    def train_epochs(self, limit: int) -> None:
        """Epochs of an update for each batch; after each the criterion tests the sum of the losses, or the loss of further data."""
        while self.epoch < limit and not self.should_stop(self.tested):
            if self.tester and self.epoch and self.epoch_loss is not self.no_loss_yet:
                self.tester.end_epoch(self.epoch_loss)
            self.train_epoch()
            self.watch()

    def watch(self) -> None:
        """After an epoch, the loss of further data where the stopping criterion tests it."""
        if self.further and self.tester:
            x, t = self.further
            signals = forward(self.design, self.layers, x)
            self.epoch_loss = penalized_loss(self.design, self.layers, self.measure(self.design, signals, t))
            deciding = [list(chain.from_iterable(self.layers)), *([] if self.design.penalty else [signals.outputs[-1:]])]
            self.tester.watch(self.epoch_loss, *deciding)

    @property
    def tested(self) -> Any:
        """What the stopping criterion tests of the last epoch."""
        return self.tester.value(self.epoch_loss) if self.tester else self.epoch_loss

    def train_epoch(self) -> None:
        """One epoch; ``epoch_loss`` is then the sum of its losses, each taken before its own update."""
        if self.tester:
            self.tester.begin_epoch()
        rules = self.step, self.measure, self.tester
        self.layers, self.epoch_loss = train_epoch(self.design, self.layers, self.batches(), *rules)
        self.epoch += 1

    def before_updates(self) -> list[list[Parameters]]:
        """See ``adapters.Trainer``."""
        found = []
        for batch in self.batches():
            found.append(self.parameters())
            self.descend(*batch)
        self.epoch += 1
        return found

    def batches(self) -> list[tuple[Array, Array]]:
        """Inputs and targets of every update of the next epoch."""
        if self.sample_order is None:
            return [self.data]
        x, t = self.data
        return [(x[batch], t[batch]) for batch in batches_of(self.sample_order, self.epoch, self.batch_size)]

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See ``adapters.Trainer``."""
        samples, targets, total = self.number(x), self.number(t), NO_BATCHES
        with np.errstate(all="ignore"):
            for start in range(0, len(x), batch_size):
                batch = samples[start : start + batch_size], targets[start : start + batch_size]
                total = combined(total, self.metrics(*self.descend(*batch), batch[1]))
        return total

    def descend(self, x: Array, t: Array) -> tuple[Signals, Any]:
        """One update with a batch; the signals and the loss before it."""
        signals = forward(self.design, self.layers, x)
        loss = penalized_loss(self.design, self.layers, self.measure(self.design, signals, t))
        self.layers = stepped(self.design, self.layers, x, signals, t, self.step)
        return signals, loss

    def metrics(self, signals: Signals, loss: Any, t: Array) -> BatchMetrics:
        """The metrics of one batch."""
        y = signals.outputs[-1]
        return BatchMetrics(float(loss), int((y.argmax(axis=1) == t.argmax(axis=1)).sum()), min_margin(y))

    def exact_loss_on(self, x: Array, t: Array) -> Any:
        """The loss of these samples as one batch, in the number type."""
        signals = forward(self.design, self.layers, self.number(x))
        return penalized_loss(self.design, self.layers, self.measure(self.design, signals, self.number(t)))

    def loss_on(self, x: Array, t: Array) -> float:
        """See ``adapters.Trainer``."""
        return float(self.exact_loss_on(x, t))

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """See ``adapters.Trainer``."""
        samples = self.number(x)
        batches = (samples[start : start + batch_size] for start in range(0, len(x), batch_size))
        with np.errstate(over="ignore"):  # the sigmoid far below 0: exp overflows to inf, and 1 / inf is the correct 0
            return np.concatenate([forward(self.design, self.layers, batch).outputs[-1] for batch in batches])

    def parameters(self) -> list[Parameters]:
        """See ``adapters.Trainer``."""
        state = self.steps.state if self.steps else []
        return as_parameters([*self.layers, *chain.from_iterable(state)])

    def restore(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """See ``adapters.Trainer``; the parameters keep their dtype."""
        if self.tester:
            self.tester.forget()
        self.move(epoch, parameters)

    def move(self, epoch: int, parameters: Sequence[Parameters]) -> None:
        """As ``restore``, but the stopping criterion remembers the epochs before."""
        self.epoch, self.epoch_loss, count = epoch, self.no_loss_yet, len(self.layers)
        self.layers, *state = (as_layers(parameters[start : start + count]) for start in range(0, len(parameters), count))
        if self.steps:
            self.steps.state, self.steps.t = state, epoch * self.updates


def observer(criterion: StoppingCriterion, number_type: str) -> Observer:
    """What a stopping criterion other than by the loss observes."""
    min_delta = numbers(criterion.min_delta or "0", number_type)[()]
    return Observer(criterion.tests, ERRORS.get(criterion.no_errors or ""), criterion.patience or 0, min_delta)


def holds(test: Callable[[Any, Any], bool], threshold: Any, value: Any) -> bool:
    """Whether a stopping criterion holds, or the loss is inf or nan: only these, subtracted from themselves, do not give 0.

    It does not hold of a value that is None.
    """
    return value is not None and (bool(value - value != 0) or test(value, threshold))


def initial_parameters(example: NetworkExample, number_type: str) -> list[Parameters]:
    """The example's parameters before training, and where it trains the initial state of its optimizer."""
    return Trainer(example, number_type).parameters() if example.training else as_parameters(initial_layers(example, number_type))


def one_epoch(
    example: NetworkExample, parameters: Sequence[Parameters], epoch: int, number_type: str = "float64"
) -> list[Parameters]:
    """The parameters one epoch later than these, which are those at ``epoch``; no stopping criterion is tested.

    Data and learning rate are of ``number_type``; the parameters may be of any NumPy dtype (complex ones for complex steps, balls).
    """
    trainer = Trainer(example, number_type)
    trainer.restore(epoch, parameters)
    with np.errstate(all="ignore"):
        trainer.train_epoch()
    return trainer.parameters()
