"""The first update, on scikit-learn's handwritten digits: the exact one, within the rounding bound."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from adapters import Parameters
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.images.ball_arithmetic import updated_in_balls
from verification.images.data import DIGITS, initial
from verification.images.training_runs import first_batch
from verification.records import Findings
from worked_examples import ImageExample

NEXT_STEP = "compare adapters/{engine}/minibatch.py with reference/optimization"


def check_first_update(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """The first update with the digits is the exact one, within the rounding bound of ball arithmetic."""
    example, batch = case.example, first_batch(case, DIGITS)
    trainer = case.engine.minibatch_trainer(example, initial(example, batch.x.shape[1]), case.dtype, compiled=False)
    trainer.train_batches(batch.x, batch.labels, len(batch.labels))
    precisions = arithmetic.EXACT, arithmetic.BITS[case.dtype]
    exact, rough = (updated_in_balls(example, batch, bits) for bits in precisions)
    after = trainer.parameters()
    if len(after) != len(exact):
        yield f"parameters of {len(after)} layers after the first update, expected {len(exact)}"
        return
    note = partial(findings.note_tightness, "first_update")
    for number, (computed, expected, wide) in enumerate(zip(after, exact, rough, strict=True), 1):
        for name, array, known, balls in zip(Parameters._fields, computed, expected, wide, strict=True):
            bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(balls), dtype=float)
            findings.note_digits("parameters", arithmetic.digits(array, known))
            yield from differences(f"layer {number} {name} after the first update", array, known, bound, note)
