"""The first update, on scikit-learn's handwritten digits: the exact one, within the rounding bound."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from adapters import Array, Parameters
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.exact.other_engines import evidence
from verification.images.ball_arithmetic import updated_in_balls
from verification.images.data import DIGITS, as_network, initial
from verification.images.training_runs import first_batch
from verification.records import Findings
from worked_examples import ImageExample

NEXT_STEP = "compare adapters/{engine}/training.py with reference/optimization"


def check_first_update(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """The first update with the digits is the exact one, within the rounding bound of ball arithmetic."""
    example, batch = case.example, first_batch(case, DIGITS)
    precisions = arithmetic.EXACT, arithmetic.BITS[case.dtype]
    exact, rough = (updated_in_balls(example, batch, bits) for bits in precisions)
    after = after_first_update(case)
    if len(after) != len(exact):
        yield f"parameters of {len(after)} layers after the first update, expected {len(exact)}"
        return
    note = partial(findings.note_tightness, "first_update")
    for number, (computed, expected, wide) in enumerate(zip(after, exact, rough, strict=True), 1):
        for name in (name for name, array in expected._asdict().items() if array.size):
            array, known, balls = (getattr(layer, name) for layer in (computed, expected, wide))
            bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(balls), dtype=float)
            findings.note_digits("parameters", arithmetic.digits(array, known))
            for line in differences(f"layer {number} {name} after the first update", array, known, bound, note):
                yield line + evidence(case, array, known, bound, partial(parameter, number - 1, name))


def after_first_update(case: Case[ImageExample]) -> list[Parameters]:
    """The engine's parameters after the first update with the digits."""

    def compute() -> list[Parameters]:
        batch = first_batch(case, DIGITS)
        network = as_network(case.example, initial(case.example, batch.x.shape[1]), batch)
        trainer = case.engine.trainer(network, case.dtype, compiled=False)
        trainer.train_batches(*batch, len(batch.t))
        return trainer.parameters()[: len(network.network.layers)]

    return case.session.once(("first update", *case.key), compute)


def parameter(layer: int, name: str, case: Case[ImageExample]) -> Array | None:
    """One array of another engine after its first update; None where it has no such layer."""
    after = after_first_update(case)
    array: Array | None = getattr(after[layer], name) if layer < len(after) else None
    return array
