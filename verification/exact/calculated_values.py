"""The values and gradients of a calculation on an engine, against exact arithmetic."""

from collections.abc import Iterator

import flint
import numpy as np

from adapters import Array, Calculation
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.calculations import BITS, exact_calculation, in_balls
from verification.exact.comparison import differences
from verification.exact.enclosures import as_balls
from verification.records import Findings
from worked_examples import CalculationExample


def calculated(case: Case[CalculationExample]) -> Calculation:
    """The engine's calculation."""
    return case.session.once(("calculation", *case.key), lambda: case.engine.calculate(case.example, case.dtype))


def wrong_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Lines for values of steps and gradients that are absent or not the exact ones, within the bound of their own formulas."""
    computed, exact = calculated(case), exact_calculation(case.session, case.example)
    rough, reference = in_balls(case.example, arithmetic.BITS[case.dtype]), calculated(case.on("reference"))
    if computed.unsupported:
        findings.notes.append("; ".join(f"no {name}: {reason}" for name, reason in computed.unsupported.items()))
    with flint.ctx.workprec(BITS):
        for kind, title in (("values", ""), ("gradients", "gradient of ")):
            for name, values in getattr(computed, kind).items():
                if np.all(np.isfinite(values.astype(float))):
                    expected, wide = (as_balls(getattr(source, kind)[name]) for source in (exact, rough))
                    bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(wide), dtype=float)
                    yield from differences(f"{title}{name}", values, expected, bound)
                else:
                    yield from unlike_reference(f"{title}{name}", values, getattr(reference, kind)[name])
    yield from (f"{name}: none" for name in sorted(exact.values.keys() - computed.values.keys() - computed.unsupported.keys()))
    yield from (f"gradient of {name}: none" for name in without_gradient(case.example, computed, exact))


def unlike_reference(name: str, values: Array, expected: Array) -> Iterator[str]:
    """A line for an array whose inf and nan are not where the reference has them in the same type: some formulas overflow."""
    alike = values.shape == expected.shape and np.array_equal(np.isfinite(values), np.isfinite(expected))
    finite = np.isfinite(values)
    if not alike or not np.array_equal(values[~finite], expected[~finite], equal_nan=True):
        yield f"{name}: computed {values.tolist()}, by the reference {expected.tolist()}"


def without_gradient(example: CalculationExample, computed: Calculation, exact: Calculation) -> list[str]:
    """The inputs and steps without a gradient, although it is not 0; none where the final step is unsupported."""
    if example.gradients_of in computed.unsupported:
        return []
    absent = exact.gradients.keys() - computed.gradients.keys() - computed.unsupported.keys()
    return sorted(name for name in absent if np.any(exact.gradients[name] != 0))
