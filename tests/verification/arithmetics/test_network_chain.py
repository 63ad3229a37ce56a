"""A network as the nodes of a calculation, and what a page prints of its epochs."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.engine import Engine
from reference.activations import ACTIVATIONS
from verification.arithmetics.network_chain import LOSSES, evaluation, network_value, nodes, printed_at
from verification.arithmetics.rounded_chain import Carried
from verification.case import Case
from verification.exact import arithmetic
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity
from worked_examples.schema.trainings.regularization import Penalty

Network = Callable[[str], NetworkExample]


@pytest.mark.parametrize(
    "name",
    ["numpy-dnn/311_1", "numpy-dnn/318_1", "numpy-dnn/317_1", "linear-algebra/cheese-batch", "ours/one-by-one", "ours/momentum"],
)
def test_without_prints_the_chain_is_the_network(name: str, network: Network) -> None:
    """Outputs, loss and gradients of the nodes are those of the reference, for every loss."""
    assert_chain_is_network(network(name))


@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("loss", LOSSES)
def test_the_chain_has_every_loss(loss: str, reduction: str, written: Callable[[str], Any]) -> None:
    """Summed and averaged over two samples, for two outputs that are probabilities."""
    last = "softmax" if loss == "cross entropy" else "sigmoid"
    assert_chain_is_network(written(TWO_OUTPUTS.format(loss=loss, reduction=reduction, last=last)))


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_the_chain_has_every_activation(activation: str, written: Callable[[str], Any]) -> None:
    """Outputs, loss and gradients are those of the reference, of steps too."""
    assert_chain_is_network(written(TWO_OUTPUTS.format(loss="squared error", reduction="mean", last=activation)))


def test_the_chain_averages_over_outputs(written: Callable[[str], Any]) -> None:
    """As the network does."""
    text = TWO_OUTPUTS.format(loss="squared error", reduction="mean", last="sigmoid")
    assert_chain_is_network(written(text.replace("layers =", 'output_reduction = "mean"\nlayers =')))


@pytest.mark.parametrize(
    ("network_changes", "training_changes", "reason"),
    [
        ({"loss": "hinge"}, {}, "the loss 'hinge'"),
        ({"penalty": Penalty(l2="0.1")}, {}, "a penalty"),
        ({}, {"rule": "perceptron"}, "the perceptron's rule"),
    ],
)
def test_what_is_none_of_a_reader_s_steps_has_no_value(
    network: Network, network_changes: dict[str, Any], training_changes: dict[str, Any], reason: str
) -> None:
    """With the reason."""
    example = network("numpy-dnn/311_1")
    assert example.training
    changes = {
        "network": example.network.model_copy(update=network_changes),
        "training": example.training.model_copy(update=training_changes),
    }
    value = network_value(Case(example.model_copy(update=changes), "reference"), Quantity("loss"), 0)
    assert value
    assert (value.of, value.radius.is_finite()) == (f"no rounded chain with {reason}", False)


TWO_OUTPUTS = """
kind = "network"
data = {{ input = [["1"], ["-2"]], target = [["0.25", "0.75"], ["1", "0"]] }}

[network]
loss = "{loss}"
reduction = "{reduction}"
layers = [{{ kernel = [["0.5", "-0.25"]], bias = ["0.1", "0"], activation = "{last}" }}]
"""


def assert_chain_is_network(example: NetworkExample) -> None:
    """Outputs, loss and gradients of the nodes are those of the reference."""
    parameters = arithmetic.initial(example, "exact")[: len(example.network.layers)]
    chain = evaluation(example, parameters, Carried({}, {}))
    known = Engine().evaluate(example, None, "float64")
    for (_, name_, a), (_, _, b) in zip(arithmetic.named(chain), arithmetic.named(known), strict=True):
        assert np.allclose(np.asarray(a, dtype=float), np.asarray(b, dtype=float), rtol=1e-12, atol=1e-14), name_
    assert len(nodes(example)) >= 3 * len(example.network.layers) + 1


@pytest.mark.parametrize(("words", "text"), [("", "0.1"), ("minus ", "-0.1")])
def test_a_printed_delta_is_carried_on(words: str, text: str, network: Network) -> None:
    """Whatever its sign: the gradient of the layer's bias is the printed one."""
    example = network("ours/deltas")
    names = {"delta": f"{words}gradient of layer 2 pre-activation"}
    block = example.printed[0].model_copy(update={"text": f"delta = [[{text} 0] [0 0]]", "names": names})
    example = example.model_copy(update={"printed": [block]})
    parameters = arithmetic.initial(example, "exact")
    chain = evaluation(example, parameters, printed_at(example, 0, parameters))
    assert [float(number) for number in chain.gradients[1].bias] == pytest.approx([0.1, 0])


def test_prints_belong_to_their_epoch(network: Network) -> None:
    """What is printed after the update of epoch 78 is carried on in epoch 79, the gradients of 78 in epoch 78."""
    example = network("numpy-dnn/311_1")
    parameters: list[Parameters] = arithmetic.initial(example, "exact")
    before, after = printed_at(example, 78, parameters), printed_at(example, 79, parameters)
    assert before.gradients["layer 1 kernel"]
    assert "layer 1 kernel" not in before.values
    assert after.values["layer 1 kernel"]
    assert before.values["layer 1 output"] == {(0, 0): "27.000", (0, 1): "-30.000"}


def test_no_chain_carries_the_state_of_an_optimizer(network: Network) -> None:
    """After an update nothing bounds its numbers, so that they stay undecided; before the first there is the page's own pass."""
    case = Case(network("ours/momentum"), "reference")
    after = network_value(case, Quantity("loss"), 1)
    assert after
    assert (after.of, after.radius.is_finite()) == ("no rounded chain with momentum", False)
    before = network_value(case, Quantity("loss"), 0)
    assert before
    assert before.radius.is_finite()
