"""Where an iteration ends: the same in the arithmetic of a page as by exact numbers, or open."""

from verification.arithmetics import rounded_chain
from verification.case import Case
from verification.exact.calculations import exact_calculation
from verification.rounding.running_bound import bits_of
from verification.rounding.running_error import RunningError, running_error
from worked_examples import CalculationExample
from worked_examples.schema.calculations.unrolled import LAST
from worked_examples.schema.kinds.calculation import CalculationTarget


def open_end(case: Case[CalculationExample], target: CalculationTarget, arithmetic: str) -> str:
    """Why it is open what a name means in an arithmetic, because the iteration may end elsewhere; empty where it is not."""
    example, passes = case.example, case.example.passes
    if example.iteration is None or not example.iteration.until or not (target.passes or hangs_on_last(example, target)):
        return ""
    if passes.open and (hangs_on_last(example, target) or target.passes > passes.made):
        return passes.open
    for number, condition in enumerate(tested(example, target), 1):
        if arithmetic.startswith("float") and condition in rounded(case, arithmetic).open_values:
            return f"in {arithmetic}, whether the iteration ends with pass {number} is open"
        if arithmetic == "rounded chain" and turns(case, condition):
            return f"by the rounded chain the iteration does not end where it does by exact numbers: pass {number} differs"
    return ""


def hangs_on_last(example: CalculationExample, target: CalculationTarget) -> bool:
    """Whether a name means something of the last pass: a value after it, or a gradient of what is computed in it."""
    if target.gradient:
        return bool(example.unrolled.node(example.gradients_of, LAST)[1])
    return target.passes == LAST


def tested(example: CalculationExample, target: CalculationTarget) -> list[str]:
    """The conditions that a name hangs on: those of all passes before it, and where it is after all, the one that ends them."""
    conditions, passes = list(example.unrolled.conditions()), example.passes
    if not hangs_on_last(example, target):
        return conditions[: target.passes - 1]
    is_free = example.iteration is not None and passes.made == example.iteration.times
    return conditions[: passes.made - is_free]


def turns(case: Case[CalculationExample], condition: str) -> bool:
    """Whether a condition is another one in the rounded chain than by exact numbers."""
    chained, exact = (
        known.values[condition][()]
        for known in (rounded_chain.calculation(case.session, case.example), exact_calculation(case.session, case.example))
    )
    return not ((chained == 0 and exact == 0) or (chained != 0 and exact != 0))


def rounded(case: Case[CalculationExample], dtype: str) -> RunningError:
    """The calculation with the errors that a floating-point type may make."""
    exact = exact_calculation(case.session, case.example)
    return case.session.once(("running error", case.example.id, dtype), lambda: running_error(case.example, exact, bits_of(dtype)))
