"""Trainings of the oracle, by hand: ``y = w x``, half squared error."""

from itertools import islice
from typing import Any

import pytest

from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number, numbers
from verification.random_examples.truth.training import Epoch, Settings, orders, trained

LINE = Network(("identity",), "half squared error")
START = numbers([["1"]]), numbers(["0"])
X, T = numbers([["1"], ["2"]]), numbers([["0"], ["0"]])


def rate(epoch: int) -> Any:
    """A tenth, whatever the epoch."""
    return number("0.1")


def epochs(settings: Settings, samples: int = 2) -> list[Epoch]:
    """The first epochs."""
    return list(islice(trained(LINE, START, X[:samples], T[:samples], settings), 2))


def test_the_full_batch_is_one_update() -> None:
    """The gradient is 1 + 4 for the weight, 1 + 2 for the bias; the loss at epoch 0 is (1 + 4) / 2."""
    before, after = epochs(Settings(rate))
    assert float(before.loss) == pytest.approx(2.5)
    assert [float(array.ravel()[0]) for array in after.parameters] == pytest.approx([0.5, -0.3])


def test_online_training_updates_after_every_sample() -> None:
    """Without biases: 1 - 0.1, then 0.9 (1 - 0.4); the losses on the way are 1/2 and 1.8^2 / 2, none before."""
    before, after = epochs(Settings(rate, 1, biases=False))
    assert before.loss is None
    assert float(after.loss) == pytest.approx(0.5 + 1.62)
    assert [float(array.ravel()[0]) for array in after.parameters] == pytest.approx([0.54, 0])


def test_an_epoch_of_one_sample_is_one_update() -> None:
    """Its loss is that of its parameters, as with the full batch."""
    before, _ = epochs(Settings(rate, 1), samples=1)
    assert float(before.loss) == pytest.approx(0.5)


def test_a_swap_shuffle_goes_on_from_epoch_to_epoch() -> None:
    """One list serves all epochs; without a seed the order is that of the data."""
    assert list(islice(orders(3, None), 2)) == [[0, 1, 2], [0, 1, 2]]
    shuffled = list(islice(orders(3, 1), 40))
    assert {tuple(sorted(order)) for order in shuffled} == {(0, 1, 2)}
    assert len({tuple(order) for order in shuffled}) > 1


def test_batches_have_what_samples_are_left() -> None:
    """A batch of 1 and then one of 1 again, in the given order: the second sample first, then again from the first list."""
    settings = Settings(rate, 1, biases=False, orders=[[1, 0], [0, 1]])
    first = list(islice(trained(LINE, START, X, T, settings), 3))
    assert float(first[1].loss) == pytest.approx(2 + 0.6**2 / 2)
    assert float(first[1].parameters[0][0, 0]) == pytest.approx(0.54)
    assert float(first[2].loss) == pytest.approx(0.54**2 / 2 + (2 * 0.486) ** 2 / 2)


def test_the_rate_is_that_of_the_epoch() -> None:
    """Nothing moves where it is 0."""
    still = list(islice(trained(LINE, START, X, T, Settings(lambda epoch: number("0.1") * epoch)), 3))
    assert [float(epoch.parameters[0][0, 0]) for epoch in still] == pytest.approx([1, 1, 0.5])


def test_an_epoch_has_seen_its_batches() -> None:
    """Each with the parameters before its update; nothing before the first epoch."""
    before, after = epochs(Settings(rate, 1, biases=False))
    assert before.seen == ()
    assert [float(parameters[0][0, 0]) for parameters, _, _ in after.seen] == pytest.approx([1, 0.9])
    assert [float(x[0, 0]) for _, x, _ in after.seen] == [1, 2]
