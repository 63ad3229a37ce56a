"""Trainings and predictions that need no data of the page: they run on scikit-learn's handwritten digits."""

from collections.abc import Iterator
from functools import partial

import flint
import numpy as np

from adapters import Array
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import differences
from verification.exact.parameter_distances import beyond
from verification.images.data import as_network, fits_digits, initial, scaled, stand_in
from verification.images.training_runs import (
    differently_classified,
    n_in_balls,
    on_first_batch,
    rows_on_digits,
    train_on_images,
    trained,
)
from verification.records import Findings
from verification.rounding.error_bounds import flat, shaped
from worked_examples import ImageExample, NetworkExample

ImageCase = Case[ImageExample]
FIRST, FEWER = 200, 20  # updates in which the compiled loop is compared with eager training; with enlarged digits fewer
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
    Where balls see only some images of the batch, the others add as much each.
    """
    reference, data_set = case.on("reference"), stand_in(case.example)

    def compute() -> float:
        first = on_first_batch(case, data_set)
        begun = arithmetic.initial(first.example, "float64")
        start = begun[: len(case.example.network.layers)]
        changed = flat(start) * (1 + 1e-6 * np.random.RandomState(0).choice([-1, 1], flat(start).size))
        starts = start, shaped(changed, start)
        exact, other = (train_on_images(reference, data_set, [updates], compiled=False, start=weights) for weights in starts)
        growth = other.distance(exact) / float(np.linalg.norm(changed - flat(start)))
        after = arithmetic.update(first.example, begun, 53)[: len(start)]
        radii = [np.ravel(arithmetic.radius(array)) for layer in after for array in layer]
        unseen = training_of(case.example).batch / first.example.data.samples
        error = arithmetic.SAFETY_FACTOR * unseen * float(np.linalg.norm(np.concatenate(radii).astype(float)))
        return 2 * updates * error * max(growth, 1.0)

    return case.session.once(("divergence bound", case.example.id, updates), compute)


def check_digits(case: ImageCase, findings: Findings) -> Iterator[str]:
    """On the digits every engine classifies as many correctly at every row as the reference, and ends at the same weights."""
    data_set = stand_in(case.example)
    computed, expected = trained(case, data_set), trained(case.on("reference"), data_set)
    yield from (f"digits, {line}" for line in differently_classified(computed, expected))
    bound, note = divergence_bound(case, rows_on_digits(case.example)[-1]), partial(findings.note_tightness, "digits")
    yield from beyond("digits: distance of the weights at the end", computed.distance(expected), bound, note)


def check_compiled(case: ImageCase, findings: Findings) -> Iterator[str]:
    """On the digits the compiled loop and eager training agree over the first updates."""
    updates = FIRST if fits_digits(case.example) else FEWER
    compiled, eager = (train_on_images(case, stand_in(case.example), [updates], compiled=path) for path in (True, False))
    yield from differently_classified(compiled, eager)
    bound, note = divergence_bound(case, updates), partial(findings.note_tightness, "compiled_digits")
    yield from beyond(f"distance of the weights after {updates} updates", compiled.distance(eager), bound, note)


def outputs_in_balls(network: NetworkExample, x: Array, bits: int) -> Array:
    """The outputs in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return Trainer(network, "ball").outputs_for(x, len(x))


def check_outputs(case: ImageCase, findings: Findings) -> Iterator[str]:
    """The outputs for digits, with batch size 1 and in batches, are the exact ones, within the rounding bound of ball arithmetic.

    The supplied weights are made for other images; random weights are used instead.
    """
    example, count = case.example, n_in_balls(case.example) or BATCH
    samples = scaled(case.session, stand_in(example), "test", "255").rows(slice(count))
    x, network = samples.x, as_network(example, initial(example, samples.x.shape[1]), samples)
    trainer = case.engine.trainer(network, case.dtype, compiled=True)
    precisions = arithmetic.EXACT, arithmetic.BITS[case.dtype]
    exact, rough = (outputs_in_balls(network, x, bits) for bits in precisions)
    bound = np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(rough), dtype=float)
    note = partial(findings.note_tightness, "outputs_for_digits")
    for batch_size in (1, count):
        outputs = trainer.outputs_for(x, batch_size)
        findings.note_digits("output", arithmetic.digits(outputs, exact))
        yield from differences(f"outputs, {batch_size} at a time", outputs, exact, bound, note)
