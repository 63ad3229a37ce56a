"""The layers of every engine against exact arithmetic."""

from typing import Any

import flint
import numpy as np
import pytest

from adapters import Engine, load_engine
from reference.graph import backward, forward
from verification.case import Case
from verification.checks.calculation import check_values
from verification.records import Findings
from verification.session import Session
from worked_examples import CalculationExample, numbers

UNSUPPORTED = {("gru", "torch"): ["no y: no function 'gru'; no loss: no function 'gru'"]}


def test_every_layer_gives_the_exact_outputs_and_gradients(
    engine_name: str, engine: Engine, each_layer: CalculationExample
) -> None:
    """Outputs and all gradients are those of ball arithmetic, within a rounding bound derived from balls of 53 bits."""
    findings = Findings(example=each_layer.id, engine=engine_name, check="values", dtype="float64")
    case = Case(each_layer, engine_name, Session([each_layer], engines={engine_name: engine}))
    assert list(check_values(case, findings)) == []
    assert findings.notes == UNSUPPORTED.get((each_layer.nodes[0].function, engine_name), [])


def test_every_backward_rule_is_the_gradient_of_its_layer(each_layer: CalculationExample) -> None:
    """Along a direction in all operands at once, the loss rises as the gradients say: central differences at 200 bits.

    The step 2^-40 makes them wrong by 1.4e-25 third derivatives, here below a million.
    """
    with flint.ctx.workprec(200):
        step = flint.arb(2) ** -40
        nodes = each_layer.nodes
        values = {name: np.asarray(numbers(array, "ball")) for name, array in each_layer.inputs.items()}
        gradients = backward(nodes, forward(nodes, values), "loss", np.asarray(flint.arb(1)))
        directions = {name: direction(array) for name, array in values.items() if name in gradients}
        above, below = (
            forward(nodes, {**values, **{name: values[name] + side * v for name, v in directions.items()}})["loss"]
            for side in (step, -step)
        )
        rise = sum((gradients[name] * v).sum() for name, v in directions.items())
        assert abs((above - below) / (2 * step) - rise) < 1e-18


def direction(array: Any) -> Any:
    """A direction in the space of an array: eighths, so that equal entries stay equal or part, exactly."""
    return np.array([flint.arb(i % 7 - 3) / 8 for i in range(array.size)], dtype=object).reshape(array.shape)


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_no_layer_of_the_reference_leaves_its_number_type(each_layer: CalculationExample, dtype: str) -> None:
    """What goes in as float16 or float32 comes out as such, gradients included: nothing is computed in a wider type."""
    calculation = load_engine("reference").calculate(each_layer, dtype)
    assert {str(array.dtype) for array in (*calculation.values.values(), *calculation.gradients.values())} == {dtype}
