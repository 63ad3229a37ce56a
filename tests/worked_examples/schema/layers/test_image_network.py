"""Networks for images: random or pretrained, with probabilities under cross entropy."""

import pytest
from pydantic import ValidationError

from worked_examples.schema.layers.image_network import ImageNetwork, Pretrained

RANDOM = {"seed": 1, "units": [4, 3, 2], "activations": ["relu", "softmax"], "kernels": ["he", "lecun"]}
KEYS = {"units": [4, 3, 2], "activations": ["relu", "softmax"], "kernels": ["W1", "W2"], "biases": ["b1", "b2"]}


def test_a_network_is_random_or_pretrained() -> None:
    """Not both, not neither."""
    for given in ({}, {"random": RANDOM, "pretrained": KEYS}):
        with pytest.raises(ValidationError, match="exactly one of random and pretrained must be given"):
            ImageNetwork.model_validate({"loss": "cross entropy", **given})


def test_cross_entropy_needs_a_softmax() -> None:
    """Of the last layer."""
    with pytest.raises(ValidationError, match="cross entropy needs probabilities: the last activation is sigmoid, not softmax"):
        ImageNetwork.model_validate({"loss": "sparse cross entropy", "random": RANDOM | {"activations": ["relu", "sigmoid"]}})


def test_every_pretrained_layer_has_its_keys() -> None:
    """And for data that its weights were not trained on, random weights of the same sizes."""
    with pytest.raises(ValidationError, match="2 layers need as many activations, kernels and biases"):
        Pretrained.model_validate(KEYS | {"biases": ["b1"]})
    assert [kernel.shape for kernel, _ in Pretrained.model_validate(KEYS).random.arrays()] == [(4, 3), (3, 2)]
