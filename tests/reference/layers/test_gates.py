"""What LSTM and GRU share: pre-activations split into gates, and their gradients."""

import numpy as np

from reference.comparisons import Array
from reference.finite_differences import numerical_gradient
from reference.layers.gates import Weights, pre_activations, pre_activations_backward
from worked_examples import numbers

X, STATE = numbers([["1", "2"]], "rational"), numbers([["3"]], "rational")
WEIGHTS = Weights(*(numbers(a, "rational") for a in ([["1", "2"], ["3", "4"]], [["5", "6"]], ["7", "8"], ["0.5", "0.25"])))


def test_each_gate_has_its_columns() -> None:
    """Two gates of one unit: the first has the first columns of kernels and biases; input and state stay separate."""
    from_input, from_state = pre_activations(X, STATE, WEIGHTS, 2)
    assert [gate.tolist() for gate in from_input] == [[[1 + 6 + 7]], [[2 + 8 + 8]]]
    assert [gate.tolist() for gate in from_state] == [[[15 + 0.5]], [[18 + 0.25]]]


def test_the_gradients_are_exact_in_rationals() -> None:
    """Pre-activations are linear in input, state and each weight: central differences are derivatives."""
    left, right = numbers([["2", "-1"]], "rational"), numbers([["3", "5"]], "rational")

    def loss(x: Array, state: Array, weights: Weights) -> object:
        from_input, from_state = (np.concatenate(gates, axis=1) for gates in pre_activations(x, state, weights, 2))
        return (from_input * left).sum() + (from_state * right).sum()

    dx, dstate, dweights = pre_activations_backward(X, STATE, WEIGHTS, left, right)
    assert np.array_equal(numerical_gradient(lambda x: loss(x, STATE, WEIGHTS), X, 1), dx)
    assert np.array_equal(numerical_gradient(lambda state: loss(X, state, WEIGHTS), STATE, 1), dstate)
    for name, gradient in dweights._asdict().items():

        def of_weight(array: Array, name: str = name) -> object:
            return loss(X, STATE, WEIGHTS._replace(**{name: array}))

        assert np.array_equal(numerical_gradient(of_weight, getattr(WEIGHTS, name), 1), gradient)
