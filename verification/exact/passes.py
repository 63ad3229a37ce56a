"""Each pass of an iteration by itself: from what the engine has before it, everything in it is exact within its own rounding bound.

Rounding errors of many passes may grow beyond every bound, as the differences of a numerical gradient let them; those of one pass
do not.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import flint
import numpy as np

from adapters import Array, Calculation
from reference.comparisons import UndecidedError
from reference.graph import Node, forward
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.calculations import BITS, exact_calculation
from verification.exact.comparison import bounded_differences, same_infinity, unbounded_note
from verification.exact.enclosures import as_balls
from verification.records import Findings
from verification.rounding.overflow import overflowed, overflowing_steps
from verification.rounding.running_error import dependents, enclosed_values
from worked_examples import CalculationExample
from worked_examples.exact_numbers import Exact

exactly: Any = np.frompyfunc(Exact.read, 1, 1)


def wrong_passes(case: Case[CalculationExample], computed: Calculation, findings: Findings) -> Iterator[str]:
    """Lines for values that are not what a pass gives, started from the engine's own values before it."""
    unbounded, unrolled, exact = list[str](), case.example.unrolled, exact_calculation(case.session, case.example).values
    for number in range(1, case.example.passes.made + 1):
        known = [node for node in unrolled.of_pass(number) if node.name in computed.values and not has_range(node)]
        made = {node.name for node in known}
        start = {name: computed.values[name] for node in known for name in node.operands if name not in made}
        if all(np.all(np.isfinite(array) | same_infinity(array, as_balls(exact[name]))) for name, array in start.items()):
            yield from (f"pass {number} alone: {line}" for line in wrong_pass(case, known, start, computed, findings, unbounded))
    if unbounded:
        findings.notes.append(unbounded_note(unbounded, "one pass"))


def has_range(node: Node) -> bool:
    """Whether a node is a range, or differentiates one: its count is that of the exact operands, not of rounded ones."""
    return node.function == "arange" or any(map(has_range, node.parameters.get("nodes", ())))


def wrong_pass(
    case: Case[CalculationExample],
    nodes: list[Node],
    start: dict[str, Array],
    computed: Calculation,
    findings: Findings,
    unbounded: list[str],
) -> Iterator[str]:
    """Lines for one pass; what hangs on a comparison that rounding may turn is left to the comparison of all passes."""
    with flint.ctx.workprec(BITS):
        try:
            exact = forward(nodes, {name: np.asarray(exactly(array), dtype=object) for name, array in start.items()})
        except UndecidedError:
            return
        balls = {name: as_balls(array) for name, array in exact.items()}
        expected = overflowing_steps(nodes, balls, case.dtype)
    bits = arithmetic.BITS[case.dtype]
    rough, opened, _ = enclosed_values(nodes, {name: balls[name] for name in start}, exact, bits)
    is_open = dependents(nodes, opened)
    with flint.ctx.workprec(BITS):
        for node in nodes:
            name, values = node.name, computed.values[node.name]
            if name in is_open or np.any(overflowed(np.asarray(values), expected[name], balls[name])):
                continue
            bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(as_balls(rough[name])), dtype=float)
            note = partial(findings.note_tightness, "values")
            yield from bounded_differences(name, values, balls[name], bound, note, unbounded.append)
