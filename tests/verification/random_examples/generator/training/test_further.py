"""The samples of further data."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest

from verification.random_examples.generator.training.further import further_rows
from verification.random_examples.truth.network import Layer, Network
from verification.random_examples.truth.numbers import numbers

STATISTICS: dict[str, Any] = {"epsilon": numbers("0.1")}


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        ("flatten", {}, {1, 2, 3}),
        ("dropout", {"mask": numbers(["1"])}, {5}),
        ("batch normalization", STATISTICS, {2, 3}),
        ("batch normalization", {**STATISTICS, "running_mean": numbers(["0"])}, {1, 2, 3}),
    ],
)
def test_there_are_as_many_as_the_layers_take(
    kind: str, options: dict[str, Any], expected: set[int], drawn: Callable[..., list[Any]]
) -> None:
    """A mask is of each of five samples; one sample has no statistics."""
    network = Network(("identity",), "half squared error", layers=(Layer(kind, MappingProxyType(options), (0,)),))
    assert set(drawn(further_rows(network, 5))) == expected
