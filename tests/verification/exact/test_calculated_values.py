"""Every value and gradient of a calculation must be there, finite where the reference's is, and within its bound."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array, Calculation
from adapters.reference.engine import Engine
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
    return example.nodes[-1].name


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda x: x + 1, ": computed "),
        (lambda x: x * np.nan, ": computed nan, exact 715.0, difference nan, bound "),
        (lambda x: x + np.inf, ": computed inf, exact 715.0, difference inf, bound "),
        (lambda x: x - np.inf, ": computed -inf, exact 715.0, difference inf, bound "),
        (lambda x: x[None], ": shape (1,), expected ()"),
        (lambda _: np.zeros(0), ": shape (0,), expected ()"),
    ],
    ids=["other", "nan", "inf", "-inf", "shape", "empty"],
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
    chosen = example("dl-python/softmax")
    assert judged("values", chosen).outcome is Outcome.PASSED
    for step, number in (("y4_naive", 0.25), ("y4_naive", np.inf), ("y4", np.nan), ("total", np.nan), ("y4_large", np.nan)):
        fault = Faulty(with_value(step, lambda x, number=number: np.full_like(x, number)))  # type: ignore[misc]  # bound here
        assert judged("values", chosen, fault).outcome is Outcome.FAILED, (step, number)


def test_one_nan_among_finite_entries_is_a_problem(
    example: Callable[[str], CalculationExample], judged: Callable[..., Findings]
) -> None:
    """The finite entries beside it do not hide it, also where another step overflows."""
    chosen = example("dl-python/softmax")
    for entries in ([np.nan, 0.0, 0.0], [0.0, 0.0, np.inf], [1e-9, 0.0, 0.0]):
        change = with_value("y4", lambda x, entries=entries: x + np.array(entries))  # type: ignore[misc]  # bound here
        (problem,) = judged("values", chosen, Faulty(change)).problems
        assert problem.startswith("y4 [")


def test_a_nan_in_a_gradient_is_a_problem(example: Callable[[str], CalculationExample], judged: Callable[..., Findings]) -> None:
    """Gradients are compared as values are."""
    chosen = example(NAME)
    name = next(iter(chosen.inputs))

    def change(calculation: Calculation) -> Calculation:
        return calculation._replace(gradients=calculation.gradients | {name: calculation.gradients[name] * np.nan})

    (problem,) = judged("values", chosen, Faulty(change)).problems
    assert problem.startswith(f"gradient of {name}: computed nan, exact ")


def test_a_step_that_nobody_knows_is_a_problem(
    example: Callable[[str], CalculationExample], judged: Callable[..., Findings]
) -> None:
    """A name that the example does not have is a line, not a traceback."""
    change: Change = lambda calculation: calculation._replace(values=calculation.values | {"other": np.zeros(1)})  # noqa: E731
    assert judged("values", example(NAME), Faulty(change)).problems == ["other: the example has no such step or input"]


def test_the_gradient_of_a_setting_is_not_judged(
    example: Callable[[str], CalculationExample], judged: Callable[..., Findings]
) -> None:
    """There is none to compare it with; PyTorch has nan for the exponent of a negative number."""

    def with_setting(value: float) -> Change:
        return lambda calculation: calculation._replace(gradients=calculation.gradients | {"epsilon": np.array(value)})

    chosen = example("dl-python/batch-norm")
    assert judged("values", chosen, Faulty(with_setting(0.0))).outcome is Outcome.PASSED
    assert judged("values", chosen, Faulty(with_setting(np.nan))).outcome is Outcome.PASSED
