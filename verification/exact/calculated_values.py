"""The values and gradients of a calculation on an engine, against exact arithmetic."""

from collections.abc import Iterator

import flint
import numpy as np

from adapters import Array, Calculation
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.calculations import BITS, exact_calculation
from verification.exact.comparison import differences
from verification.exact.enclosures import as_balls
from verification.exact.running_error import running_error
from verification.records import Findings
from worked_examples import CalculationExample


def calculated(case: Case[CalculationExample]) -> Calculation:
    """The engine's calculation."""
    return case.session.once(("calculation", *case.key), lambda: case.engine.calculate(case.example, case.dtype))


def wrong_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Lines for values of steps and gradients that are absent or not the exact ones, within the bound of their own formulas."""
    computed, exact = calculated(case), exact_calculation(case.session, case.example)
    rough, reference = running_error(case.example, exact, arithmetic.BITS[case.dtype]), calculated(case.on("reference"))
    if computed.unsupported:
        findings.notes.append("; ".join(f"no {name}: {reason}" for name, reason in computed.unsupported.items()))
    for kind, title, is_open in (("values", "", rough.open_values), ("gradients", "gradient of ", rough.open_gradients)):
        of_computed, of_exact, of_rough, of_reference = (getattr(source, kind) for source in (computed, exact, rough, reference))
        for name in (name for name in of_computed if name in of_exact):  # what a setting hides has no gradient
            sources = of_exact[name], of_rough[name], of_reference[name]
            lines = list(wrong_array(f"{title}{name}", of_computed[name], *sources))
            if lines and name in is_open and list(wrong_array(name, of_reference[name], *sources)):
                findings.notes.append(f"{title}{name} not judged: in {case.dtype}, rounding turns a comparison that it depends on")
            else:
                yield from lines
    yield from (f"{name}: none" for name in sorted(exact.values.keys() - computed.values.keys() - computed.unsupported.keys()))
    yield from (f"gradient of {name}: none" for name in without_gradient(case.example, computed, exact))


def wrong_array(name: str, values: Array, exact: Array, rough: Array, reference: Array) -> Iterator[str]:
    """A line for an array that is not the exact one; where it is not finite, for one that is not like the reference's."""
    if not np.all(np.isfinite(values.astype(float))):
        yield from unlike_reference(name, values, reference)
        return
    with flint.ctx.workprec(BITS):
        bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(as_balls(rough)), dtype=float)
        yield from differences(name, values, as_balls(exact), bound)


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
