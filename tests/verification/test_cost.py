"""Longer trainings cost more."""

from collections.abc import Callable
from typing import Any

from verification.cost import cost


def test_the_cost_follows_the_updates(example: Callable[[str], Any]) -> None:
    """A million epochs more than 79, images by their updates, and anything else a second."""
    assert cost(example("numpy-dnn/3110_2")) > cost(example("numpy-dnn/311_1")) > 1
    assert cost(example("numpy-dnn/325_1")) > cost(example("study-notes/mnist-inference"))
    assert cost(example("dl-python/softmax")) == 1
