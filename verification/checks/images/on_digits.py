"""Trainings and predictions that need no data of the page: they run on scikit-learn's handwritten digits."""

from collections.abc import Iterator
from functools import partial

import flint
import numpy as np

from adapters import Array
from adapters.reference.training import Trainer
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.exact.parameter_distances import beyond
from verification.images.data import DIGITS, as_network, initial, scaled
from verification.images.training_runs import differently_classified, on_first_batch, rows_on_digits, train_on_images, trained
from verification.records import Findings
from verification.rounding.error_bounds import flat, shaped
from worked_examples import ImageExample, NetworkExample

ImageCase = Case[ImageExample]
FIRST = 200  # updates in which the compiled loop is compared with eager training
BATCH = 20
OTHER_ORDER = "the first update is checked by itself; where that is right, compare the order of the batches"
NOT_EAGER = (
    "the compiled loop and the eager update are two: "
    "the check update says whether the eager one is away, the check digits whether the compiled one is"
)
OTHER_OUTPUTS = "compare adapters/{engine}/training.py with reference/network.py"


def divergence_bound(case: ImageCase, updates: int) -> float:
    """How far, in the 2-norm, two engines may differ after so many updates with the digits.

    Every update adds at most what rounding adds to the first (the radii of balls at 53 bits); each such error grows on its way to
    the end as a change of the first weights does, here of each by a millionth, up or down; twice, for neither engine is exact.
    """
    reference = case.on("reference")

    def compute() -> float:
        first = on_first_batch(case, DIGITS)
        begun = arithmetic.initial(first.example, "float64")
        start = begun[: len(case.example.network.layers)]
        changed = flat(start) * (1 + 1e-6 * np.random.RandomState(0).choice([-1, 1], flat(start).size))
        starts = start, shaped(changed, start)
        exact, other = (train_on_images(reference, DIGITS, [updates], compiled=False, start=weights) for weights in starts)
        growth = other.distance(exact) / float(np.linalg.norm(changed - flat(start)))
        after = arithmetic.update(first.example, begun, 53)[: len(start)]
        radii = [np.ravel(arithmetic.radius(array)) for layer in after for array in layer]
        error = arithmetic.SAFETY_FACTOR * float(np.linalg.norm(np.concatenate(radii).astype(float)))
        return 2 * updates * error * max(growth, 1.0)

    return case.session.once(("divergence bound", case.example.id, updates), compute)


def check_digits(case: ImageCase, findings: Findings) -> Iterator[str]:
    """On the digits every engine classifies as many correctly at every row as the reference, and ends at the same weights."""
    computed, expected = trained(case, DIGITS), trained(case.on("reference"), DIGITS)
    yield from (f"digits, {line}" for line in differently_classified(computed, expected))
    bound, note = divergence_bound(case, rows_on_digits(case.example)[-1]), partial(findings.note_tightness, "digits")
    yield from beyond("digits: distance of the weights at the end", computed.distance(expected), bound, note)


def check_compiled(case: ImageCase, findings: Findings) -> Iterator[str]:
    """On the digits the compiled loop and eager training agree over the first updates."""
    compiled, eager = (train_on_images(case, DIGITS, [FIRST], compiled=path) for path in (True, False))
    yield from differently_classified(compiled, eager)
    bound, note = divergence_bound(case, FIRST), partial(findings.note_tightness, "compiled_digits")
    yield from beyond(f"distance of the weights after {FIRST} updates", compiled.distance(eager), bound, note)


def outputs_in_balls(network: NetworkExample, x: Array, bits: int) -> Array:
    """The outputs in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return Trainer(network, "ball").outputs_for(x, len(x))


def check_outputs(case: ImageCase, findings: Findings) -> Iterator[str]:
    """The outputs for digits, with batch size 1 and in batches, are the exact ones, within the rounding bound of ball arithmetic.

    The supplied weights are made for other images; random weights are used instead.
    """
    example, x = case.example, scaled(case.session, DIGITS, "test", "255").x[:BATCH]
    network = as_network(example, initial(example, x.shape[1]))
    trainer = case.engine.trainer(network, case.dtype, compiled=True)
    precisions = arithmetic.EXACT, arithmetic.BITS[case.dtype]
    exact, rough = (outputs_in_balls(network, x, bits) for bits in precisions)
    bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(rough), dtype=float)
    note = partial(findings.note_tightness, "outputs_for_digits")
    for batch_size in (1, BATCH):
        outputs = trainer.outputs_for(x, batch_size)
        findings.note_digits("output", arithmetic.digits(outputs, exact))
        yield from differences(f"outputs, {batch_size} at a time", outputs, exact, bound, note)
