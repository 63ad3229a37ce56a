"""What the tests of layer types share: every gradient of a layer against central differences."""

from collections.abc import Callable
from typing import Any

import pytest

from reference.comparisons import Array
from reference.layer_types.layer_type import LayerType
from reference.layer_types.parameters import Layer

AssertBackward = Callable[..., None]


@pytest.fixture
def assert_backward(assert_gradient: Callable[..., None], random_balls: Callable[..., Array]) -> AssertBackward:
    """``assert_backward(kind, parameters, *inputs)``: gradients by inputs and parameters are differences of a weighted sum."""

    def check(kind: LayerType, parameters: Layer, *inputs: Array) -> None:
        y = kind.forward(parameters, *inputs)
        weights = random_balls(*y.shape, seed=9)
        by_inputs, by_parameters = kind.backward(parameters, inputs, y, weights)

        def with_input(position: int) -> Callable[[Array], Any]:
            return lambda x: (kind.forward(parameters, *inputs[:position], x, *inputs[position + 1 :]) * weights).sum()

        def with_parameter(name: str) -> Callable[[Array], Any]:
            return lambda array: (kind.forward(parameters._replace(**{name: array}), *inputs) * weights).sum()

        for position, (x, gradient) in enumerate(zip(inputs, by_inputs, strict=True)):
            assert_gradient(with_input(position), x, gradient)
        for name, array in parameters._asdict().items():
            assert getattr(by_parameters, name).shape == array.shape
            if array.size:
                assert_gradient(with_parameter(name), array, getattr(by_parameters, name))

    return check
