"""The oracle's gradients of networks of layers agree with PyTorch's autograd."""

import mpmath
import pytest
from hypothesis import HealthCheck, Phase, given, settings

pytest.importorskip("torch", reason="the second opinion is PyTorch's")

from verification.random_examples.generator.layered.networks import given_layers
from verification.random_examples.generator.networks import Given, given_networks
from verification.random_examples.truth.autograd import AGREEMENT, relative, tensor
from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.autograd import TYPES, layered_gradients
from verification.random_examples.truth.layer_types.table import LAYER_TYPES, SHIFT
from verification.random_examples.truth.losses import LOSSES
from verification.random_examples.truth.network import gradients, signals
from verification.random_examples.truth.numbers import DIGITS

FEW = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def test_there_is_a_second_opinion_on_every_type() -> None:
    """All but the one that is the oracle's alone."""
    assert set(TYPES) == set(LAYER_TYPES) - {SHIFT}


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_gradients_of_layers_agree(kind: str) -> None:
    """Every gradient of a random network with such a layer is autograd's, to 10 digits."""

    @FEW
    @given(given_layers(kind))
    def agree(drawn: tuple[Given, tuple[int, ...]]) -> None:
        compared(drawn[0])

    agree()


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_gradients_of_dense_networks_agree(loss: str, activation: str) -> None:
    """The same of a dense network with this loss and activation."""

    @FEW
    @given(given_networks(loss, activation))
    def agree(known: Given) -> None:
        compared(known)

    agree()


def compared(known: Given) -> None:
    """Fail where a gradient is another one; steps have none, and at the kink of a ReLU PyTorch's rounding chooses one."""
    if any("step" in name for name in known.network.activations):
        return
    with mpmath.workdps(DIGITS):
        sums = signals(known.network, known.parameters, known.x, Branches()).pre_activations
        if any(name == "relu" and (abs(z) < AGREEMENT).any() for name, z in zip(known.network.activations, sums, strict=True)):
            return
        mine = gradients(known.network, known.parameters, known.x, known.t, tuple(range(len(known.parameters))))
    theirs = layered_gradients(known.network, known.parameters, known.x, known.t)
    assert all(relative(tensor(a), b) < AGREEMENT for a, b in zip(mine, theirs, strict=True))
