"""Every value and gradient of a calculation must be there, finite where the reference's is, and within its bound."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array, Calculation
from adapters.reference.engine import Engine
from verification.exact.calculated_values import unlike_reference
from verification.records import Findings, Outcome
from worked_examples import CalculationExample

Change = Callable[[Calculation], Calculation]
NAME = "dl-python/graph-shopping"


class Faulty(Engine):
    """The reference with changed results."""

    def __init__(self, change: Change) -> None:
        self.change = change

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """The changed calculation."""
        return self.change(super().calculate(example, dtype))


def with_value(name: str, change: Callable[[Array], Array]) -> Change:
    """Changes the value of one step."""
    return lambda calculation: calculation._replace(values=calculation.values | {name: change(calculation.values[name])})


def final(example: CalculationExample) -> str:
    """The last step."""
    return example.steps[-1].name


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda x: x + 1, ": computed "),
        (lambda x: x * np.nan, ": computed nan, by the reference "),
        (lambda x: x + np.inf, ": computed inf, by the reference "),
        (lambda x: x[None], ": shape (1,), expected ()"),
        (lambda _: np.zeros(0), ": shape (0,), expected ()"),
    ],
    ids=["other", "nan", "inf", "shape", "empty"],
)
def test_a_wrong_value_is_a_problem(
    change: Callable[[Array], Array], line: str, example: Callable[[str], CalculationExample], judged: Callable[..., Findings]
) -> None:
    """Another number, nan, inf, another shape and an empty array each fail by the name of the step."""
    chosen = example(NAME)
    assert judged("values", chosen).outcome is Outcome.PASSED
    problems = judged("values", chosen, Faulty(with_value(final(chosen), change))).problems
    assert len(problems) == 1
    assert problems[0].startswith(f"{final(chosen)}{line}")


def test_an_absent_value_is_a_problem(example: Callable[[str], CalculationExample], judged: Callable[..., Findings]) -> None:
    """An engine that leaves out a step without a reason has not computed it; with a reason it is a note."""
    chosen = example(NAME)
    name = final(chosen)

    def without(calculation: Calculation) -> Calculation:
        return calculation._replace(values={key: value for key, value in calculation.values.items() if key != name})

    assert f"{name}: none" in judged("values", chosen, Faulty(without)).problems
    explained = judged(
        "values",
        chosen,
        Faulty(lambda calculation: without(calculation)._replace(gradients={}, unsupported={name: "no such function"})),
    )
    assert (explained.outcome, explained.notes) == (Outcome.PASSED, [f"no {name}: no such function"])


def test_an_absent_gradient_is_a_problem(example: Callable[[str], CalculationExample], judged: Callable[..., Findings]) -> None:
    """Where the gradient is not 0 the engine must give it, if only one or all are absent."""
    chosen = example(NAME)
    assert chosen.gradients_of
    (first, *_) = chosen.inputs
    without_first = judged(
        "values",
        chosen,
        Faulty(lambda calculation: calculation._replace(gradients={k: v for k, v in calculation.gradients.items() if k != first})),
    )
    assert without_first.problems == [f"gradient of {first}: none"]
    without_any = judged("values", chosen, Faulty(lambda calculation: calculation._replace(gradients={})))
    assert f"gradient of {first}: none" in without_any.problems
    assert len(without_any.problems) > 1


def test_a_formula_that_overflows_may_do_so_on_every_engine(
    example: Callable[[str], CalculationExample], judged: Callable[..., Findings]
) -> None:
    """The naive softmax of large numbers is nan in print, too; finite numbers in its place are wrong by its exact value."""
    assert judged("values", example("dl-python/softmax")).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("values", "expected", "is_alike"),
    [
        ([np.nan, 1.0], [np.nan, 1.0], True),
        ([np.inf, 1.0], [np.inf, 2.0], True),
        ([np.inf], [-np.inf], False),
        ([np.nan], [np.inf], False),
        ([np.nan, 1.0], [1.0, np.nan], False),
        ([[np.nan]], [np.nan], False),
    ],
)
def test_inf_and_nan_are_compared_by_place_and_sign(values: list[float], expected: list[float], is_alike: bool) -> None:
    """Finite entries are another question."""
    lines = list(unlike_reference("y", np.array(values), np.array(expected)))
    assert (lines == []) is is_alike
