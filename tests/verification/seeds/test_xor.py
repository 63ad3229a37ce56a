"""The studies of backprop-notes on XOR."""

import numpy as np

from verification.seeds.setups import Setup
from verification.seeds.trainings import SeedTrainings
from verification.seeds.xor import EPOCHS, FUNCTIONAL, XOR, errors_at


def test_constant_outputs_solve_nothing(constant_trainings: SeedTrainings) -> None:
    """With all outputs 1 no epoch solves XOR and no error falls; the wider net, being as bad, is not better in any pair."""
    claims = XOR[FUNCTIONAL].measure(constant_trainings).claims
    assert [fraction for claim, fraction in claims.items() if "is solved" in claim] == [0.0] * 4
    assert [fraction for claim, fraction in claims.items() if "is solved" not in claim] == [0.0, 1.0]


def test_errors_are_those_of_the_recorded_epochs(xor: Setup, constant_trainings: SeedTrainings) -> None:
    """Outputs of 1 miss two of four targets by 1."""
    errors = errors_at(xor, constant_trainings)
    assert tuple(errors) == EPOCHS
    assert all(np.array_equal(error, [0.5, 0.5]) for error in errors.values())


def test_every_study_shuffles_as_keras_does() -> None:
    """The order is a new permutation in each epoch."""
    assert {setup.order for study in XOR.values() for setup in study.setups} == {"permutation"}
