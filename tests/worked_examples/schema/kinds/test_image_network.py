"""Networks on images: named parameters, with probabilities under cross entropy."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from worked_examples.schema.kinds.image_network import ImageNetwork

LAYERS = [
    {"kernel": "W1", "bias": "b1", "units": 3, "activation": "relu"},
    {"kernel": "W2", "bias": "0.5", "units": 2, "activation": "softmax"},
]


def network(**changes: Any) -> ImageNetwork:
    """Two layers; the changes are of the last."""
    return ImageNetwork.model_validate({"loss": "sparse cross entropy", "layers": [LAYERS[0], LAYERS[1] | changes]})


def test_cross_entropy_needs_a_softmax() -> None:
    """Of the last layer."""
    with pytest.raises(
        ValidationError, match="sparse cross entropy needs probabilities: the last activation is sigmoid, not softmax"
    ):
        network(activation="sigmoid")


def test_a_loss_of_signs_is_refused() -> None:
    """The classes of images are rows of 0 and 1."""
    with pytest.raises(ValidationError, match="loss: 'hinge' takes targets 1 and -1, but those of classes are 1 and 0"):
        ImageNetwork.model_validate({"loss": "hinge", "layers": LAYERS})


def test_too_many_weights_are_refused() -> None:
    """With the images' 784 pixels."""
    with pytest.raises(ValidationError, match="layers: 1,002,999 numbers; accepted: at most 700,000"):
        network(units=333_333 + 216)


def test_names_stand_for_arrays_and_a_number_for_all_entries() -> None:
    """In float64, whatever the type of the arrays."""
    known = {"W1": np.ones((4, 3), "float32"), "b1": np.zeros(3, "float32"), "W2": np.ones((3, 2))}
    layers = network().arrays(known, 4)
    assert [(kernel.shape, bias.tolist()) for kernel, bias in layers] == [((4, 3), [0, 0, 0]), ((3, 2), [0.5, 0.5])]
    assert {array.dtype for pair in layers for array in pair} == {np.dtype("float64")}


def test_a_wrong_shape_is_told_by_its_key() -> None:
    """Of a bias too."""
    known = {"W1": np.ones((4, 3)), "b1": np.zeros((3, 1)), "W2": np.ones((3, 2))}
    with pytest.raises(ValueError, match=r"^layers\[0\].bias: 'b1' has the shape \[3, 1\]; accepted for these inputs: \[3\]$"):
        network().arrays(known, 4)


def test_others_of_the_same_sizes_stand_in_for_pretrained_parameters() -> None:
    """Normal kernels and zero biases by the same names, for any number of inputs."""
    arrays = network().stand_in.for_inputs(5)
    np.random.seed(1)  # noqa: NPY002 -- the listings' way
    assert np.array_equal(arrays["W1"], np.random.randn(5, 3) / np.sqrt(5))  # noqa: NPY002
    assert np.array_equal(arrays["W2"], np.random.randn(3, 2) / np.sqrt(3))  # noqa: NPY002
    assert arrays["b1"].tolist() == [0, 0, 0]
