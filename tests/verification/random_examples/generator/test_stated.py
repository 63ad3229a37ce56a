"""Random calculations in stated arithmetics."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verification.random_examples.generator.calculations import RECIPES
from verification.random_examples.generator.stated import ARITHMETICS, EXACT, is_exact, stated
from verification.random_examples.judging import NAME, loaded
from verification.random_examples.truth.numbers import numbers
from worked_examples import CalculationExample
from worked_examples.schema.page import ARITHMETICS as KNOWN

INEXACT = (  # quotients, roots, means, powers and what is not rational
    *(
        "divide",
        "power",
        "mean",
        "exp",
        "log",
        "sin",
        "cos",
        "tanh",
        "sigmoid",
        "sqrt",
        "softmax",
        "naive softmax",
        "cross entropy",
    ),
    *("arange", "linspace", "dropout", "batch normalization", "batch normalization at inference", "average pooling"),
    *("average pooling, padding counted", "stochastic pooling", "expected pooling", "recurrent", "lstm", "gru", "gru reset after"),
    *("hidden units", "visible units"),
)


def test_every_arithmetic_and_function_is_known() -> None:
    """A new arithmetic is stated; a new function is exact or not."""
    assert {"exact", *ARITHMETICS} == set(KNOWN)
    assert sorted([*EXACT, *INEXACT]) == sorted(RECIPES)


def test_float32_computes_every_step_exactly(drawn: Callable[..., list[Any]], tmp_path: Path) -> None:
    """The reference's values in float32 are those in float64, bit by bit."""
    from adapters.reference.engine import Engine  # noqa: PLC0415 -- of this test alone

    blocks = []
    for example in drawn(stated("dot"), 40):
        fixture = loaded(example.fixture(NAME), tmp_path)
        assert isinstance(fixture, CalculationExample)
        values, wide = (Engine().calculate(fixture, dtype).values for dtype in ("float32", "float64"))
        assert all(np.array_equal(values[name], wide[name]) for name in values)
        blocks += [block.arithmetic for block in fixture.printed]
    assert set(blocks) == set(ARITHMETICS)


@pytest.mark.parametrize(("text", "holds"), [("8", True), ("8.25", False), ("-0.03125", True), ("0.015625", False), ("0.1", False)])
def test_a_value_is_exact_on_a_grid(text: str, holds: bool) -> None:
    """A multiple of 1/32 up to 8."""
    assert is_exact(numbers([text])) == holds
