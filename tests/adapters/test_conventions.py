"""Conventions: accepted calls, layouts, and what the fixtures state beyond their own probe."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

from adapters import installed, load_engine
from adapters.conventions import check_call, rearranged
from reference.layers import convolution
from verification.conventions.distances import is_within
from verification.conventions.exact_values import exact_convention
from worked_examples import ConventionExample, load_all
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import Convention

FRAMEWORKS = ["keras", "torch"]
RATES = ["0.1", "0.05", "0.2", "0.01"]
ONLY_AT_A_CONSTANT_RATE = {
    *("momentum", "momentum-average", "momentum-dampened", "nesterov", "rmsprop-momentum"),
    *("weight-decay-momentum", "learning-rate-in-float32"),
}
"""The frameworks have the learning rate in different places of these: equal while it is constant."""
EXAMPLES = {name: example for name, example in load_all().items() if isinstance(example, ConventionExample)}


def optimizers() -> Iterator[tuple[ConventionExample, Convention]]:
    """The conventions of optimizers that agree under any learning rates."""
    for name in ("dl-python/optimizers", "dl-python/weight-decay"):
        for convention in EXAMPLES[name].conventions:
            if convention.family == "optimizer" and convention.name not in ONLY_AT_A_CONSTANT_RATE:
                yield EXAMPLES[name], convention


def test_a_call_that_is_not_accepted_is_refused_with_the_nearest() -> None:
    """The error names call, engine and family, also for what comes before."""
    accepted = {"optimizer": ("optim.SGD", "optim.Adam")}
    check_call(FrameworkCall(call="optim.SGD"), "optimizer", accepted, "torch")
    message = "'optim.Adma' is not an accepted optimizer call of torch; accepted: optim.Adam, optim.SGD; did you mean 'optim.Adam'?"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_call(FrameworkCall(call="optim.Adma"), "optimizer", accepted, "torch")
    with pytest.raises(ValueError, match=r"'hub\.load' is not an accepted optimizer call"):
        check_call(FrameworkCall(call="optim.SGD", before=FrameworkCall(call="hub.load")), "optimizer", accepted, "torch")
    with pytest.raises(ValueError, match=r"'optimiser' is not a family of conventions; .*did you mean 'optimizer'"):
        check_call(FrameworkCall(call="optim.SGD"), "optimiser", accepted, "torch")


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_nothing_else_is_ever_looked_up(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call outside the list ends before the framework is touched."""
    engine, module = load_engine(name), __import__(f"adapters.{name}.conventions", fromlist=["FAMILIES"])
    monkeypatch.setattr(module, "FAMILIES", {})
    for family in ("optimizer", "function", "layer", "initializer", "training"):
        with pytest.raises(ValueError, match=f"'utils.get_file' is not an accepted {family} call of {name}"):
            engine.measure_convention(family, FrameworkCall(call="utils.get_file"), Probe())


def test_gates_are_reordered_before_axes() -> None:
    """Gates g0 g1 as g1 g0, then transposed; inputs and outputs have no gates."""
    call = FrameworkCall(call="nn.GRU", gates=[1, 0], axes={"kernel": [1, 0]})
    kernel = np.array([[1, 2, 3, 4]])
    assert rearranged(kernel, call, "kernel").tolist() == [[3], [4], [1], [2]]
    assert rearranged(kernel, call, "bias").tolist() == [[3, 4, 1, 2]]
    assert rearranged(kernel, call, "input") is kernel


def test_the_flipped_filter_of_the_fixture_is_the_filter_flipped() -> None:
    """In both directions."""
    probe = next(convention.probe for convention in EXAMPLES["ours/layers"].conventions if convention.name == "convolution-flipped")
    assert probe is not None
    assert np.array_equal(probe.array("flipped"), convolution.flipped(probe.array("filters")))


@pytest.mark.skipif(not installed("keras"), reason="keras is not installed")
def test_the_forget_gate_of_keras_starts_from_1() -> None:
    """The gates' order is input, forget, candidate, output: which quarter of the bias it is, statistics do not say."""
    load_engine("keras")
    import keras  # noqa: PLC0415 -- its backend is chosen by the line above

    layer = keras.layers.LSTM(2)
    layer.build((None, None, 3))
    assert layer.get_weights()[2].tolist() == [0, 0, 1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize("name", FRAMEWORKS)
@pytest.mark.parametrize(("example", "convention"), list(optimizers()), ids=lambda value: getattr(value, "name", ""))
def test_aligned_settings_hold_under_a_changing_learning_rate(
    name: str, example: ConventionExample, convention: Convention
) -> None:
    """After each of 24 steps at four learning rates in turn, the parameters are those of the formula that the convention states."""
    probe = example.probe_of(convention).model_copy(update={"rates": RATES})
    side = convention.engines[name]
    formula = side.actual_formula or convention.book
    options = {option: value for option, value in formula.options.items() if option != "rate"}
    measured = load_engine(name).measure_convention(convention.family, side.best, probe)
    assert is_within(convention, measured, exact_convention(convention, probe, formula.model_copy(update={"options": options})))
