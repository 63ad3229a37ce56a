"""Random networks."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verification.random_examples.generator.networks import networks
from verification.random_examples.judging import NAME, loaded
from verification.random_examples.truth.losses import LOSSES
from worked_examples import NetworkExample


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_a_network_is_a_fixture_like_a_users(loss: str, drawn: Callable[..., list[Any]], tmp_path: Path) -> None:
    """It is loaded from a file, with the loss that was required, some with a training and some without."""
    fixtures = [loaded(example.fixture(NAME), tmp_path) for example in drawn(networks(loss, "tanh"), 40) if not example.may_refuse]
    assert all(isinstance(fixture, NetworkExample) and fixture.network.loss == loss for fixture in fixtures)
    assert {getattr(fixture, "training", None) is None for fixture in fixtures} == {True, False}


def test_quantities_of_many_kinds_are_printed(drawn: Callable[..., list[Any]]) -> None:
    """Gradients, transposed ones, single entries, those after an update; epochs in the text and beside it."""
    examples = drawn(networks("half squared error", "sigmoid"), 80)
    words = " ".join(word for example in examples for word in example.contents["names"].values())
    assert all(kind in words for kind in ("gradient of", "transposed", "after update", "[", "loss", "output", "bias", "kernel"))
    blocks = [block for example in examples if "training" in example.words for block in example.blocks]
    assert {"epoch" in block.keys for block in blocks} == {True, False}
