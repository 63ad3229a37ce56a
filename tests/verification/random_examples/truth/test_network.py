"""Networks of the oracle, by hand."""

from types import MappingProxyType

import mpmath
import pytest

from reference.activations import ACTIVATIONS as OUR_ACTIVATIONS
from reference.losses import LOSSES as OUR_LOSSES
from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.losses import LOSSES
from verification.random_examples.truth.network import ACTIVATIONS, Layer, Network, cost_of, gradients, loss, outputs
from verification.random_examples.truth.numbers import numbers, size
from worked_examples.schema.layers.network import OF_LABELS

LINEAR = Network(("identity", "relu"), "half squared error")
PARAMETERS = tuple(numbers(texts) for texts in ([["2", "-1"]], ["0", "1"], [["1"], ["3"]], ["0.5"]))
X, T = numbers([["1"], ["2"]]), numbers([["2"], ["0"]])


def test_the_oracle_knows_every_activation_and_loss() -> None:
    """A new one needs an entry here."""
    assert set(ACTIVATIONS) == set(OUR_ACTIVATIONS)
    assert set(LOSSES) == {*OUR_LOSSES, OF_LABELS}


def test_a_network_is_its_layers() -> None:
    """Hidden outputs (2, 0) and (4, -1), outputs 2.5 and 1.5."""
    hidden, output = outputs(LINEAR, PARAMETERS, X, Branches())
    assert size(hidden - numbers([["2", "0"], ["4", "-1"]])) < 1e-90
    assert size(output - numbers([["2.5"], ["1.5"]])) < 1e-90


@pytest.mark.parametrize(("name", "expected"), [("half squared error", "1.25"), ("mean squared error", "2.5")])
def test_losses_are_summed_over_samples(name: str, expected: str) -> None:
    """Errors 0.5 and 1.5, one output."""
    assert abs(loss(LINEAR._replace(loss=name), PARAMETERS, X, T) - mpmath.mpf(expected)) < 1e-90


def test_gradients_are_those_of_the_loss() -> None:
    """By hand: of the last bias 0.5 + 1.5, of the last kernel 0.5 (2, 0) + 1.5 (4, -1), of the input (1, 3) (2, -1) = -1 each."""
    kernel, bias, of_input = gradients(LINEAR, PARAMETERS, X, T, (2, 3, -1))
    assert size(kernel - numbers([["7"], ["-1.5"]])) < 1e-30
    assert size(bias - numbers(["2"])) < 1e-30
    assert size(of_input - numbers([["-0.5"], ["-1.5"]])) < 1e-30


OPTIONS = MappingProxyType({"layout": "(out, in)"})
GRAPH = Network(
    ("identity", "identity"),
    "half squared error",
    layers=(
        Layer("dense", OPTIONS, (0,), ("kernel", "bias"), ("bias",)),
        Layer("concatenate", MappingProxyType({"axis": 1}), (0, 1)),
    ),
)
OF_GRAPH = (numbers([["3"]]), numbers(["1"]))


def test_a_graph_has_its_layers_inputs() -> None:
    """The data and ``3 x + 1`` side by side."""
    assert size(outputs(GRAPH, OF_GRAPH, X, Branches())[1] - numbers([["1", "4"], ["2", "7"]])) < 1e-90


def test_parameters_train_that_say_so() -> None:
    """By their places."""
    assert GRAPH.places == [(1, "kernel"), (1, "bias")]
    assert (GRAPH.trainable, LINEAR.trainable) == ((1,), (0, 1, 2, 3))


def test_the_cost_of_gradients_is_parameters_times_outputs() -> None:
    """2 of 6 numbers, 7 of 6."""
    assert (cost_of(GRAPH, OF_GRAPH, X), cost_of(LINEAR, PARAMETERS, X)) == (12, 42)
