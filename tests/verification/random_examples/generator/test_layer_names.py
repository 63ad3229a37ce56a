"""Layers by their names."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.random_examples.generator.layer_names import by_name, named_layers


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("layer 1 kernel [0, 1]", "a kernel [0, 1]"),
        ("minus gradient of layer 1 output for test", "minus gradient of a output for test"),
        ("layer 2 bias", "layer 2 bias"),
        ("loss", "loss"),
    ],
)
def test_a_name_stands_for_the_number(words: str, expected: str) -> None:
    """Where the layer has one."""
    assert by_name(words, [{"name": "a"}, {}]) == expected


def test_some_layers_get_names(drawn: Callable[..., list[Any]]) -> None:
    """In some networks; what is named already keeps its name, and words may have the number still."""
    found = drawn(named_layers([{"name": "a"}, {}], {"q0": "layer 1 bias", "q1": "layer 2 bias"}), 100)
    assert {tables[0]["name"] for tables, _ in found} == {"a"}
    assert {"name" in tables[1] for tables, _ in found} == {True, False}
    assert {names["q0"] for _, names in found} == {"a bias", "layer 1 bias"}
    assert {"hidden_2 bias", "layer 2 bias"} <= {names["q1"] for _, names in found}
