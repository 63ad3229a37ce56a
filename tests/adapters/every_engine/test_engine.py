"""Every engine: float64 throughout, in evaluation, update, descent and initializers."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Engine, Parameters
from reference.activations import STEPS
from verification.exact import arithmetic
from worked_examples import GradientDescentExample, InitializerFormula, NetworkExample, load_all

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


@pytest.mark.parametrize(("formula", "variance"), [("he", 2 / 300), ("lecun", 1 / 300), ("xavier", 2 / 400)])
def test_an_initializer_has_the_variance_of_its_formula(engine: Engine, formula: str, variance: float) -> None:
    """A kernel (300, 100), the sample's variance within five standard errors; a mixed-up fan would be off by a factor 3."""
    kernel = engine.sample_initializer(InitializerFormula(formula=formula, fan_in=300, fan_out=100, seed=3, variance="1"))
    assert (kernel.shape, kernel.dtype) == ((300, 100), np.dtype("float64"))
    assert abs(np.mean(kernel**2) / variance - 1) < 5 * (2 / kernel.size) ** 0.5
    assert abs(kernel.mean()) < 5 * (variance / kernel.size) ** 0.5


def test_a_descent_follows_the_gradient(engine: Engine) -> None:
    """On every engine the steps of the slides' first run end where the reference does."""
    example = load_all()["dl-python/gradient-descent"]
    assert isinstance(example, GradientDescentExample)
    run = example.runs[0]
    start = np.asarray(run.start, dtype=float)
    expected = start * (1 - 2 * float(run.learning_rate)) ** run.steps
    assert np.allclose(engine.descend(example, run, "float64"), expected, rtol=1e-12, atol=0)
