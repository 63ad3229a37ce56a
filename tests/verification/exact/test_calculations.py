"""Calculations in exact numbers: rationals where they suffice, else narrow balls; wide ones for inputs known as printed only."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Calculation
from verification.exact.calculations import exact_calculation, number, place, widened
from verification.session import Session
from worked_examples import CalculationExample, FixtureError
from worked_examples.schema.kinds.calculation import CalculationTarget


def test_rational_arithmetic_is_exact(example: Callable[[str], CalculationExample]) -> None:
    """A shopping bill has no rounding; the softmax needs balls; each is computed once in a session."""
    session = Session()
    bill = exact_calculation(session, example("dl-python/graph-shopping"))
    assert all(entry.rational is not None for array in bill.values.values() for entry in np.ravel(array))
    softmax = exact_calculation(session, example("dl-python/softmax"))
    assert any(entry.rational is None for array in softmax.values.values() for entry in np.ravel(array))
    assert exact_calculation(session, example("dl-python/softmax")) is softmax


def test_a_rounded_input_is_every_number_that_rounds_to_it(example: Callable[[str], CalculationExample]) -> None:
    """Half a unit of its last place; the other inputs stay as they are."""
    chosen = example("dl-python/graph-shopping")
    first, *others = chosen.inputs
    changed = chosen.model_copy(update={"inputs": chosen.inputs | {first: "0.25"}, "rounded": [first]})
    inputs = widened(changed)
    assert str(inputs[first]) == "0.25 +/- 0.005"
    assert {name: inputs[name] for name in others} == {name: chosen.inputs[name] for name in others}


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [("m", (1, 0), 3.0), ("v", (1,), 6.0), ("v", (0, 1), 6.0), ("row", (1,), 8.0), ("s", (), 9.0), ("s", (0,), 9.0)],
)
def test_an_index_finds_a_number(
    name: str, index: tuple[int, ...], expected: float, example: Callable[[str], CalculationExample]
) -> None:
    """A matrix of one row may be printed as a list, a list as a matrix of one row, and a scalar as a list of one number."""
    values = {"m": np.array([[1.0, 2.0], [3.0, 4.0]]), "v": np.array([5.0, 6.0]), "row": np.array([[7.0, 8.0]]), "s": np.array(9.0)}
    target, chosen = CalculationTarget(name, gradient=False, entry=(), attribute=""), example("dl-python/graph-shopping")
    assert number(chosen, Calculation(values, {}, {}), target, index) == expected
    assert number(chosen, Calculation({}, values, {}), target._replace(gradient=True), index) == expected


@pytest.mark.parametrize(
    ("shape", "entry", "index"), [((2, 2), (), (1,)), ((2,), (), (2,)), ((2,), (), (1, 0)), ((2, 3), (2,), (0,))]
)
def test_an_index_outside_is_refused(
    shape: tuple[int, ...], entry: tuple[int, ...], index: tuple[int, ...], example: Callable[[str], CalculationExample]
) -> None:
    """A list for a matrix of two rows is ambiguous; an index beyond the end is none."""
    target = CalculationTarget("m", gradient=False, entry=entry, attribute="")
    with pytest.raises(FixtureError, match=r"graph-shopping.toml: printed: 'm\[.*\]' lies outside an array of the shape"):
        place(example("dl-python/graph-shopping"), shape, target, index)


@pytest.mark.parametrize(("function", "x", "power"), [("exp", "1e9", "above 1e100,000"), ("exp", "-1e300", "below 1e-100,000")])
def test_a_number_beyond_every_type_is_refused(function: str, x: str, power: str) -> None:
    """It is a ball, but no decimal; the message names the step and what to write instead."""
    example = CalculationExample.model_validate(
        {
            "kind": "calculation",
            "id": "a/b",
            "title": "t",
            "provenance": "ours",
            "source": {"document": "a", "section": "s"},
            "inputs": {"x": x},
            "steps": [{"name": "y", "function": function, "operands": ["x"]}],
        }
    )
    known = exact_calculation(Session([example]), example)
    with pytest.raises(FixtureError, match=rf"steps: 'y' has a magnitude {power}, which is not judged; write smaller inputs$"):
        number(example, known, CalculationTarget("y", gradient=False, entry=(), attribute=""), ())
