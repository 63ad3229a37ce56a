"""The oracle's gradients of networks of layers agree with PyTorch's autograd."""

import mpmath
import pytest
from hypothesis import HealthCheck, Phase, given, settings

pytest.importorskip("torch", reason="the second opinion is PyTorch's")

from verification.random_examples.generator.layered.networks import given_layers
from verification.random_examples.generator.networks import Given
from verification.random_examples.truth.autograd import AGREEMENT, relative, tensor
from verification.random_examples.truth.layer_types.autograd import TYPES, layered_gradients
from verification.random_examples.truth.layer_types.table import LAYER_TYPES, SHIFT
from verification.random_examples.truth.network import gradients
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
        known = drawn[0]
        if any("step" in name for name in known.network.activations):
            return
        with mpmath.workdps(DIGITS):
            mine = gradients(known.network, known.parameters, known.x, known.t, tuple(range(len(known.parameters))))
        theirs = layered_gradients(known.network, known.parameters, known.x, known.t)
        assert all(relative(tensor(a), b) < AGREEMENT for a, b in zip(mine, theirs, strict=True))

    agree()
