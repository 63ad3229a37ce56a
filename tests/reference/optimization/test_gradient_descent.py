"""Gradient descent: updates, epochs over mini-batches, and the stopping criterion, by hand in rationals."""

from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from reference.comparisons import Array
from reference.layer_types.parameters import Layer
from reference.network import Design, loss
from reference.optimization.gradient_descent import STOPPING_CRITERIA, descend, train_epoch, update
from worked_examples import numbers

LINEAR = Design(("identity",), "half squared error")
HALF = Fraction(1, 2)
kernels_only = partial(update, learning_rate=HALF, trained=[(True, False, False, False)])


def unit(weight: int, bias: int = 0) -> list[Layer]:
    """A linear unit with one input."""
    return [Layer(numbers([[str(weight)]], "rational"), numbers([str(bias)], "rational"))]


def column(*texts: str) -> Array:
    """Samples with one feature."""
    return numbers([[text] for text in texts], "rational")


def values(layers: list[Layer]) -> list[Any]:
    """Weight and bias."""
    return [layers[0].kernel.item(), layers[0].bias.item()]


@pytest.mark.parametrize(("trains_biases", "bias"), [(True, -1), (False, 1)])
def test_an_update_subtracts_the_gradient(trains_biases: bool, bias: int) -> None:
    """Times the learning rate; biases that are not trainable stay."""
    assert values(update(unit(3, 1), unit(2, 4), HALF, [(True, trains_biases, False, False)])) == [2, bias]


def test_an_epoch_updates_after_every_batch() -> None:
    """Each loss is computed before its own batch's update: with x = 1, t = 0 and learning rate 1/2 the output halves twice."""
    batch = column("1"), column("0")
    layers, total = train_epoch(LINEAR, unit(8), [batch, batch], kernels_only, loss)
    assert values(layers) == [2, 0]
    assert total == Fraction(8**2, 2) + Fraction(4**2, 2)


@pytest.mark.parametrize(("name", "epoch"), [("<", 4), ("<=", 3)])
def test_training_stops_at_the_first_loss_that_meets_the_criterion(name: str, epoch: int) -> None:
    """Outputs 8, 4, 2, 1, ... at epochs 0, 1, 2, 3 have losses 32, 8, 2, 1/2: the threshold 1/2 tells < from <=."""
    reached, layers, error = descend(
        LINEAR,
        unit(8),
        column("1"),
        column("0"),
        kernels_only,
        loss,
        lambda e: STOPPING_CRITERIA[name](e, HALF),
        0,
        100,
    )
    assert reached == epoch
    assert values(layers) == [Fraction(8, 2**epoch), 0]
    assert error == values(layers)[0] ** 2 / 2


def test_training_ends_at_the_limit() -> None:
    """From epoch 5 to epoch 7 are two updates, with all samples in one batch: gradients are summed over them."""
    samples = column("1", "1"), column("0", "0")
    quarter = partial(update, learning_rate=Fraction(1, 4), trained=[(True, False, False, False)])
    reached, layers, _ = descend(LINEAR, unit(16), *samples, quarter, loss, lambda _: False, 5, 7)
    assert (reached, values(layers)) == (7, [4, 0])


def test_a_start_at_the_limit_is_no_update() -> None:
    """The loss is still computed."""
    reached, layers, error = descend(LINEAR, unit(2), column("1"), column("0"), kernels_only, loss, lambda _: False, 3, 3)
    assert (reached, values(layers), error) == (3, [2, 0], 2)
