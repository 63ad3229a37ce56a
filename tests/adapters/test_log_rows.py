"""Log rows of a training."""

import numpy as np
import pytest

from adapters import Array, BatchMetrics, Parameters, Progress
from adapters.log_rows import CHUNK, Samples, train_with_log
from adapters.training import DivergedError


class Recorded:
    """A trainer that only records: a batch has the loss of its first label, and classifies the sample 0 correctly."""

    path = "eager"

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.sizes: list[int] = []

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """Note the samples."""
        labels = x[:, 0]
        self.seen += [int(label) for label in labels]
        self.sizes.append(len(labels))
        return BatchMetrics(float(labels[::batch_size].sum()), int((labels == 0).sum()), float(labels[0]))

    def loss_on(self, x: Array, t: Array) -> float:
        """How many samples there are."""
        return float(len(t))

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """Always class 1."""
        return np.tile([0.0, 1.0], (len(x), 1))

    def parameters(self) -> list[Parameters]:
        """None."""
        return []

    def before_updates(self) -> list[list[Parameters]]:
        """None."""
        return []

    def advance(self, limit: int) -> Progress:
        """Not at all."""
        return Progress(0, limit)

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """Nothing."""


class Diverging(Recorded):
    """A trainer whose loss is nan from the third sample on."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """See above."""
        metrics = super().train_batches(x, t, batch_size)
        return metrics._replace(loss=np.nan) if len(self.seen) > 2 else metrics


def samples(count: int) -> Samples:
    """So many samples, each with its number as its input; the first two are of the classes 0 and 1, the others of class 0."""
    return Samples(np.arange(count)[:, None], np.eye(2)[(np.arange(count) == 1).astype(int)])


def test_metrics_are_counted_from_row_to_row_and_from_epoch_to_epoch() -> None:
    """Losses are means since the last row, counts and accuracy belong to the epoch, and both begin anew where they should."""
    trainer, order = Recorded(), np.array([[1], [0], [3], [2], [0], [1], [2], [3]])
    wanted = {"n_correct", "n_wrong", "accuracy", "loss since the last row", "loss in this epoch"}
    rows = list(train_with_log(trainer, samples(4), samples(2), order, [2, 3, 4, 6, 8], wanted))
    assert trainer.seen == [1, 0, 3, 2, 0, 1, 2, 3]
    assert [row.updates for row in rows] == [2, 3, 4, 6, 8]
    assert [row.values["n_correct"] for row in rows] == [1, 1, 1, 1, 1]
    assert [row.values["n_wrong"] for row in rows] == [1, 2, 3, 1, 3]
    assert [row.values["accuracy"] for row in rows] == [1 / 2, 1 / 3, 1 / 4, 1 / 2, 1 / 4]
    assert [row.values["loss since the last row"] for row in rows] == [0.5, 3, 2, 0.5, 2.5]
    assert [row.values["loss in this epoch"] for row in rows] == [0.5, 4 / 3, 1.5, 0.5, 1.5]
    assert [row.min_margin for row in rows] == [1, 3, 2, 0, 2]


def test_a_row_across_an_epoch_s_end_counts_the_new_epoch_only() -> None:
    """From update 3 to 6 of epochs of 4: two updates of the second epoch."""
    order = np.array([[1], [0], [3], [2], [0], [1], [2], [3]])
    *_, row = train_with_log(Recorded(), samples(4), samples(2), order, [3, 6], {"n_correct", "n_wrong", "loss since the last row"})
    assert row.values == {"n_correct": 1, "n_wrong": 1, "loss since the last row": 1.0}


def test_only_wanted_quantities_are_computed() -> None:
    """The batch's own loss and both accuracies are taken after its update, where a row wants them."""
    wanted = {"loss of the batch", "training accuracy", "test accuracy", "test loss"}
    (row,) = train_with_log(Recorded(), samples(4), samples(2), np.array([[1, 0], [1, 2]]), [2], wanted)
    assert row.values == {"loss of the batch": 2.0, "training accuracy": 0.25, "test accuracy": 0.5, "test loss": 2.0}


def test_a_diverging_training_names_the_update() -> None:
    """The loss is not finite by the end of the interval."""
    with pytest.raises(DivergedError, match=r"^the loss is nan by update 4; the learning rate is too large for these weights$"):
        list(train_with_log(Diverging(), samples(4), samples(2), np.array([[1], [0], [3], [2]]), [2, 4], set()))


def test_an_engine_is_handed_equal_chunks() -> None:
    """12,000 samples are two chunks of 6,000, so that a compiled loop is compiled once."""
    trainer, order = Recorded(), np.arange(12_000).reshape(-1, 10)
    list(train_with_log(trainer, samples(12_000), samples(2), order, [1200], set()))
    assert trainer.sizes == [6000, 6000]
    assert max(trainer.sizes) <= CHUNK
