"""Which sample each update sees."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters.schedule import (
    batches_at,
    batches_of,
    learning_rates,
    minibatches,
    of_epoch,
    sample_order,
    schedule,
    training_of,
    visited,
)
from worked_examples import NetworkExample
from worked_examples.schema.trainings.images import ImageTraining
from worked_examples.schema.trainings.training import Training

Network = Callable[[str], NetworkExample]


def training(**changes: Any) -> ImageTraining:
    """Two epochs of batches of 3, with changes."""
    table = {
        "optimizer": "gradient descent",
        "learning_rate": "0.1",
        "batch_size": 3,
        "order": "permutation",
        "seed": 5,
        "max_epochs": 2,
    }
    return ImageTraining.model_validate(table | changes)


def test_a_sequential_order_is_one_row_for_all_epochs(network: Network) -> None:
    """The samples in order, in epoch 0 and in every other."""
    order = sample_order(network("numpy-dnn/322_1"))
    assert order is not None
    assert order.tolist() == [list(range(10))]
    assert of_epoch(order, 7).tolist() == list(range(10))
    assert schedule("sequential", 3, 2, None, 1).tolist() == [[0, 1, 2]]


def test_a_swap_shuffle_has_a_row_for_every_epoch(network: Network) -> None:
    """Beyond the last scheduled epoch the orders begin again."""
    order = sample_order(network("numpy-dnn/323_1"))
    assert order is not None
    assert order.shape == (10_000, 10)
    assert of_epoch(order, 10_000).tolist() == order[0].tolist() != order[1].tolist()


def test_where_epochs_are_updates_each_has_the_next_batch(network: Network) -> None:
    """Of the data in turn, or of the passes that are drawn, as many as the updates need."""
    example = network("numpy-dnn/322_1")

    def counted(settings: dict[str, Any]) -> NetworkExample:
        table = {"optimizer": "gradient descent", "learning_rate": "0.1", "max_epochs": 5, "batch_size": 5, **settings}
        return example.model_copy(update={"training": Training.model_validate(table)})

    order = sample_order(counted({"epoch_counts": "updates"}))
    assert order is not None
    assert order.tolist() == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    drawn = {"order": "permutation", "seed": 3}
    passes, updates = sample_order(counted(drawn)), sample_order(counted({"epoch_counts": "updates", **drawn}))
    assert passes is not None
    assert updates is not None
    assert (passes.shape, updates.shape) == ((5, 10), (6, 5))
    assert updates.ravel().tolist() == passes[:3].ravel().tolist()


def test_a_full_batch_has_no_order(network: Network) -> None:
    """Every update sees all samples."""
    assert sample_order(network("linear-algebra/cheese-batch")) is None


def test_one_update_may_see_its_samples_shuffled(network: Network) -> None:
    """The order of a batch of all samples is that of the schedule, though training does not need it."""
    example = network("numpy-dnn/323_1")
    assert example.training is not None
    training = example.training.model_copy(update={"batch_size": 10})
    whole = example.model_copy(update={"training": training})
    assert sample_order(whole) is None
    assert [batch.tolist() for batch in batches_at(whole, 2)] == [of_epoch(visited(example), 2).tolist()]
    sequential = whole.model_copy(
        update={"training": example.training.model_copy(update={"batch_size": 10, "order": "sequential"})}
    )
    assert [batch.tolist() for batch in batches_at(sequential, 2)] == [list(range(10))]


@pytest.mark.parametrize("order", ["permutation", "swap shuffle"])
def test_an_epoch_sees_every_sample_once(order: str) -> None:
    """Each epoch is an order of its own, cut into batches."""
    batches = minibatches(training(order=order), 12, 8)
    assert batches.shape == (8, 3)
    assert [sorted(epoch.ravel()) for epoch in (batches[:4], batches[4:])] == [list(range(12))] * 2
    assert not np.array_equal(batches[:4], batches[4:])


def test_updates_may_end_within_an_epoch() -> None:
    """Five updates are the first five of two epochs."""
    assert np.array_equal(minibatches(training(), 12, 5), minibatches(training(), 12, 8)[:5])


def test_batches_with_replacement_are_those_of_the_listings() -> None:
    """They are what ``numpy.random.choice`` gives, call after call; the batch size need not divide the samples."""
    random = np.random.RandomState(5)
    expected = [random.choice(13, 3) for _ in range(4)]
    assert np.array_equal(minibatches(training(order="with replacement"), 13, 4), expected)


def test_a_batch_size_that_leaves_samples_over_is_refused() -> None:
    """Both numbers are named."""
    with pytest.raises(ValueError, match=f"^{re.escape('10 samples are not a whole number of batches of 3')}$"):
        minibatches(training(), 10, 1)


@pytest.mark.parametrize("order", ["permutation", "with replacement"])
def test_a_network_is_trained_in_the_orders_of_images_too(order: str, network: Network) -> None:
    """A row an epoch; with replacement the last batch of an epoch is as large as the others."""
    example = network("numpy-dnn/323_1")
    assert example.training
    table = example.training.model_dump(exclude_none=True) | {"order": order, "seed": 5, "batch_size": 4, "max_epochs": 2}
    drawn = sample_order(example.model_copy(update={"training": Training.model_validate(table)}))
    random = np.random.RandomState(5)
    expected = [random.permutation(10) if order == "permutation" else random.choice(10, 12) for _ in range(2)]
    assert drawn is not None
    assert drawn.tolist() == np.array(expected).tolist()


def test_only_an_example_with_a_training_has_one(network: Network) -> None:
    """The error names the example."""
    assert training_of(network("numpy-dnn/311_1")).max_epochs > 79
    with pytest.raises(ValueError, match=r"^numpy-dnn/matrix-2x2 has no training$"):
        training_of(network("numpy-dnn/matrix-2x2"))


def test_the_last_batch_of_an_epoch_has_what_is_left() -> None:
    """Of five samples two, two and one."""
    order = np.array([[0, 1, 2, 3, 4], [4, 3, 2, 1, 0]])
    assert [batch.tolist() for batch in batches_of(order, 1, 2)] == [[4, 3], [2, 1], [0]]


@pytest.mark.parametrize(
    ("learning_rate", "rates"),
    [
        ("0.5", [0.5]),
        ({"start": "0.5", "times": "0.5", "every": 2}, [0.5, 0.5, 0.25, 0.25]),
        ({"start": "0.5", "decay": "1"}, [0.5, 0.25, 0.5 / 3, 0.125]),
        (["0.5", "0.25"], [0.5, 0.25, 0.25, 0.25]),
    ],
)
def test_every_epoch_has_its_learning_rate(learning_rate: Any, rates: list[float]) -> None:
    """One number where it does not change; the last of a list holds for the rest."""
    table = {"optimizer": "gradient descent", "learning_rate": learning_rate, "max_epochs": 4}
    assert learning_rates(Training.model_validate(table)).tolist() == rates


def test_a_given_order_is_the_schedule(network: Network) -> None:
    """Its lists begin again after the last."""
    example = network("numpy-dnn/322_1")
    assert example.training
    table = example.training.model_dump(exclude_none=True) | {"order": [[0, 2], [1, 1]]}
    order = sample_order(example.model_copy(update={"training": Training.model_validate(table)}))
    assert order is not None
    assert [of_epoch(order, epoch).tolist() for epoch in range(3)] == [[0, 2], [1, 1], [0, 2]]


def test_an_epoch_of_a_network_has_its_batches(network: Network) -> None:
    """All samples where an epoch is one update; a given order begins again."""
    example = network("ours/loss-table")
    assert [[batch.tolist() for batch in batches_at(example, epoch)] for epoch in (0, 1, 2)] == [
        [[0, 1], [2]],
        [[2, 0], [1]],
        [[0, 1], [2]],
    ]
    full = network("numpy-dnn/311_1")
    assert [batch.tolist() for batch in batches_at(full, 5)] == [list(range(full.data.samples))]
