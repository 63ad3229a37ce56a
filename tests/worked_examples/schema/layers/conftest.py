"""What the tests of layers share: a network of some layers on zeros, and the message where it is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import NetworkExample


def text_of(layers: str, inputs: int, outputs: int, samples: int, more: str) -> str:
    """A fixture with these layers and random data of so many columns."""
    data = f"[data.random]\nseed = 1\nsamples = {samples}\ninputs = {inputs}\noutputs = {outputs}\n"
    return f'kind = "network"\n{more}\n[network]\nloss = "half squared error"\nlayers = [\n{layers}\n]\n{data}'


@pytest.fixture
def built(written: Callable[[str], Any]) -> Callable[..., NetworkExample]:
    """``built(layers, inputs, outputs, samples=2, more="")``: the example of these layers."""

    def build(layers: str, inputs: int, outputs: int, samples: int = 2, more: str = "") -> NetworkExample:
        example: NetworkExample = written(text_of(layers, inputs, outputs, samples, more))
        return example

    return build


@pytest.fixture
def fault(refused: Callable[[str], str]) -> Callable[..., str]:
    """``fault(layers, inputs, outputs, samples=2, more="")``: the message for these layers."""

    def message(layers: str, inputs: int, outputs: int, samples: int = 2, more: str = "") -> str:
        return refused(text_of(layers, inputs, outputs, samples, more))

    return message
