"""Networks in the reference's terms."""

from collections.abc import Callable
from fractions import Fraction

from adapters.reference.network import as_layers, as_parameters, design, evaluate, initial_layers
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]


def test_a_pass_in_fractions_is_exact(network: Network) -> None:
    """The loss of 311_1 is 1832, and the first weight's gradient a whole number."""
    example = network("numpy-dnn/311_1")
    evaluation = evaluate(example, initial_layers(example, "rational"), "rational")
    assert evaluation.loss == Fraction(1832)
    assert all(entry.denominator == 1 for entry in evaluation.gradients[0].kernel.ravel())


def test_layers_and_parameters_are_converted_without_a_change(network: Network) -> None:
    """There and back they are the same arrays."""
    layers = initial_layers(network("numpy-dnn/311_1"), "float64")
    assert as_layers(as_parameters(layers)) == layers


def test_the_design_names_activations_and_loss(network: Network) -> None:
    """In the reference's words."""
    assert design(network("numpy-dnn/317_1"), "float64").activations[0] == network("numpy-dnn/317_1").network.layers[0].activation
    assert design(network("numpy-dnn/317_1"), "float64").loss == "half squared error"
