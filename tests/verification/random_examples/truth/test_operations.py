"""The oracle's operations, on arguments whose values are known."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from verification.random_examples.truth.graph import Graph
from verification.random_examples.truth.numbers import numbers, size
from verification.random_examples.truth.operations import dot

CASES: list[tuple[str, list[Any], dict[str, Any], Any]] = [
    ("add", [["1", "2"], [["10"], ["20"]]], {}, [["11", "12"], ["21", "22"]]),
    ("subtract", ["1", "3"], {}, "-2"),
    ("multiply", [["2", "3"], "4"], {}, ["8", "12"]),
    ("divide", ["1", "8"], {}, "0.125"),
    ("power", ["4", "0.5"], {}, "2"),
    ("power", ["-2", "3"], {}, "-8"),
    ("negative", ["1"], {}, "-1"),
    ("exp", ["0"], {}, "1"),
    ("log", ["1"], {}, "0"),
    ("sin", ["0"], {}, "0"),
    ("cos", ["0"], {}, "1"),
    ("identity", ["7"], {}, "7"),
    ("sigmoid", ["0"], {}, "0.5"),
    ("tanh", ["0"], {}, "0"),
    ("relu", [["-1", "0", "2"]], {}, ["0", "0", "2"]),
    ("step", [["-1", "0", "2"]], {}, ["0", "0", "1"]),
    ("step at zero", [["-1", "0", "2"]], {}, ["0", "1", "1"]),
    ("equal", [["1", "2", "3"], "2"], {}, ["0", "1", "0"]),
    ("greater or equal", [["1", "2", "3"], "2"], {}, ["0", "1", "1"]),
    ("maximum", [["1", "5"], "3"], {}, ["3", "5"]),
    ("minimum", [["1", "5"], "3"], {}, ["1", "3"]),
    ("max", [[["1", "5"], ["3", "2"]]], {}, "5"),
    ("max", [[["1", "5"], ["3", "2"]]], {"axis": 0, "keepdims": True}, [["3", "5"]]),
    ("min", [[["1", "5"], ["3", "2"]]], {}, "1"),
    ("min", [[["1", "5"], ["3", "2"]]], {"axis": -1}, ["1", "2"]),
    ("mean", [[["1", "2"], ["3", "4"]]], {}, "2.5"),
    ("mean", [[["1", "2"], ["3", "4"]]], {"axis": 0}, ["2", "3"]),
    ("sqrt", ["2.25"], {}, "1.5"),
    ("abs", [["-2", "0", "3"]], {}, ["2", "0", "3"]),
    ("greater", [["1", "2", "3"], "2"], {}, ["0", "0", "1"]),
    ("where", [["1", "0", "-1"], ["1", "2", "3"], "9"], {}, ["1", "9", "3"]),
    ("linspace", ["1", "2"], {"num": 3}, ["1", "1.5", "2"]),
    ("linspace", ["1", "2"], {"num": 1}, ["1"]),
    ("split", [["1", "2", "3", "4"]], {"sections": 2, "part": 1}, ["3", "4"]),
    ("split", [[["1", "2"], ["3", "4"]]], {"sections": 2, "part": 0, "axis": 1}, [["1"], ["3"]]),
    ("softmax", [[["0", "0"], ["7", "7"]]], {}, [["0.5", "0.5"], ["0.5", "0.5"]]),
    ("naive softmax", [[["0", "0"], ["0", "0"]]], {}, [["0.25", "0.25"], ["0.25", "0.25"]]),
    ("dot", [[["1", "2"], ["3", "4"]], ["5", "6"]], {}, ["17", "39"]),
    ("dot", [["1", "2"], [["5"], ["6"]]], {}, ["17"]),
    ("sum", [[["1", "2"], ["3", "4"]]], {}, "10"),
    ("sum", [[["1", "2"], ["3", "4"]]], {"axis": 1, "keepdims": True}, [["3"], ["7"]]),
    ("half squared error", [["1", "2"], ["3", "5"]], {}, "6.5"),
    ("cross entropy", [["0", "0.5"], ["3", "0"], "1"], {}, "0"),
    ("transpose", [[["1", "2", "3"]]], {}, [["1"], ["2"], ["3"]]),
    ("reshape", [[["1", "2"], ["3", "4"]]], {"shape": [-1]}, ["1", "2", "3", "4"]),
    ("flatten", [[["1", "2"], ["3", "4"]]], {}, ["1", "2", "3", "4"]),
    ("stack", [["1", "2"], ["3", "4"]], {"axis": 1}, [["1", "3"], ["2", "4"]]),
    ("index", [[["1", "2"], ["3", "4"]]], {"index": (slice(None), 0)}, ["1", "3"]),
    ("assign", [["1", "2", "3"], "9"], {"index": (slice(0, 2),)}, ["9", "9", "3"]),
    ("arange", ["0.7", "1.0", "0.1"], {}, ["0.7", "0.8", "0.9"]),
    ("pick", [[["1", "2"], ["3", "4"]], ["1", "0"]], {}, ["2", "3"]),
    ("argmax", [[["1", "5"], ["5", "2"]]], {}, "1"),
    ("argmax", [[["1", "5"], ["5", "2"]]], {"axis": 0}, ["1", "0"]),
]


@pytest.mark.parametrize(("function", "texts", "parameters", "expected"), CASES)
def test_an_operation_gives_what_its_name_says(
    graph_of: Callable[..., Graph], function: str, texts: list[Any], parameters: dict[str, Any], expected: Any
) -> None:
    """Values that can be found by hand, in the shape that they must have."""
    value = graph_of(function, *texts, **parameters).values["y"]
    assert value.shape == numbers(expected).shape
    assert size(value - numbers(expected)) < mpmath.mpf(10) ** -90


def test_a_product_of_other_lengths_is_refused() -> None:
    """Else the rest would be left out."""
    with pytest.raises(ValueError, match=r"\(1, 2\) times \(1, 1\)"):
        dot(numbers([["1", "2"]]), numbers([["1"]]))
