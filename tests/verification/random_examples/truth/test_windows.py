"""The oracle's layers with windows, on images whose results can be found by hand."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from verification.random_examples.truth.graph import Graph
from verification.random_examples.truth.numbers import numbers, size

IMAGE = [[[["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]]]
CASES: list[tuple[str, list[Any], dict[str, Any], Any]] = [
    ("convolution", [IMAGE, [[[["1", "0"], ["0", "-1"]]]], ["10"]], {}, [["6", "6"], ["6", "6"]]),
    ("convolution", [IMAGE, [[[["1"]]]], ["0"]], {"stride": 2}, [["1", "3"], ["7", "9"]]),
    ("convolution", [[[["1"]], [["2"]]], [[[["3"]], [["4"]]]], ["0.5"]], {}, None),
    ("max pooling", [IMAGE], {"size": 2, "stride": [1, 2], "padding": [0, 1]}, [["4", "6"], ["7", "9"]]),
    ("average pooling", [IMAGE], {"size": 2, "stride": 2, "padding": 1}, [["1", "2.5"], ["5.5", "7"]]),
    ("average pooling, padding counted", [IMAGE], {"size": 2, "stride": 2, "padding": 1}, [["0.25", "1.25"], ["2.75", "7"]]),
    ("stochastic pooling", [IMAGE, [[[["0.4"]]]]], {"size": 3}, [["6"]]),
    ("expected pooling", [[[[["1", "3"]]]]], {"size": [1, 2]}, [["2.5"]]),
    ("flip", [IMAGE], {"axis": 2}, [["7", "8", "9"], ["4", "5", "6"], ["1", "2", "3"]]),
    ("crop", [IMAGE], {"index": (slice(1, 3), slice(0, 1))}, [["4"], ["7"]]),
]


@pytest.mark.parametrize(("function", "texts", "parameters", "expected"), CASES)
def test_a_layer_gives_what_can_be_found_by_hand(
    graph_of: Callable[..., Graph], function: str, texts: list[Any], parameters: dict[str, Any], expected: Any
) -> None:
    """One image, one channel; the third case has two channels: 1 times 3, 2 times 4, and the bias."""
    if expected is None:
        texts, expected = [[texts[0]], *texts[1:]], [["11.5"]]
    value = graph_of(function, *texts, **parameters).values["y"]
    assert value.shape == (1, 1, *numbers(expected).shape)
    assert size(value[0, 0] - numbers(expected)) < mpmath.mpf(10) ** -90
