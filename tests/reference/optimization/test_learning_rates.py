"""Learning rates by epoch, by hand in rationals."""

from fractions import Fraction

from reference.optimization.learning_rates import inverse_time_decay, step_decay

TENTH, HALF = Fraction(1, 10), Fraction(1, 2)


def test_a_step_decay_halves_every_so_many_epochs() -> None:
    """Epochs 0 and 1 have the first learning rate."""
    assert [step_decay(TENTH, HALF, 2, epoch) for epoch in range(5)] == [TENTH, TENTH, TENTH / 2, TENTH / 2, TENTH / 4]


def test_an_inverse_decay_divides_by_one_more_each_time() -> None:
    """With a decay of 1/2 the rate of epoch 2 is half the first one."""
    assert [inverse_time_decay(TENTH, HALF, epoch) for epoch in range(3)] == [TENTH, TENTH * 2 / 3, TENTH / 2]
