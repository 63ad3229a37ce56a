"""Steps of an optimizer on a whole network: the state of every parameter is carried on, each by itself."""

from functools import partial

import numpy as np

from reference.layer_types.parameters import Layer
from reference.optimization.network_steps import NetworkSteps
from reference.optimization.optimizers import OPTIMIZERS, Optimizer, trajectory

LAYERS = [Layer(np.array([[1.0, -2.0]]), np.array([0.5, 0.25])), Layer(np.array([[3.0], [4.0]]), np.array([-1.0]))]
MOMENTUM = Optimizer(partial(OPTIMIZERS["momentum"].step, momentum=0.5), 1)


def test_every_parameter_takes_the_steps_of_its_own_trajectory() -> None:
    """Two steps with other gradients and other learning rates."""
    gradients = [[Layer(layer.kernel * factor, layer.bias + factor) for layer in LAYERS] for factor in (1, -2)]
    steps, layers = NetworkSteps(MOMENTUM, lambda t: (0.1, 0.2)[t], LAYERS), list(LAYERS)
    for gradient in gradients:
        layers = steps(layers, gradient)
    for index, layer in enumerate(LAYERS):
        for name in Layer._fields:
            along = [getattr(gradient[index], name) for gradient in gradients]
            expected = trajectory("momentum", getattr(layer, name), along, [0.1, 0.2], momentum=0.5)[-1]
            assert np.array_equal(getattr(layers[index], name), expected)
    assert steps.t == 2


def test_biases_that_are_not_trained_keep_value_and_state() -> None:
    """Their state is the initial one."""
    steps = NetworkSteps(MOMENTUM, lambda _: 0.1, LAYERS, initial=0.25, trained=[(True, False, False, False)] * 2)
    layers = steps(LAYERS, LAYERS)
    assert [layer.bias.tolist() for layer in layers] == [layer.bias.tolist() for layer in LAYERS]
    assert [layer.bias.tolist() for layer in steps.state[0]] == [[0.25, 0.25], [0.25]]
    assert layers[0].kernel.tolist() != LAYERS[0].kernel.tolist()
