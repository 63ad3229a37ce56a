"""The values and gradients of a calculation on an engine, against exact arithmetic."""

from collections.abc import Iterator

import flint
import numpy as np

from adapters.calculation import Calculation
from verification import exact_arithmetic
from verification.case import Case
from verification.comparison import differences
from verification.exact_calculations import BITS, as_balls, exact_calculation, in_balls
from verification.records import Findings
from worked_examples import CalculationExample


def calculated(case: Case[CalculationExample]) -> Calculation:
    """The engine's calculation."""
    return case.session.once(("calculation", *case.key), lambda: case.engine.calculate(case.example, case.dtype))


def wrong_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Lines for values of steps and gradients that are not the exact ones, within the rounding bound of their own formulas."""
    found, exact = calculated(case), exact_calculation(case.session, case.example)
    rough = in_balls(case.example, exact_arithmetic.BITS[case.dtype])
    if found.unsupported:
        findings.notes.append("; ".join(f"no {name}: {reason}" for name, reason in found.unsupported.items()))
    with flint.ctx.workprec(BITS):
        for kind, title in (("values", ""), ("gradients", "gradient of ")):
            for name, values in getattr(found, kind).items():
                if np.all(np.isfinite(values.astype(float))):
                    right, wide = (as_balls(getattr(source, kind)[name]) for source in (exact, rough))
                    bound = np.asarray(exact_arithmetic.SAFETY_FACTOR * exact_arithmetic.radius(wide), dtype=float)
                    yield from differences(f"{title}{name}", values, right, bound)
    yield from (f"gradient of {name}: none" for name in without_gradient(found, exact))


def without_gradient(found: Calculation, exact: Calculation) -> list[str]:
    """The inputs and steps for which the engine gives no gradient, although it is not 0."""
    if not found.gradients:
        return []
    absent = exact.gradients.keys() - found.gradients.keys() - found.unsupported.keys()
    return sorted(name for name in absent if np.any(exact.gradients[name] != 0))
