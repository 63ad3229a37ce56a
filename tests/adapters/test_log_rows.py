"""Log rows of a training on images."""

import numpy as np
import pytest

from adapters import Array, BatchMetrics, Parameters
from adapters.log_rows import CHUNK, Samples, combined, min_margin, train_with_log
from adapters.training import DivergedError


class Recorded:
    """A trainer that only records: a batch has the loss of its first label, and classifies the sample 0 correctly."""

    path = "eager"

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.sizes: list[int] = []

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """Note the samples."""
        self.seen += [int(label) for label in labels]
        self.sizes.append(len(labels))
        return BatchMetrics(float(labels[::batch_size].sum()), int((labels == 0).sum()), float(labels[0]))

    def loss(self, x: Array, labels: Array) -> float:
        """How many samples there are."""
        return float(len(labels))

    def outputs(self, x: Array, batch_size: int) -> Array:
        """Always class 1."""
        return np.tile([0.0, 1.0], (len(x), 1))

    def parameters(self) -> list[Parameters]:
        """None."""
        return []


class Diverging(Recorded):
    """A trainer whose loss is nan from the third sample on."""

    def train_batches(self, x: Array, labels: Array, batch_size: int) -> BatchMetrics:
        """See above."""
        metrics = super().train_batches(x, labels, batch_size)
        return metrics._replace(loss=np.nan) if len(self.seen) > 2 else metrics


def samples(count: int) -> Samples:
    """So many samples, each of its own label."""
    return Samples(np.zeros((count, 1)), np.arange(count))


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


def test_the_minimum_margin_is_between_the_two_largest() -> None:
    """Of two rows the smaller margin; two metrics together have the smaller of both."""
    assert min_margin(np.array([[1.0, 5.0, 4.5], [3.0, 0.0, 1.0]])) == 0.5
    assert combined(BatchMetrics(1.0, 2, 0.5), BatchMetrics(2.0, 3, 0.25)) == (3.0, 5, 0.25)


def test_a_margin_that_is_nan_stays_so() -> None:
    """Whichever comes first; an output that is not a number does not vanish behind the margins of others."""
    known, unknown = BatchMetrics(0.0, 0, 0.5), BatchMetrics(0.0, 0, np.nan)
    assert combined(known, BatchMetrics(0.0, 0, 0.25)).min_margin == 0.25
    assert np.isnan([combined(known, unknown).min_margin, combined(unknown, known).min_margin]).all()
