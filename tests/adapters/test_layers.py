"""Layers against exact arithmetic on every engine, and planted faults that must be caught."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest
import torch
from tests.adapters.layer_trials import TRIALS, example

from adapters.reference.engine import Engine
from adapters.torch import layers, operations
from reference.graph import FUNCTIONS, Node, backward, forward
from reference.layer_operations import LAYERS
from reference.layers import dropout
from verification import session
from verification.checks.calculation import check_values
from verification.session import Case
from worked_examples import CalculationExample, numbers

LACKING = {
    ("gru", "torch"): "no y: no function 'gru'; no loss: no function 'gru'",
}
EXAMPLES = {name: example(trial) for name, trial in TRIALS.items()}


def case(of: CalculationExample, engine: str) -> Case:
    """A calculation on an engine."""
    return Case(of, engine)  # type: ignore[arg-type]  # check_values takes calculations


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
@pytest.mark.parametrize("name", TRIALS)
def test_every_layer_gives_the_exact_outputs_and_gradients(name: str, engine: str) -> None:
    """Outputs and all gradients are those of ball arithmetic, within a rounding bound derived from balls of 53 bits."""
    record: dict[str, Any] = {}
    check_values(case(EXAMPLES[name], engine), record)
    assert record.get("note", "") == LACKING.get((name, engine), "")


def test_the_fixtures_know_every_layer_of_the_reference() -> None:
    """The names that a fixture may use are those of the reference's table."""
    assert LAYERS.keys() <= FUNCTIONS.keys()


@pytest.mark.parametrize("name", TRIALS)
def test_every_backward_rule_is_the_slope_of_its_layer(name: str) -> None:
    """Along a direction in all operands at once, the loss rises as the gradients say: central differences at 200 bits.

    The step 2^-40 makes them wrong by 1.4e-25 third derivatives, here below a million.
    """
    with flint.ctx.workprec(200):
        of = EXAMPLES[name]
        nodes = [Node(step.name, step.function, tuple(step.operands), step.parameters) for step in of.steps]
        values = {operand: np.asarray(numbers(array, "ball")) for operand, array in of.inputs.items()}
        found = backward(nodes, forward(nodes, values), "loss", np.asarray(flint.arb(1)))
        moved = {operand: toward(values[operand]) for operand in values if operand in found}
        ends = [
            forward(nodes, {**values, **{it: values[it] + side * v for it, v in moved.items()}})["loss"] for side in (STEP, -STEP)
        ]
        slope = sum((found[operand] * v).sum() for operand, v in moved.items())
        assert abs((ends[0] - ends[1]) / (2 * STEP) - slope) < 1e-18


def toward(array: Any) -> Any:
    """A direction in the space of an array: eighths, so that equal entries stay equal or part, exactly."""
    return np.array([flint.arb(i % 7 - 3) / 8 for i in range(array.size)], dtype=object).reshape(array.shape)


STEP = flint.arb(2) ** -40


def untransposed(_: Any, x: Any, kernel: Any, recurrent: Any, bias: Any) -> Any:
    """The recurrent kernel is handed over as it is."""
    return layers.LAYERS["recurrent"](_, x, kernel, recurrent.mT, bias)


def unbiased(_: Any, x: Any, gamma: Any, beta: Any, epsilon: Any) -> Any:
    """The batch is normalised by the unbiased variance."""
    return (x - x.mean(0)) / torch.sqrt(x.var(0, correction=1) + epsilon.detach()) * gamma + beta


def swapped(_: Any, x: Any, kernel: Any, recurrent: Any, bias: Any) -> Any:
    """The input and forget gates of an LSTM stand in each other's place."""
    kernel, recurrent, bias = (torch.cat([array.chunk(4, -1)[i] for i in (1, 0, 2, 3)], -1) for array in (kernel, recurrent, bias))
    return layers.LAYERS["lstm"](_, x, kernel, recurrent, bias)


def unpermuted(_: Any, x: Any, *weights: Any) -> Any:
    """A GRU's gates are handed to PyTorch in the order of the reference."""
    return layers.sequence(torch.nn.GRU, x, *weights)


def beside(p: Any, x: Any) -> Any:
    """The right outputs, but some of the gradient goes to every entry."""
    return layers.LAYERS["max pooling"](p, x) + x.sum() - x.sum().detach()


FAULTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "unbiased variance": ("batch normalization of units", unbiased),
    "filter flipped": (
        "convolution",
        lambda p, x, filters, bias: layers.convolution(p, x, filters.flip((2, 3)), bias),
    ),
    "kernel untransposed": ("recurrent", untransposed),
    "gates swapped": ("lstm", swapped),
    "gates permuted": ("gru reset after", unpermuted),
    "mask not scaled": ("dropout", lambda _, x, mask, __: x * mask),
    "padding counted in the mean": ("average pooling at the edge", lambda p, x: layers.average(p, x, counted=True)),
    "no gradient to the filters": (
        "convolution",
        lambda p, x, filters, bias: layers.convolution(p, x, filters.detach(), bias),
    ),
    "gradient beside the greatest": ("max pooling", beside),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_planted_fault_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine with one mistake in one layer fails the check of values, with the name of what is wrong."""
    name, faulty = FAULTS[fault]
    monkeypatch.setitem(operations.FUNCTIONS, TRIALS[name].function, faulty)
    session.forget()
    with pytest.raises(pytest.fail.Exception, match=r"(?m)^  (y|gradient of \w+)[: ]"):
        check_values(case(EXAMPLES[name], "torch"), {})
    session.forget()


@pytest.mark.parametrize("dtype", ["float16", "float32"])
@pytest.mark.parametrize("name", TRIALS)
def test_no_layer_leaves_its_number_type(name: str, dtype: str) -> None:
    """What goes in as float16 or float32 comes out as such, gradients included: nothing is computed in a wider type."""
    found = Engine().calculate(EXAMPLES[name], dtype)
    assert {str(array.dtype) for array in (*found.values.values(), *found.gradients.values())} == {dtype}


@pytest.mark.parametrize("engine", ["keras", "torch"])
def test_the_frameworks_dropout_is_the_inverted_one(engine: str) -> None:
    """The masks that the frameworks' own layers draw scale by 1/kept, forward and backward, and vanish at inference."""
    x, kept = np.arange(1, 31, dtype=float).reshape(5, 6), 0.75
    y, dx, inferred = {"keras": keras_dropout, "torch": torch_dropout}[engine](x, 1 - kept)
    mask = (y != 0) * 1.0
    assert 0 < mask.sum() < mask.size
    assert np.allclose(y, dropout.inverted(x, mask, kept), rtol=1e-15, atol=0)
    assert np.allclose(dx, mask / kept, rtol=1e-15, atol=0)
    assert np.array_equal(inferred, x)
    assert np.allclose(dropout.original_inference(x, kept), kept * inferred, rtol=1e-15, atol=0)


def keras_dropout(x: Any, rate: float) -> tuple[Any, ...]:
    """Output, gradient and output at inference of ``keras.layers.Dropout``."""
    import keras  # noqa: PLC0415
    import tensorflow as tf  # noqa: PLC0415

    import adapters.keras  # noqa: F401, PLC0415 -- chooses the backend

    layer, given = keras.layers.Dropout(rate, seed=1, dtype="float64"), tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(given)
        y = layer(given, training=True)
    return y.numpy(), tape.gradient(y, given).numpy(), layer(given, training=False).numpy()


def torch_dropout(x: Any, rate: float) -> tuple[Any, ...]:
    """Output, gradient and output at inference of ``torch.nn.Dropout``."""
    torch.manual_seed(1)
    layer, given = torch.nn.Dropout(rate), torch.from_numpy(x).requires_grad_()
    y = layer(given)
    y.sum().backward()
    assert given.grad is not None
    return y.detach().numpy(), given.grad.numpy(), layer.eval()(given).detach().numpy()
