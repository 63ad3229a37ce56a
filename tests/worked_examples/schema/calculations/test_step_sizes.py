"""The sizes of steps: known from the shapes, before memory is allocated."""

from typing import Any

import numpy as np
import pytest

from reference.graph import Node
from worked_examples.schema.calculations.step_sizes import multiplications, result_size, size_fault


def zeros(*shape: int) -> Any:
    """An array of this shape that takes no memory."""
    return np.broadcast_to(np.float64(0), shape)


def fault(function: str, *operands: Any, **parameters: Any) -> str:
    """What is wrong with the size of a step of these operands."""
    names = tuple(f"x{position}" for position in range(len(operands)))
    return size_fault(Node("y", function, names, parameters), dict(zip(names, operands, strict=True)))


def number(value: float) -> Any:
    """A number as an array."""
    return np.asarray(value)


@pytest.mark.parametrize(
    ("function", "operands", "parameters", "entries"),
    [
        ("add", (zeros(300_000, 1), zeros(1, 300_000)), {}, "90,000,000,000"),
        ("half squared error", (zeros(300_000, 1), zeros(1, 300_000)), {}, "90,000,000,000"),
        ("dot", (zeros(300_000, 1), zeros(1, 300_000)), {}, "90,000,000,000"),
        ("arange", (number(0), number(1e12), number(1)), {}, "1,000,000,000,000"),
        ("arange", (number(0), number(1e300), number(1e-300)), {}, "1,000,000,000,000,000"),
        ("max pooling", (zeros(1, 1, 4, 4),), {"size": 2, "padding": 1_000_000}, "16,000,048,000,036"),
        ("convolution", (zeros(1, 1, 4, 4), zeros(1, 1, 2, 2), zeros(1)), {"padding": 1_000_000}, "16,000,048,000,036"),
        ("linspace", (number(0), number(1)), {"num": 1_000_001}, "1,000,001"),
        ("stack", (zeros(600_000), zeros(600_000)), {}, "1,200,000"),
    ],
)
def test_a_result_that_is_too_large(function: str, operands: Any, parameters: dict[str, int], entries: str) -> None:
    """The message says how large it would be and what is accepted; nothing is computed."""
    message = fault(function, *operands, **parameters)
    assert message == f"'{function}' would make {entries} numbers; accepted: at most 1,000,000"


def test_an_exponent_that_is_too_great() -> None:
    """A power of exact numbers would never end; the greatest exponent is accepted."""
    message = "'power' has an exponent of 10001; accepted: from -10,000 to 10,000"
    assert fault("power", number(2), np.asarray([3.0, -10_001.0])) == message
    assert fault("power", number(2), number(10_000)) == ""


def test_too_many_multiplications() -> None:
    """A product of large matrices is small, but takes long in exact arithmetic."""
    message = fault("dot", zeros(500, 500), zeros(500, 500))
    assert message == "'dot' would take 125,000,000 multiplications; accepted: at most 10,000,000"


@pytest.mark.parametrize(
    ("function", "operands", "parameters"),
    [
        ("add", (zeros(3), zeros(4)), {}),
        ("dot", (zeros(3, 4), zeros(4, 5)), {}),
        ("arange", (number(0), number(1), number(0)), {}),
        ("arange", (number(0), number(1), number(-1)), {}),
        ("arange", (zeros(0), number(1), number(1)), {}),
        ("convolution", (zeros(5, 5), zeros(3, 3), zeros(1)), {}),
        ("max pooling", (zeros(1, 1, 4, 4),), {"size": 0, "stride": 0}),
        ("max pooling", (zeros(1, 1, 4, 4),), {}),
        ("flatten", (zeros(1000, 1000),), {}),
    ],
)
def test_what_fits_or_cannot_be_computed_for_another_reason_is_not_too_large(
    function: str, operands: Any, parameters: dict[str, int]
) -> None:
    """Wrong shapes are told by the step itself."""
    assert fault(function, *operands, **parameters) == ""


def test_sizes_of_a_convolution() -> None:
    """All windows of all channels, and as many multiplications for each filter."""
    operands = [zeros(2, 3, 5, 5), zeros(4, 3, 3, 3), zeros(4)]
    node = Node("y", "convolution", ("x", "k", "b"), {"stride": 2})
    assert result_size(node, operands) == 2 * 3 * (2 * 2) * (3 * 3)
    assert multiplications(node, [operand.shape for operand in operands]) == 4 * 2 * 3 * (2 * 2) * (3 * 3)
