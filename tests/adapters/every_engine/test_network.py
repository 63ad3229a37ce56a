"""Every engine: one pass over a network's data, by hand."""

from collections.abc import Callable

from adapters import Engine, Parameters
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


def test_given_parameters_are_used_as_they_are(engine: Engine, network: Network) -> None:
    """With all parameters doubled the outputs are doubled: the network of 311_1 is linear."""
    example = network("numpy-dnn/311_1")
    parameters = engine.trainer(example, "float64", compiled=False).parameters()
    doubled = [Parameters(2 * layer.kernel, 2 * layer.bias) for layer in parameters]
    initial, of_doubled = (engine.evaluate(example, chosen, "float64").outputs[-1] for chosen in (None, doubled))
    assert (2 * initial).tolist() == of_doubled.tolist()
