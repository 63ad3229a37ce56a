"""Trainings of the oracle, by hand and against PyTorch: ``y = w x + b``, half squared error; and the perceptron."""

from itertools import islice
from typing import Any

import pytest
import torch

from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number, numbers
from verification.random_examples.truth.training import ORDERS, Decay, Epoch, Settings, trained

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
    before, after = epochs(Settings(rate, 1, trained=(0,)))
    assert before.loss is None
    assert float(after.loss) == pytest.approx(0.5 + 1.62)
    assert [float(array.ravel()[0]) for array in after.parameters] == pytest.approx([0.54, 0])


def test_an_epoch_may_be_one_update() -> None:
    """The first sample's, then the second's: 1 - 0.1, then 0.9 (1 - 0.4); its loss is its batch's, before the update."""
    settings = Settings(rate, 1, trained=(0,), updates=True)
    _, first, second = islice(trained(LINE, START, X[:2], T[:2], settings), 3)
    assert [float(epoch.parameters[0].ravel()[0]) for epoch in (first, second)] == pytest.approx([0.9, 0.54])
    assert [float(epoch.loss) for epoch in (first, second)] == pytest.approx([0.5, 1.62])


def test_an_epoch_of_one_sample_is_one_update() -> None:
    """Its loss is that of its parameters, as with the full batch."""
    before, _ = epochs(Settings(rate, 1), samples=1)
    assert float(before.loss) == pytest.approx(0.5)


def test_a_swap_shuffle_goes_on_from_epoch_to_epoch() -> None:
    """One list serves all epochs; the sequential order is that of the data."""
    assert list(islice(ORDERS["sequential"](3, None, 1), 2)) == [[0, 1, 2], [0, 1, 2]]
    shuffled = list(islice(ORDERS["swap shuffle"](3, 1, 1), 40))
    assert {tuple(sorted(order)) for order in shuffled} == {(0, 1, 2)}
    assert len({tuple(order) for order in shuffled}) > 1


def test_drawn_orders_are_those_of_numpy() -> None:
    """By hand, in an interpreter: ``seed(1)``, then ``permutation(5)`` twice, or ``choice(5, 2)`` three times an epoch."""
    assert list(islice(ORDERS["permutation"](5, 1, 2), 2)) == [[2, 1, 4, 0, 3], [0, 2, 4, 3, 1]]
    assert list(islice(ORDERS["with replacement"](5, 1, 2), 2)) == [[3, 4, 0, 1, 3, 0], [0, 1, 4, 4, 1, 2]]


def test_batches_have_what_samples_are_left() -> None:
    """A batch of 1 and then one of 1 again, in the given order: the second sample first, then again from the first list."""
    settings = Settings(rate, 1, trained=(0,), orders=[[1, 0], [0, 1]])
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
    before, after = epochs(Settings(rate, 1, trained=(0,)))
    assert before.seen == ()
    assert [float(parameters[0][0, 0]) for parameters, _, _ in after.seen] == pytest.approx([1, 0.9])
    assert [float(x[0, 0]) for _, x, _ in after.seen] == [1, 2]


@pytest.mark.parametrize(
    ("decoupled", "expected"), [(False, [1 - 0.1 * (5 + 0.5), 0 - 0.1 * 3]), (True, [1 - 0.1 * 0.5 - 0.1 * 5, 0 - 0.1 * 3])]
)
def test_weight_decay_is_before_the_step(decoupled: bool, expected: list[float]) -> None:
    """Half of the weight in its gradient, or taken from it at the rate; the bias, which does not decay, as without."""
    _, after = epochs(Settings(rate, decay=Decay(number("0.5"), decoupled, (0,))))
    assert [float(array.ravel()[0]) for array in after.parameters] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("options", "decoupled", "of_torch", "further"),
    [
        ({"name": "gradient descent"}, False, torch.optim.SGD, {}),
        ({"name": "momentum", "momentum": "0.9", "velocity": "rate outside"}, False, torch.optim.SGD, {"momentum": 0.9}),
        ({"name": "adagrad", "epsilon": "1e-10"}, False, torch.optim.Adagrad, {}),
        ({"name": "adadelta", "rho": "0.9"}, False, torch.optim.Adadelta, {}),
        ({"name": "rmsprop", "rho": "0.99", "epsilon": "1e-8"}, False, torch.optim.RMSprop, {}),
        ({"name": "adam"}, False, torch.optim.Adam, {}),
        ({"name": "adam"}, True, torch.optim.AdamW, {}),
    ],
)
def test_weight_decay_is_that_of_torch(options: dict[str, Any], decoupled: bool, of_torch: Any, further: dict[str, float]) -> None:
    """The second opinion on three epochs of every optimizer, both parameters decaying."""
    settings = Settings(rate, optimizer=options, decay=Decay(number("0.25"), decoupled, (0, 1)))
    mine = [float(array.ravel()[0]) for array in list(islice(trained(LINE, START, X, T, settings), 4))[3].parameters]
    w, b = (torch.tensor([value], dtype=torch.float64, requires_grad=True) for value in (1.0, 0.0))
    optimizer = of_torch([w, b], lr=0.1, weight_decay=0.25, **further)
    for _ in range(3):
        optimizer.zero_grad()
        (((w * torch.tensor([1.0, 2.0], dtype=torch.float64) + b) ** 2).sum() / 2).backward()
        optimizer.step()
    assert mine == pytest.approx([float(w.detach()), float(b.detach())], rel=1e-12)


PERCEPTRON = Network(("step at zero",), "half squared error", rule="perceptron")
AND = numbers([["0", "0"], ["0", "1"], ["1", "0"], ["1", "1"]]), numbers([["0"], ["0"], ["0"], ["1"]])


def test_a_perceptron_learns_the_logical_and() -> None:
    """By hand: (1, 1) and 0 after the first epoch, (2, 1) and -3 after the fifth, which the sixth keeps without an error."""
    at_zero = numbers([["0"], ["0"]]), numbers(["0"])
    found = list(islice(trained(PERCEPTRON, at_zero, *AND, Settings(lambda _: number("1"), 1)), 7))
    weights = [[float(entry) for array in epoch.parameters for entry in array.ravel()] for epoch in found]
    assert (weights[1], weights[5], weights[6]) == ([1, 1, 0], [2, 1, -3], [2, 1, -3])
    assert [epoch.errors.get("above 0.5") for epoch in found] == [None, 2, 3, 3, 2, 1, 0]


def test_errors_of_one_update_are_those_of_its_parameters() -> None:
    """Outputs 1 and 2, targets 0: of both samples, by either threshold; there is one class of one output."""
    before, _ = epochs(Settings(rate))
    assert before.errors == {"above 0": 2, "above 0.5": 2, "arg max": 0}
