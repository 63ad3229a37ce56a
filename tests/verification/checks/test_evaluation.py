"""Outputs, loss and gradients of one pass: each array of an engine must be the exact one, by name."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array, Evaluation, Parameters
from adapters.reference.engine import Engine
from verification.records import Findings, Outcome
from worked_examples import NetworkExample

Change = Callable[[Array], Array]


class Faulty(Engine):
    """The reference with one changed array of an evaluation."""

    def __init__(self, array: str, change: Change) -> None:
        self.array, self.change = array, change

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """The changed evaluation."""
        evaluation = super().evaluate(example, parameters, dtype)
        first, *others = evaluation.gradients
        if self.array in Parameters._fields:
            changed = first._replace(**{self.array: self.change(getattr(first, self.array))})
            return evaluation._replace(gradients=[changed, *others])
        if self.array == "outputs":
            return evaluation._replace(outputs=[self.change(evaluation.outputs[0]), *evaluation.outputs[1:]])
        if self.array == "loss":
            return evaluation._replace(loss=self.change(np.asarray(evaluation.loss)))
        return evaluation._replace(input_gradient=self.change(evaluation.input_gradient))


ARRAYS = {
    "outputs": ("outputs", "output of layer 1"),
    "loss": ("outputs", "loss"),
    "kernel": ("gradients", "gradient of layer 1 kernel"),
    "bias": ("gradients", "gradient of layer 1 bias"),
    "input_gradient": ("gradients", "gradient of input"),
}
CHANGES: dict[str, Change] = {
    "a unit in the tenth digit": lambda x: x * (1 + 1e-10),
    "nan": lambda x: x * np.nan,
    "inf": lambda x: x + np.inf,
    "empty": lambda _: np.zeros(0),
    "another shape": lambda x: x[None],
    "float32": lambda x: x.astype(np.float32),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("array", ARRAYS)
def test_every_array_is_compared(
    array: str, change: str, network: Callable[[str], NetworkExample], judged: Callable[..., Findings]
) -> None:
    """A change of one array fails the check that is about it, with its name, and no other."""
    example, (check_name, title) = network("numpy-dnn/317_1"), ARRAYS[array]
    (problem,) = judged(check_name, example, Faulty(array, CHANGES[change])).problems
    assert problem.startswith(title)
    (other,) = {"outputs", "gradients"} - {check_name}
    assert judged(other, example, Faulty(array, CHANGES[change])).outcome is Outcome.PASSED


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_the_reference_is_right_in_every_type(
    dtype: str, network: Callable[[str], NetworkExample], judged: Callable[..., Findings]
) -> None:
    """Within the bound of the type; the correct digits are recorded by kind."""
    findings = judged("outputs", network("numpy-dnn/317_1"), dtype=dtype)
    assert findings.outcome is Outcome.PASSED
    assert findings.correct_digits.keys() == {"output", "loss"}


def test_further_data_and_formulas_are_compared(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> None:
    """A wrong output fails for the example's data, for further data, and in every formula of it."""
    example = network("ours/loss-table")
    assert judged("outputs", example).outcome is Outcome.PASSED
    problems = judged("outputs", example, Faulty("outputs", CHANGES["nan"])).problems
    assert [problem.partition(" [")[0] for problem in problems] == ["output of layer 1", "for test, output of layer 1"]
    assert judged("gradients", example, Faulty("outputs", CHANGES["nan"])).outcome is Outcome.PASSED
    problems = judged("gradients", example, Faulty("kernel", CHANGES["nan"])).problems
    assert [problem.partition(" [")[0] for problem in problems] == [
        "gradient of layer 1 kernel",
        "for test, gradient of layer 1 kernel",
    ]


def test_a_wrong_operand_is_told_in_its_formula(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> None:
    """The loss of the further data is in the formula too."""
    problems = judged("outputs", network("ours/loss-table"), Faulty("loss", lambda x: x * (1 + 1e-10))).problems
    assert [problem.partition(": ")[0] for problem in problems] == ["loss", "for test, loss", "gap"]
