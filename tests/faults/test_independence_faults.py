"""Engines that hand out what others computed: the check of independence names from whom, and by which function."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from adapters import Calculation, Engine, Evaluation, Intermediates, Parameters, Trainer, load_engine
from adapters.keras.engine import Engine as Keras
from adapters.reference.training import Trainer as ReferenceTrainer
from verification.records import Outcome
from worked_examples import NetworkExample

REFERENCE = "calls adapters/reference/{}: the numbers are the reference's"


class BorrowedEvaluation(Keras):
    """Every evaluation is the reference's."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """The reference's."""
        return load_engine("reference").evaluate(example, parameters, dtype)


class BorrowedForGiven(Keras):
    """Evaluations with given parameters, on which printed numbers rest, are the reference's."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """The reference's, or Keras's."""
        if parameters:
            return load_engine("reference").evaluate(example, parameters, dtype)
        return super().evaluate(example, parameters, dtype)


class BorrowedBesideOwn(Keras):
    """Keras evaluates too, for show."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """Keras's is thrown away."""
        super().evaluate(example, parameters, dtype)
        return load_engine("reference").evaluate(example, parameters, dtype)


class Cached(Keras):
    """Every evaluation of an example is its first one."""

    def __init__(self) -> None:
        self.known: dict[str, Evaluation] = {}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """The first one."""
        if example.id not in self.known:
            self.known[example.id] = super().evaluate(example, parameters, dtype)
        return self.known[example.id]


class OwnFormulas(Keras):
    """Outputs by NumPy, without Keras."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """Zeros everywhere, for the engine's name alone."""
        arrays = [Parameters(np.zeros((2, 2)), np.zeros(2))]
        zeros = np.zeros((1, 2))
        return Evaluation([zeros], np.asarray(0.0), arrays, zeros, Intermediates([zeros], [zeros], [zeros], zeros))


class CompiledReference(ReferenceTrainer):
    """The reference's trainer in the name of a compiled loop."""

    path = "compiled"


class BorrowedTraining(Keras):
    """The reference trains, whatever the path."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Any:
        """The reference's trainer."""
        return (CompiledReference if compiled else ReferenceTrainer)(example, dtype)


class Replayed:
    """A trainer that shows what it has recorded: the trajectory from the start that it has seen."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.path, self.epoch = trainer, trainer.path, 0
        self.known = [trainer.parameters()]

    def advance(self, limit: int) -> Any:
        """Train only where nothing is recorded yet."""
        self.trainer.restore(self.epoch, self.known[-1])
        progress = self.trainer.advance(limit)
        self.epoch = progress.epoch
        self.known.append(self.trainer.parameters())
        return progress

    def parameters(self) -> list[Parameters]:
        """The last ones recorded."""
        return self.known[-1]

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """The epoch counts, the parameters do not."""
        self.epoch = epoch


class ReplayedTraining(Keras):
    """A trainer that does not take parameters."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Any:
        """As above."""
        return Replayed(super().trainer(example, dtype, compiled))


class Doubled(Keras):
    """Steps twice as long once a training is over."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Any:
        """Keras's, whose learning rate doubles when it is put back."""
        trainer = super().trainer(example, dtype, compiled)
        restore = trainer.restore

        def restored(epoch: int, parameters: Sequence[Parameters]) -> None:
            restore(epoch, parameters)
            trainer.model.optimizer.learning_rate = 2 * trainer.model.optimizer.learning_rate

        trainer.restore = restored  # type: ignore[method-assign]  # the fault
        return trainer


class OfTorch(Keras):
    """PyTorch calculates and evaluates."""

    def __init__(self) -> None:
        self.lender = load_engine("torch")

    def calculate(self, example: Any, dtype: str) -> Calculation:
        """PyTorch's."""
        return self.lender.calculate(example, dtype)


class BorrowedCalculation(Keras):
    """Calculations and trainings on images are the reference's."""

    def calculate(self, example: Any, dtype: str) -> Calculation:
        """The reference's."""
        return load_engine("reference").calculate(example, dtype)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Any:
        """The reference's."""
        return load_engine("reference").trainer(example, dtype, compiled)


class BorrowedCompiledImages(Keras):
    """The reference trains on images in the name of the compiled loop; the eager updates are Keras's."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Any:
        """The reference's where a compiled one is requested."""
        if compiled:
            return load_engine("reference").trainer(example, dtype, compiled)
        return super().trainer(example, dtype, compiled)


class BorrowedUpdates(Keras):
    """Training by single updates, on which sums over an epoch rest, is the reference's."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Any:
        """Keras's, with another method."""
        trainer, lender = super().trainer(example, dtype, compiled), ReferenceTrainer(example, dtype)

        def before_updates() -> list[list[Parameters]]:
            lender.restore(0, trainer.parameters())
            return lender.before_updates()

        trainer.before_updates = before_updates  # type: ignore[method-assign]  # the fault
        return trainer


EVALUATES = f"keras: evaluate {REFERENCE.format('engine.py Engine.evaluate')}"
SMALL, LONG, LOG = "numpy-dnn/311_1", "numpy-dnn/exercise-2-3-2-3", "ours/loss-table"
FAULTS: list[tuple[type[Engine], str, str]] = [
    (BorrowedEvaluation, SMALL, EVALUATES),
    (BorrowedForGiven, SMALL, EVALUATES),
    (BorrowedBesideOwn, SMALL, EVALUATES),
    (Cached, SMALL, "with unseen numbers, output of layer 1 for initial parameters [0, "),
    (OwnFormulas, "numpy-dnn/matrix-2x2", "keras: no function of the package tensorflow was called: the numbers are not its own"),
    (BorrowedTraining, SMALL, f"keras: eager training {REFERENCE.format('training.py Trainer.restore')}"),
    (BorrowedTraining, LONG, f"keras: compiled training {REFERENCE.format('training.py Trainer.restore')}"),
    (ReplayedTraining, SMALL, "eager training from unseen parameters: no update is made, although "),
    (BorrowedCalculation, LOG, f"keras: calculate {REFERENCE.format('engine.py Engine.calculate')}"),
    (BorrowedUpdates, LOG, f"keras: training by single updates {REFERENCE.format('training.py Trainer.restore')}"),
    (Doubled, SMALL, "eager training from unseen parameters: layer 1 kernel at epoch 1 ["),
    (
        OfTorch,
        "dl-python/sigmoid-layer",
        "keras: calculate calls adapters/torch/engine.py Engine.calculate: the numbers are torch's",
    ),
    (BorrowedCalculation, "dl-python/graph-shopping", f"keras: calculate {REFERENCE.format('engine.py Engine.calculate')}"),
    (BorrowedCalculation, "dl-python/numerical-diff", f"keras: calculate {REFERENCE.format('engine.py Engine.calculate')}"),
    (
        BorrowedCalculation,
        "dl-python/twolayer-backprop",
        f"keras: trainer {REFERENCE.format('engine.py Engine.trainer')}",
    ),
    (
        BorrowedCompiledImages,
        "dl-python/twolayer-backprop",
        f"keras: eager training on images {REFERENCE.format('training.py Trainer.train_batches')}",
    ),
]


@pytest.mark.parametrize(("fault", "name", "line"), FAULTS, ids=[f"{fault.__name__}-{name}" for fault, name, _ in FAULTS])
def test_an_engine_that_borrows_is_named_with_its_lender(
    fault: type[Engine], name: str, line: str, example: Callable[[str], Any], judged_in_one: Any
) -> None:
    """The check fails for the engine in the place of Keras, and one problem says what it called, or what it did not compute."""
    (findings,) = judged_in_one(("independence",), example(name), fault(), "keras")
    assert findings.outcome is Outcome.FAILED
    assert any(problem.startswith(line) for problem in findings.problems), findings.problems


@pytest.mark.parametrize("name", ["keras", "torch"])
@pytest.mark.parametrize("example_name", dict.fromkeys(name for _, name, _ in FAULTS))
def test_the_frameworks_compute_by_themselves(
    name: str, example_name: str, example: Callable[[str], Any], judged_in_one: Any
) -> None:
    """With unseen numbers they are right, and they call nobody else."""
    (findings,) = judged_in_one(("independence",), example(example_name), load_engine(name), name)
    assert findings.problems == []
