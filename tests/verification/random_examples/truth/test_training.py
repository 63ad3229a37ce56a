"""Trainings of the oracle, by hand: ``y = w x``, half squared error."""

from itertools import islice

import pytest

from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import numbers
from verification.random_examples.truth.training import Epoch, Settings, orders, trained

LINE = Network(("identity",), "half squared error")
START = numbers([["1"]]), numbers(["0"])
X, T = numbers([["1"], ["2"]]), numbers([["0"], ["0"]])


def epochs(settings: Settings, samples: int = 2) -> list[Epoch]:
    """The first epochs."""
    return list(islice(trained(LINE, START, X[:samples], T[:samples], settings), 2))


def test_the_full_batch_is_one_update() -> None:
    """The gradient is 1 + 4 for the weight, 1 + 2 for the bias; the loss at epoch 0 is (1 + 4) / 2."""
    before, after = epochs(Settings(numbers("0.1")[()]))
    assert float(before.loss) == pytest.approx(2.5)
    assert [float(array.ravel()[0]) for array in after.parameters] == pytest.approx([0.5, -0.3])


def test_online_training_updates_after_every_sample() -> None:
    """Without biases: 1 - 0.1, then 0.9 (1 - 0.4); the losses on the way are 1/2 and 1.8^2 / 2, none before."""
    before, after = epochs(Settings(numbers("0.1")[()], online=True, biases=False))
    assert before.loss is None
    assert float(after.loss) == pytest.approx(0.5 + 1.62)
    assert [float(array.ravel()[0]) for array in after.parameters] == pytest.approx([0.54, 0])


def test_an_epoch_of_one_sample_is_one_update() -> None:
    """Its loss is that of its parameters, as with the full batch."""
    before, _ = epochs(Settings(numbers("0.1")[()], online=True), samples=1)
    assert float(before.loss) == pytest.approx(0.5)


def test_a_swap_shuffle_goes_on_from_epoch_to_epoch() -> None:
    """One list serves all epochs; without a seed the order is that of the data."""
    assert list(islice(orders(3, None), 2)) == [[0, 1, 2], [0, 1, 2]]
    shuffled = list(islice(orders(3, 1), 40))
    assert {tuple(sorted(order)) for order in shuffled} == {(0, 1, 2)}
    assert len({tuple(order) for order in shuffled}) > 1
