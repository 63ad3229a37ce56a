"""Steps in each other."""

from typing import Any

import pytest

from verification.random_examples.generator.nesting import is_number, nested

STEPS: list[dict[str, Any]] = [
    {"name": "s0", "function": "multiply", "operands": ["a0", "a1"]},
    {"name": "s1", "function": "sum", "operands": ["s0"], "axis": 0},
    {"name": "s2", "function": "subtract", "operands": ["s1", "a0"]},
    {"name": "s3", "function": "split", "operands": ["a2"], "sections": 2, "part": 0},
    {"name": "s4", "function": "power", "operands": ["s2", "s3"]},
]
INPUTS = {"a0": ["1", "2"], "a1": "-0.5", "a2": ["3", "4"]}


def test_what_is_used_once_is_nested() -> None:
    """Numbers too; a split keeps its line."""
    steps, inputs = nested(STEPS, INPUTS, {"s4"})
    assert steps == "s3, _ = split(a2, 2)\ns4 = ((sum((a0 * (-0.5)), axis=0)) - a0) ** s3"
    assert inputs == {"a0": ["1", "2"], "a2": ["3", "4"]}


def test_what_is_printed_keeps_its_name() -> None:
    """Steps and inputs."""
    steps, inputs = nested(STEPS, INPUTS, {"s0", "s4", "a1"})
    assert steps == "s0 = a0 * a1\ns3, _ = split(a2, 2)\ns4 = ((sum(s0, axis=0)) - a0) ** s3"
    assert inputs == INPUTS


@pytest.mark.parametrize(
    ("text", "answer"), [("-0.5", True), ("1e-7", True), ("0", True), ("007", False), ("+1", False), ("1.", False)]
)
def test_a_number_is_one_that_python_reads_as_decimals_do(text: str, answer: bool) -> None:
    """No other form is put into a formula, and no list."""
    assert is_number(text) == answer
    assert not is_number([text])
