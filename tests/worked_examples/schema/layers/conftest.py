"""What the tests of layers share: a network of some layers on zeros, and the message where it is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import FixtureError, NetworkExample


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
def fault(built: Callable[..., NetworkExample]) -> Callable[..., str]:
    """The message for these layers, without the file, which it must name first."""

    def message(layers: str, inputs: int, outputs: int, samples: int = 2, more: str = "") -> str:
        with pytest.raises(FixtureError) as caught:
            built(layers, inputs, outputs, samples, more)
        text = str(caught.value)
        assert "\n" not in text
        return text.partition("1.toml: ")[2]

    return message
