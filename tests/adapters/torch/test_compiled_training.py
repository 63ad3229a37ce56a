"""PyTorch's compiled loop: its state goes from loop to loop, and its first step may have another formula."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import load_engine
from worked_examples import NetworkExample
from worked_examples.schema.trainings.optimizer import Optimizer

DAMPENED = Optimizer(name="momentum", momentum="0.9", velocity="rate outside", dampening="0.5")


@pytest.mark.parametrize("optimizer", [None, DAMPENED], ids=["as it is", "dampened"])
def test_a_loop_begun_anew_goes_on(network: Callable[[str], NetworkExample], optimizer: Optimizer | None) -> None:
    """Epochs 1, 3 and 7 in three loops are eager training's, with parameters and velocities; the last batch is a smaller one."""
    engine, example = load_engine("torch"), network("ours/momentum")
    assert example.training
    if optimizer:
        example = example.model_copy(update={"training": example.training.model_copy(update={"optimizer": optimizer})})
    compiled, eager = (engine.trainer(example, "float64", compiled=compiled) for compiled in (True, False))
    for epoch in (1, 3, 7):
        assert compiled.advance(epoch).epoch == eager.advance(epoch).epoch == epoch
        for one, other in zip(compiled.parameters(), eager.parameters(), strict=True):
            assert np.allclose(one.kernel, other.kernel, rtol=0, atol=1e-14)
            assert np.allclose(one.bias, other.bias, rtol=0, atol=1e-14)
