"""Calculations step by step."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from adapters import Engine
from adapters.calculation import Arrays, UnsupportedError, walk
from worked_examples import CalculationExample


def refuse(*_: Any) -> Any:
    """A function for other parameters."""
    raise UnsupportedError("not for these parameters")


TABLE: Mapping[str, Callable[..., Any]] = {"add": lambda _, a, b: a + b, "exp": refuse}


@pytest.fixture
def example() -> CalculationExample:
    """Two sums, and three steps that the table does not have, or that need one of them."""
    table = {
        "kind": "calculation",
        "id": "ours/steps",
        "title": "steps",
        "source": {"document": "ours", "section": "tests"},
        "provenance": "ours",
        "inputs": {"a": "2"},
        "steps": "s = a + a\nm = a * s\ne = exp(a)\nt = m + s",
    }
    return CalculationExample.model_validate(table)


def test_an_unsupported_step_takes_those_that_need_it_along(example: CalculationExample) -> None:
    """A step is unsupported with the reason of its function, or of its operand; all others are computed."""
    values, unsupported = walk(example, {"a": 2}, Arrays(TABLE, lambda f, x: f(x), np.asarray, np.asarray))
    assert values == {"a": 2, "s": 4}
    assert unsupported == {"m": "no function 'multiply'", "e": "not for these parameters", "t": "no function 'multiply'"}


def test_every_engine_computes_the_same_steps(engine: Engine, example: CalculationExample) -> None:
    """2 + 2, 2 * 4, and 8 + 4."""
    calculation = engine.calculate(example, "float64")
    assert [float(calculation.values[name]) for name in ("s", "m", "t")] == [4, 8, 12]
    assert calculation.unsupported == {}
