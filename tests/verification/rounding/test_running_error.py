"""Running errors: radii bound what rounding may do; comparisons are decided by the exact numbers, and what follows is told."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from adapters import Calculation
from adapters.reference.engine import Engine
from reference.graph import FUNCTIONS
from verification.exact import arithmetic
from verification.exact.calculations import exactly
from verification.records import Findings, Outcome
from verification.rounding.running_error import PLAIN_SUMS, WITHOUT_SUMS, bits_lost, dependents, running_error
from worked_examples import CalculationExample

HEAD = {"kind": "calculation", "id": "a/b", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}
Make = Callable[..., CalculationExample]


@pytest.fixture
def make() -> Make:
    """``make(inputs, step, ...)``: a calculation, its last step differentiated."""

    def calculation(inputs: Mapping[str, Any], *steps: str) -> CalculationExample:
        final = steps[-1].split()[0]
        return CalculationExample.model_validate({**HEAD, "inputs": inputs, "steps": "\n".join(steps), "gradients_of": final})

    return calculation


def test_radii_bound_the_error_of_float64(make: Make) -> None:
    """Of values and gradients; the narrower the type, the wider the balls."""
    example = make({"x": ["0.1", "0.7"]}, "e = exp(x)", "y = sum(e)")
    exact, floats = exactly(example), Engine().calculate(example, "float64")
    errors = running_error(example, exact, 53)
    for source, name in (("values", "y"), ("gradients", "x")):
        radii = np.asarray(arithmetic.radius(getattr(errors, source)[name]), dtype=float)
        computed, expected = arithmetic.balls(getattr(floats, source)[name].astype(object)), as_balls(getattr(exact, source)[name])
        distance = arithmetic.distance(computed, expected)
        assert np.all(np.asarray(distance, dtype=float) <= radii)
        wide = arithmetic.radius(getattr(running_error(example, exact, 24), source)[name])
        assert np.all(np.asarray(wide, dtype=float) > 1e6 * radii)
    assert errors.open_values == errors.open_gradients == frozenset()


def as_balls(array: Any) -> Any:
    """Exact numbers as balls."""
    return np.frompyfunc(lambda number: number.ball(), 1, 1)(array)


def test_what_depends_on_an_open_comparison_is_told(make: Make) -> None:
    """0.1 + 0.2 - 0.3 is 0: exactly, ReLU gives 0 and passes no gradient; in float64 it is 5.6e-17, and passes one."""
    steps = ["s = a + b", "t = s - c", "y = relu(t)", "z = exp(y)"]
    example = make({"a": "0.1", "b": "0.2", "c": "0.3"}, *steps)
    errors = running_error(example, exactly(example), 53)
    assert errors.open_values == {"y", "z"}
    assert errors.open_gradients == {"a", "b", "c", "s", "t", "y", "z"}
    assert [float(errors.gradients["a"][()]), float(errors.values["y"][()])] == [0, 0]
    assert 1e-17 < float(errors.values["y"].item().rad()) < 1e-15


@pytest.mark.parametrize(
    ("step", "divisor"), [("y = sum(x)", 1), ("y = x @ ones", 1), ("y = mean(x)", 3), ("y = sum(x, axis=0)", 1)]
)
def test_a_sum_is_enclosed_in_every_order(make: Make, step: str, divisor: int) -> None:
    """1e16 - 1e16 + 1 is 1 in this order, and 0 in float64 where 1 is added first; every term is exact, and so is the sum."""
    example = make({"x": ["1e16", "-1e16", "1"], "ones": ["1", "1", "1"]}, step)
    sums = [np.sum(np.array(terms)) for terms in ([1e16, -1e16, 1.0], [1.0, 1e16, -1e16])]
    assert sums == [1.0, 0.0]
    value = running_error(example, exactly(example), 50).values["y"].item()
    assert all(value.contains(float(computed) / divisor) for computed in sums)


def test_long_sums_have_fewer_bits() -> None:
    """Up to 8 terms the safety factor is enough; twice as many lose a bit."""
    assert [bits_lost(n) for n in (0, 1, 8, 9, 16, 784)] == [0, 0, 0, 1, 1, 7]


def test_what_is_said_of_functions_is_said_of_some() -> None:
    """Every name is that of a function, and none has two descriptions."""
    assert set(FUNCTIONS) >= PLAIN_SUMS | WITHOUT_SUMS
    assert not PLAIN_SUMS & WITHOUT_SUMS


def test_dependents_are_followed() -> None:
    """Step by step; what comes before and beside is not open."""
    steps = "\n".join(f"{name} = exp({operand})" for name, operand in ("ax", "ba", "cx", "db"))
    example = CalculationExample.model_validate({**HEAD, "inputs": {"x": "1"}, "steps": steps})
    assert dependents(example.nodes, {"a"}) == {"a", "b", "d"}


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_a_tie_that_rounding_breaks_is_no_problem_of_the_engine(make: Make, engine: str, judged: Callable[..., Findings]) -> None:
    """It is a note; a tie that float64 sees too is judged, and passes."""
    steps = ["s = a + b", "t = s - c", "y = relu(t)"]
    broken = judged("values", make({"a": "0.1", "b": "0.2", "c": "0.3"}, *steps), engine)
    assert (broken.outcome, broken.problems) == (Outcome.PASSED, [])
    assert any("not judged: in float64, rounding turns a comparison" in note for note in broken.notes)
    seen = judged("values", make({"a": "0.1", "b": "0.2", "c": "0.3"}, "t = a - a", "y = relu(t)"), engine)
    assert (seen.outcome, seen.notes) == (Outcome.PASSED, [])


def test_an_engine_that_shares_the_gradient_of_a_tie_is_found(make: Make, judged: Callable[..., Findings]) -> None:
    """Equal decimals are equal in every type: the convention is the reference's."""

    class Sharing(Engine):
        """Half of the gradient to either operand."""

        def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
            """The changed calculation."""
            calculation = super().calculate(example, dtype)
            halves = {name: np.asarray(0.5) for name in ("a", "b")}
            return calculation._replace(gradients=calculation.gradients | halves)

    example = make({"a": "0.1", "b": "0.1"}, "y = maximum(a, b)")
    assert judged("values", example).outcome is Outcome.PASSED
    assert len(judged("values", example, Sharing()).problems) == 2
