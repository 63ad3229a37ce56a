"""Every engine: float64 throughout, in evaluation and update."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Engine, Parameters
from reference.activations import STEPS
from verification.exact import arithmetic
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]


def test_every_array_of_an_engine_is_float64(engine: Engine, network: Network) -> None:
    """Outputs, loss, gradients and trained parameters come back in float64, not merely converted to it."""
    evaluation = engine.evaluate(network("numpy-dnn/317_1"), None, "float64")
    trainer = engine.trainer(network("numpy-dnn/317_1"), "float64", compiled=False)
    trainer.advance(3)
    arrays = [values for _, _, values in arithmetic.named(evaluation)]
    arrays += [array for layer in trainer.parameters() for array in layer]
    assert {np.asarray(array).dtype for array in arrays} == {np.dtype("float64")}


@pytest.mark.parametrize("compiled", [True, False], ids=["compiled", "eager"])
def test_no_constant_leaks_float32_into_an_update(engine: Engine, network: Network, compiled: bool) -> None:
    """After one update every parameter is right to the rounding of one float64 epoch.

    A learning rate, loss weight or weight that was float32 anywhere on the way would be wrong in the 8th digit, ten million
    times the bound: 0.01 in float32 is 0.00999999977648258.
    """
    example = network("numpy-dnn/317_1")
    trainer = engine.trainer(example, "float64", compiled)
    start = trainer.parameters()
    trainer.advance(1)
    precisions = arithmetic.EXACT, arithmetic.BITS["float64"]
    exact, rough = (arithmetic.update(example, start, bits) for bits in precisions)
    for computed, expected, wide in zip(trainer.parameters(), exact, rough, strict=True):
        for name in Parameters._fields:
            balls = arithmetic.balls(getattr(computed, name).astype(object))
            error = arithmetic.distance(balls, getattr(expected, name))
            assert np.all(error <= arithmetic.SAFETY_FACTOR * arithmetic.radius(getattr(wide, name)))


def test_a_small_change_of_a_weight_is_seen(engine: Engine, network: Network) -> None:
    """A weight changed by 1e-13 changes the output: float32, which keeps 7 digits, would not see it."""
    example = network("numpy-dnn/317_1")
    weights = arithmetic.initial(example, "float64")
    changed = [Parameters(layer.kernel + 1e-13, layer.bias) for layer in weights]
    before, after = (engine.evaluate(example, parameters, "float64").outputs[-1] for parameters in (weights, changed))
    assert np.all(before != after)


def test_only_the_reference_has_a_step_activation(engine: Engine, engine_name: str) -> None:
    """A framework without threshold units says so."""
    reasons = {"keras": "Keras has no step activation", "torch": "torch.nn has no step activation"}
    for name in STEPS:
        assert engine.unsupported.get(f"{name} activation") == reasons.get(engine_name)


@pytest.mark.parametrize("name", ["ours/loss-table", "ours/adam", "ours/one-by-one", "numpy-dnn/311_1"])
def test_an_epoch_by_single_updates_is_the_epoch(name: str, engine: Engine, network: Network) -> None:
    """From the second epoch on: optimizer, learning rate, order and batches go on; with one update an epoch there is one."""
    example = network(name)
    assert example.training
    trainer = engine.trainer(example, "float64", compiled=False)
    trainer.advance(1)
    start = trainer.parameters()
    trainer.advance(2)
    expected = trainer.parameters()
    trainer.restore(1, start)
    before = trainer.before_updates()
    assert len(before) == example.training.updates(example.data.samples)
    for first, second in ((before[0], start), (trainer.parameters(), expected)):
        for computed, wanted in zip(first, second, strict=True):
            assert np.allclose(computed.kernel, wanted.kernel, rtol=1e-12, atol=1e-15)
            assert np.allclose(computed.bias, wanted.bias, rtol=1e-12, atol=1e-15)
