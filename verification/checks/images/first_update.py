"""The first update, on scikit-learn's handwritten digits: the exact one, within the rounding bound."""

from collections.abc import Iterator
from functools import partial

from verification.case import Case
from verification.checks.trajectory import one_step
from verification.exact import arithmetic
from verification.images.data import stand_in
from verification.images.training_runs import after_first_batch, on_first_batch
from verification.records import Findings
from worked_examples import ImageExample

NEXT_STEP = "compare adapters/{engine}/training.py with reference/optimization"


def check_first_update(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """The first update with the digits is the exact one, within the rounding bound of ball arithmetic."""
    first = on_first_batch(case, stand_in(case.example))
    parameters = {0: arithmetic.initial(first.example, case.dtype), 1: after_first_batch(first)}
    yield from one_step(
        first,
        0,
        parameters,
        partial(findings.note_tightness, "first_update"),
        note_digits=partial(findings.note_digits, "parameters"),
    )
