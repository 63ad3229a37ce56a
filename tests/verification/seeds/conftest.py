"""What the tests of seeds share."""

from collections.abc import Callable

import pytest

from verification.seeds.setups import Moment, Setup, setup_of
from worked_examples import NetworkExample
from worked_examples.loading import ROOT, load


@pytest.fixture(scope="session")
def network() -> Callable[[str], NetworkExample]:
    """An example that is a network, by its id."""

    def loaded(example_id: str) -> NetworkExample:
        example = load(ROOT / f"{example_id}.toml")
        assert isinstance(example, NetworkExample)
        return example

    return loaded


@pytest.fixture
def silent() -> Callable[[str], None]:
    """A report that prints nothing."""
    return lambda _: None


@pytest.fixture(scope="session")
def one_sample(network: Callable[[str], NetworkExample]) -> Setup:
    """The 7-8-4 network on one seven-segment sample, with a stopping criterion."""
    return setup_of(network("numpy-dnn/321_1"))


@pytest.fixture(scope="session")
def swap_shuffled(network: Callable[[str], NetworkExample]) -> Setup:
    """The 7-8-4 network on ten seven-segment samples, in an order that is shuffled by swaps."""
    return setup_of(network("numpy-dnn/323_1"))


@pytest.fixture(scope="session")
def xor(network: Callable[[str], NetworkExample]) -> Setup:
    """The 2-2-1 network on XOR in a new permutation each epoch."""
    return setup_of(network("backprop-notes/xor-functional"))


@pytest.fixture(scope="session")
def shortened() -> Callable[..., Setup]:
    """A setup with other moments and other settings of its training."""

    def changed(setup: Setup, *moments: Moment, **settings: object) -> Setup:
        return setup._replace(moments=moments, training=setup.training.model_copy(update=settings))

    return changed
