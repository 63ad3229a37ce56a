"""Conditions of checks: each is met by one example and not by another."""

from collections.abc import Callable
from typing import Any

import pytest

from verification import conditions
from verification.case import Case


@pytest.mark.parametrize(
    ("condition", "met", "unmet"),
    [
        (conditions.is_trained, "numpy-dnn/311_1", "backprop-notes/derivation"),
        (conditions.is_inference, "dl-python/mnist-pretrained", "numpy-dnn/325_1"),
        (conditions.has_printed, "numpy-dnn/311_1", "backprop-notes/derivation"),
        (conditions.has_committed_values, "numpy-dnn/311_1", "numpy-dnn/324_1"),
        (conditions.is_long_training, "backprop-notes/network-class", "numpy-dnn/311_1"),
        (conditions.is_long_training, "backprop-notes/xor-four-inputs", "backprop-notes/derivation"),
        (conditions.is_viewed_in_smaller_types, "numpy-dnn/311_1", "backprop-notes/network-class"),
        (conditions.is_numerical, "dl-python/twolayer-numerical", "dl-python/twolayer-backprop"),
        (conditions.is_numerical, "dl-python/twolayer-numerical", "dl-python/mnist-pretrained"),
    ],
)
def test_a_condition_is_met_or_not(
    condition: Callable[[Case[Any]], bool], met: str, unmet: str, example: Callable[[str], Any]
) -> None:
    """It is a property of the example, and it does not raise for one without a training."""
    assert condition(Case(example(met), "reference")) is True
    assert condition(Case(example(unmet), "reference")) is False


def test_a_pair_is_judged_on_its_second_engine(example: Callable[[str], Any]) -> None:
    """Keras and PyTorch are compared once, with PyTorch's turn."""
    chosen = example("ours/activations")
    second = [name for name in ("reference", "keras", "torch") if conditions.is_second_of_pair(Case(chosen, name))]
    assert second == ["torch"]


def test_a_compiled_loop_needs_its_capability(example: Callable[[str], Any]) -> None:
    """The word is the one that engines use."""
    assert list(conditions.compiles(example("numpy-dnn/311_1"))) == ["compiled training"]
