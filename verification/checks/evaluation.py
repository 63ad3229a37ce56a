"""Outputs, loss and gradients of one pass, against exact arithmetic."""

from collections.abc import Iterator

import numpy as np

from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.records import Findings
from verification.runs.networks import evaluate
from worked_examples import NetworkExample

NEXT_STEP = "compare adapters/{engine} with the formulas in reference/network.py; all engines share the fixture's weights"


def check_outputs(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The outputs of every layer and the loss are the exact ones, within the rounding bound."""
    yield from compare(case, ("output", "loss"), findings)


def check_gradients(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """The gradients of every parameter and of the input are the exact ones, within the rounding bound."""
    yield from compare(case, ("gradient",), findings)


def compare(case: Case[NetworkExample], kinds: tuple[str, ...], findings: Findings) -> Iterator[str]:
    """Compare one evaluation at the initial weights with the exact one, within the derived rounding bound."""
    triples = zip(
        arithmetic.named(evaluate(case)),
        arithmetic.named(arithmetic.evaluate(case.example, None, arithmetic.EXACT)),
        arithmetic.named(arithmetic.bounds(case.example, None, case.dtype)),
        strict=True,
    )
    for (kind, name, values), (_, _, exact), (_, _, bound) in triples:
        if kind in kinds:
            findings.note_digits(kind, arithmetic.digits(values, exact))
            yield from differences(name, np.asarray(values), exact, np.asarray(bound))
