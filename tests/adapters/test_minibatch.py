"""Learning from images: orders, courses from line to line, and planted faults, all on scikit-learn's digits."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from tests.faults.faulty_trainers import CountsAfter, Faulty, OneRow, OutsideEpsilon, OwnOrder, Single, SumForMean
from tests.faults.injection import plant
from verification.checks.images.registry import LEARNING_CHECKS
from verification.images.image_data import initial, numbers, scaled, seeded, updates

from adapters import ENGINES, Array, BatchMetrics, Parameters
from adapters.log_rows import Samples, train_with_log
from adapters.reference.minibatch import EagerMinibatchTrainer
from adapters.schedule import minibatches
from verification.checks.images import sklearn_digits
from verification.images import training_runs
from verification.session import Case
from worked_examples import FixtureError, ImageExample, load_all
from worked_examples.schema.minibatch import MinibatchTraining

LEARNING = {name: found for name, found in load_all().items() if isinstance(found, ImageExample)}
BATCHES = {"adam": "backprop-notes/mnist-keras", "mean": "dl-python/twolayer-backprop", "alone": "numpy-dnn/325_2"}


class Recorded:
    """A learner that learns nothing: a batch has the loss of its first label, and recognises the pattern 0 only."""

    path = "eager"

    def __init__(self) -> None:
        self.seen: list[int] = []

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """Note what is learnt."""
        self.seen += [int(label) for label in labels]
        return BatchMetrics(float(labels[::batch].sum()), int((labels == 0).sum()), float(labels[0]))

    def loss(self, x: Array, labels: Array) -> float:
        """How many patterns there are."""
        return float(len(labels))

    def outputs(self, x: Array, batch: int) -> Array:
        """Always class 1."""
        return np.tile([0.0, 1.0], (len(x), 1))

    def parameters(self) -> list[Parameters]:
        """None."""
        return []


def samples(count: int) -> Samples:
    """So many patterns, each of its own label."""
    return Samples(np.zeros((count, 1)), np.arange(count))


def test_a_course_counts_from_line_to_line_and_from_epoch_to_epoch() -> None:
    """Losses are means since the last row, hits and accuracy belong to the epoch, and both begin anew where they should."""
    trainer, order = Recorded(), np.array([[1], [0], [3], [2], [0], [1], [2], [3]])
    words = {"n_correct", "n_wrong", "accuracy", "loss since the last row", "loss in this epoch"}
    lines = list(train_with_log(trainer, samples(4), samples(2), order, [2, 3, 4, 6, 8], words))
    assert trainer.seen == [1, 0, 3, 2, 0, 1, 2, 3]
    assert [line.values["n_correct"] for line in lines] == [1, 1, 1, 1, 1]
    assert [line.values["n_wrong"] for line in lines] == [1, 2, 3, 1, 3]
    assert [line.values["loss since the last row"] for line in lines] == [0.5, 3, 2, 0.5, 2.5]
    assert [line.values["loss in this epoch"] for line in lines] == [0.5, 4 / 3, 1.5, 0.5, 1.5]


def test_a_course_measures_what_is_asked_for_only() -> None:
    """The batch's own loss and both accuracies are taken after its update, where a line wants them."""
    order = np.array([[1, 0], [1, 2]])
    words = {"loss of the batch", "training accuracy", "test accuracy"}
    (line,) = train_with_log(Recorded(), samples(4), samples(2), order, [2], words)
    assert line.values == {"loss of the batch": 2.0, "training accuracy": 0.25, "test accuracy": 0.5}


def settings(**changes: Any) -> MinibatchTraining:
    """How a learning goes, with changes."""
    table = {
        "optimizer": "gradient descent",
        "learning_rate": "0.1",
        "batch_size": 3,
        "order": "permutation",
        "seed": 5,
        "epochs": 2,
    }
    return MinibatchTraining.model_validate(table | changes)


def test_permuted_batches_hold_every_pattern_once_in_each_epoch() -> None:
    """Each epoch is a new permutation, cut into batches."""
    found = minibatches(settings(), 12)
    assert found.shape == (8, 3)
    assert [sorted(epoch.ravel()) for epoch in (found[:4], found[4:])] == [list(range(12))] * 2
    assert not np.array_equal(found[:4], found[4:])


def test_batches_with_repetition_are_those_of_the_listings() -> None:
    """They are what ``numpy.random.choice`` gives, call after call."""
    random = np.random.RandomState(5)
    right = [random.choice(12, 3) for _ in range(4)]
    assert np.array_equal(minibatches(settings(order="with replacement", epochs=None, updates=4), 12), right)


def test_an_epoch_must_be_a_whole_number_of_batches() -> None:
    """A batch size that leaves some images over is refused with both numbers."""
    with pytest.raises(FixtureError, match=r"^learning\.batch_size: 10 images are no whole number of batches of 3$"):
        minibatches(settings(), 10)


def test_the_lines_of_every_page_come_after_the_updates_that_its_formula_says() -> None:
    """First and last lines of the tables: 10,000 to 180,000, 1 to 1,000, 1 to 9,601 and 78,001 to 100,801, 1,875 to 9,375."""
    found = {name: [(at[0], at[-1]) for table in example.printed if (at := updates(table))] for name, example in LEARNING.items()}
    assert found["numpy-dnn/325_1"] == found["numpy-dnn/325_2-fashion"] == [(10_000, 180_000)]
    assert found["dl-python/twolayer-numerical"] == [(1, 1000)]
    assert found["study-notes/twolayer"] == [(1, 9601), (78_001, 100_801)]
    assert found["backprop-notes/mnist-keras"] == [(1875, 9375), (9375, 9375)]


def test_numbers_of_a_line_are_exact() -> None:
    """A printed number is the fraction that its digits say."""
    assert numbers({"accuracy": "0.762900"}) == {"accuracy": Fraction(7629, 10_000)}


def test_a_seed_changes_weights_and_order() -> None:
    """Another seed is another run; the first is the fixture's own."""
    example = LEARNING["numpy-dnn/325_1"]
    assert seeded(example, 1) == example
    other = seeded(example, 2)
    assert other.training is not None
    assert example.training is not None
    assert not np.array_equal(initial(other, 64)[0].kernel, initial(example, 64)[0].kernel)
    assert not np.array_equal(minibatches(other.training, 100), minibatches(example.training, 100))


def test_digits_are_scaled_as_pixels_are() -> None:
    """Where 255 becomes 1, so do the digits' 16; raw digits stay as they are."""
    assert scaled("sklearn_digits", "test", "255").x.max() == 1.0
    assert scaled("sklearn_digits", "test", "1").x.max() == 16.0


@pytest.mark.parametrize("engine", ENGINES)
def test_a_diverging_learning_is_one_clear_error(engine: str) -> None:
    """A learning rate that is too large is named with file and key, on every engine."""
    example = LEARNING[BATCHES["mean"]]
    assert example.training is not None
    wild = example.model_copy(update={"training": example.training.model_copy(update={"learning_rate": "1e300"})})
    with pytest.raises(FixtureError, match=rf"learning\.learning_rate: on {engine}, the loss is (inf|nan) by update 8; "):
        training_runs.train_on_images(wild, engine, "sklearn_digits", [8], compiled=True)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing that was computed with a fault is kept."""
    yield
    training_runs.COURSES.clear()
    sklearn_digits.BOUNDS.clear()


@pytest.mark.parametrize(
    ("fault", "example", "check", "message"),
    [
        (SumForMean, BATCHES["mean"], "update", "layer 1 kernel after the first update"),
        (OutsideEpsilon, BATCHES["adam"], "update", "after the first update"),
        (OwnOrder, BATCHES["alone"], "digits", "digits, after 768 updates: "),
        (CountsAfter, BATCHES["alone"], "digits", "recognised, "),
        (Single, BATCHES["alone"], "digits", "digits: weights at the end "),
        (Single, BATCHES["alone"], "update", "layer 1 kernel after the first update"),
        (SumForMean, "dl-python/twolayer-numerical", "differences", "digits: gradient "),
        (OneRow, "dl-python/mnist-pretrained", "outputs", "outputs, 20 at a time ["),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_a_planted_fault_is_caught(
    monkeypatch: pytest.MonkeyPatch, fault: type[EagerMinibatchTrainer], example: str, check: str, message: str
) -> None:
    """With the fault the check fails and says what happened; without it the check passes."""
    found = LEARNING[example]
    plant(monkeypatch, lambda: Faulty(fault))
    LEARNING_CHECKS[check](Case(found, "reference"), {})  # type: ignore[arg-type]  # see OTHER_CHECKS
    with pytest.raises(pytest.fail.Exception) as caught:
        LEARNING_CHECKS[check](Case(found, "faulty"), {})  # type: ignore[arg-type]
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{found.id} on faulty (float64): {found.title}\n")
