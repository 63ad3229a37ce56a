"""What the tests of seeds share."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array
from verification.seeds.setups import Setup
from verification.seeds.study import training_setup
from verification.seeds.trainings import SeedTrainings, Stopped


@pytest.fixture
def silent() -> Callable[[str], None]:
    """A report that prints nothing."""
    return lambda _: None


@pytest.fixture(scope="session")
def one_sample() -> Setup:
    """The 7-8-4 network on one seven-segment sample, with a stopping criterion."""
    return training_setup("numpy-dnn/321_1")


@pytest.fixture(scope="session")
def swap_shuffled() -> Setup:
    """The 7-8-4 network on ten seven-segment samples, in an order that is shuffled by swaps."""
    return training_setup("numpy-dnn/323_1")


@pytest.fixture(scope="session")
def xor() -> Setup:
    """The 2-2-1 network on XOR in a new permutation each epoch."""
    return training_setup("backprop-notes/xor-functional", "permutation")


class ConstantTrainings(SeedTrainings):
    """Constant results of two seeds in the place of the long trainings."""

    def __init__(self) -> None:
        super().__init__(2, lambda _: None)

    def until_stopped(self, setup: Setup) -> Stopped:
        """Both seeds stop at epoch 1."""
        return Stopped(np.ones(2), np.ones(2), np.ones((setup.units[-1], 2)), np.zeros(2, bool))

    def last_epoch(self, setup: Setup) -> Array:
        """All outputs are 1."""
        return np.ones((len(setup.inputs), setup.units[-1], 2))

    def outputs_at(self, setup: Setup, epochs: tuple[int, ...]) -> dict[int, Array]:
        """All outputs are 1."""
        return dict.fromkeys(epochs, self.last_epoch(setup))


@pytest.fixture
def constant_trainings() -> SeedTrainings:
    """Constant results of two seeds in the place of the long trainings."""
    return ConstantTrainings()
