"""Every engine: one pass over a network's data, by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Engine, Parameters, load_engine
from reference.activations import ACTIVATIONS
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]


def test_outputs_loss_and_gradients_are_those_by_hand(engine: Engine, network: Network) -> None:
    """Inputs 2 and 3, outputs 19 and 30 for the targets 27 and -30: differences -8 and 60, loss (64 + 3600) / 2."""
    evaluation = engine.evaluate(network("numpy-dnn/311_1"), None, "float64")
    assert evaluation.outputs[-1].tolist() == [[19, 30]]
    assert evaluation.loss == 1832
    (gradients,) = evaluation.gradients
    assert gradients.kernel.tolist() == [[-16, 120], [-24, 180]]
    assert gradients.bias.tolist() == [-8, 60]


def test_intermediates_are_those_by_hand(engine: Engine, network: Network) -> None:
    """The identity's pre-activations are the outputs, and have their gradients; the loss is the sum of its terms."""
    known = engine.evaluate(network("numpy-dnn/311_1"), None, "float64").intermediates
    assert known is not None
    assert [array.tolist() for array in known.pre_activations] == [[[19, 30]]]
    assert [array.tolist() for array in known.pre_activation_gradients] == [[[-8, 60]]]
    assert [array.tolist() for array in known.output_gradients] == [[[-8, 60]]]
    assert known.losses.tolist() == [[32, 1800]]


@pytest.mark.parametrize("name", ["numpy-dnn/318_1", "backprop-notes/derivation", "linear-algebra/cheese-batch"])
def test_the_chain_rule_leads_from_outputs_to_pre_activations(name: str, engine: Engine, network: Network) -> None:
    """Of every layer, for softmax under cross entropy too; the losses of all outputs and samples sum to the loss."""
    example = network(name)
    evaluation = engine.evaluate(example, None, "float64")
    known = evaluation.intermediates
    assert known is not None
    for position, layer in enumerate(example.network.layers):
        z, y = known.pre_activations[position], evaluation.outputs[position]
        assert np.allclose(y, ACTIVATIONS[layer.activation].value(z))
        expected = ACTIVATIONS[layer.activation].backward(z, y, known.output_gradients[position])
        assert np.allclose(known.pre_activation_gradients[position], expected)
    assert np.allclose(known.losses.sum(), evaluation.loss)
    assert known.losses.shape == evaluation.outputs[-1].shape


def in_a_row(arrays: Any) -> Any:
    """All numbers of an array, or of several."""
    return np.concatenate([np.ravel(array) for array in (arrays if isinstance(arrays, list) else [arrays])])


SIGNS, CLASSES = [["1", "-1"], ["-1", "-1"]], [["0", "1"], ["0.25", "0.75"]]
LOSSES = [
    ("squared error", "tanh", SIGNS),
    ("half squared error", "identity", SIGNS),
    ("hinge", "identity", SIGNS),
    ("cross entropy", "softmax", CLASSES),
    ("sparse cross entropy", "softmax", [["0", "1"], ["1", "0"]]),
    ("cross entropy from logits", "identity", CLASSES),
    ("binary cross entropy", "sigmoid", CLASSES),
    ("binary cross entropy from logits", "identity", CLASSES),
]


@pytest.mark.parametrize(("loss", "activation", "target"), LOSSES, ids=[row[0] for row in LOSSES])
@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("output_reduction", ["sum", "mean"])
def test_a_loss_is_that_of_the_reference(
    engine: Engine,
    network: Network,
    loss: str,
    activation: str,
    target: list[list[str]],
    reduction: str,
    output_reduction: str,
) -> None:
    """With its gradients and its terms, summed and averaged over samples and over outputs."""
    example = network("ours/deltas")
    layers = [example.network.layers[0], example.network.layers[1].model_copy(update={"activation": activation})]
    changes = {"loss": loss, "layers": layers, "reduction": reduction, "output_reduction": output_reduction}
    net, data = example.network.model_copy(update=changes), example.data.model_copy(update={"target": target})
    example = example.model_copy(update={"network": net, "data": data})
    computed, expected = (each.evaluate(example, None, "float64") for each in (engine, load_engine("reference")))
    assert computed.intermediates
    assert expected.intermediates
    assert computed.loss == pytest.approx(float(expected.loss), rel=1e-14)
    pairs = zip([*computed.gradients, computed.intermediates], [*expected.gradients, expected.intermediates], strict=True)
    for one, other in pairs:
        for array, wanted in zip(one, other, strict=True):
            if wanted is not None:
                assert np.allclose(in_a_row(array), in_a_row(wanted), rtol=0, atol=1e-14)
    scale = len(target) if reduction == "mean" else 1
    assert computed.intermediates.losses.sum() / scale == pytest.approx(float(computed.loss), rel=1e-14)


def test_given_parameters_are_used_as_they_are(engine: Engine, network: Network) -> None:
    """With all parameters doubled the outputs are doubled: the network of 311_1 is linear."""
    example = network("numpy-dnn/311_1")
    parameters = engine.trainer(example, "float64", compiled=False).parameters()
    doubled = [Parameters(2 * layer.kernel, 2 * layer.bias) for layer in parameters]
    initial, of_doubled = (engine.evaluate(example, chosen, "float64").outputs[-1] for chosen in (None, doubled))
    assert (2 * initial).tolist() == of_doubled.tolist()
