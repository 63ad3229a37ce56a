"""Questions about learning that need no data: they are asked of scikit-learn's handwritten digits."""

import flint
import numpy as np

from adapters import Array, Parameters
from adapters.log_rows import Samples
from adapters.reference.minibatch import EagerMinibatchTrainer
from verification import exact_arithmetic
from verification.checks.evaluation import differences
from verification.error_bounds import flat, shaped
from verification.failure import Record, fail
from verification.images.image_data import initial, scaled
from verification.images.training_runs import batches_of, differently_classified, example_of, on_digits, train_on_images, trained
from verification.session import Case
from worked_examples import ImageExample

FIRST = 200  # updates in which the compiled loop is compared with ordinary training


def first_batch(example: ImageExample, data: str) -> Samples:
    """The patterns of the first update."""
    assert example.training, "only what learns is updated"
    train = scaled(data, "training", example.images.divisor)
    rows = batches_of(example, len(train.labels))[0]
    return Samples(train.x[rows], train.labels[rows])


def updated_in_balls(example: ImageExample, batch: Samples, bits: int) -> list[Parameters]:
    """The parameters after the first update, in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        trainer = EagerMinibatchTrainer(example, initial(example, batch.x.shape[1]), "ball")
        trainer.update(batch.x, batch.labels)
        return trainer.parameters()


def check_first_update(case: Case, record: Record) -> None:
    """The first update with the digits is the exact one, within the rounding bound of ball arithmetic."""
    example, problems = example_of(case), list[str]()
    batch = first_batch(example, "digits")
    trainer = case.adapter.minibatch_trainer(example, initial(example, batch.x.shape[1]), case.dtype, compiled=False)
    trainer.train_batches(batch.x, batch.labels, len(batch.labels))
    exact, rough = (updated_in_balls(example, batch, bits) for bits in (exact_arithmetic.EXACT, exact_arithmetic.BITS[case.dtype]))
    for number, (got, right, radii) in enumerate(zip(trainer.parameters(), exact, rough, strict=True), 1):
        for name, array, known, wide in zip(Parameters._fields, got, right, radii, strict=True):
            bound = np.asarray(exact_arithmetic.SLACK * exact_arithmetic.radius(wide), dtype=float)
            problems += differences(f"layer {number} {name} after the first update", array, known, bound)
            record["parameters"] = min(record.get("parameters", np.inf), exact_arithmetic.digits(array, known))
    if problems:
        fail(case, problems, f"compare adapters/{case.engine}_learning.py with reference/descent.py and reference/optimizers.py")


def wobble(example: ImageExample, updates: int) -> float:
    """How far, in the 2-norm, two engines may be apart after so many updates with the digits.

    Every update adds at most what rounding adds to the first (the radii of balls at 53 bits); each such error grows on its way to
    the end as a change of the first weights does, here of each by a millionth, up or down; twice, for neither engine is exact.
    """
    if (example.id, updates) not in BOUNDS:
        batch = first_batch(example, "digits")
        start = initial(example, batch.x.shape[1])
        moved = flat(start) * (1 + 1e-6 * np.random.RandomState(0).choice([-1, 1], flat(start).size))
        right, other = (
            train_on_images(example, "reference", "digits", [updates], compiled=False, start=it)
            for it in (start, shaped(moved, start))
        )
        growth = other.apart(right) / float(np.linalg.norm(moved - flat(start)))
        radii = [np.ravel(exact_arithmetic.radius(array)) for pair in updated_in_balls(example, batch, 53) for array in pair]
        error = exact_arithmetic.SLACK * float(np.linalg.norm(np.concatenate(radii).astype(float)))
        BOUNDS[example.id, updates] = 2 * updates * error * max(growth, 1.0)
    return BOUNDS[example.id, updates]


BOUNDS: dict[tuple[str, int], float] = {}


def check_digits(case: Case, record: Record) -> None:
    """On the digits every engine recognises as many at every line as the reference, and ends at the same weights."""
    example = example_of(case)
    own, right = (trained(example, engine, "digits") for engine in (case.engine, "reference"))
    problems = [f"digits, {line}" for line in differently_classified(own, right)]
    if not (apart := own.apart(right)) <= (bound := wobble(example, on_digits(example)[-1])):
        problems.append(f"digits: weights at the end {apart:.1e} apart, bound {bound:.1e}")
    if problems:
        fail(case, problems, "the first update is checked by itself; where that is right, compare the order of the batches")


def check_compiled(case: Case, record: Record) -> None:
    """On the digits the compiled loop and ordinary training agree over the first updates."""
    example = example_of(case)
    fast, slow = (train_on_images(example, case.engine, "digits", [FIRST], compiled=way) for way in (True, False))
    problems = list(differently_classified(fast, slow))
    if not (apart := fast.apart(slow)) <= (bound := wobble(example, FIRST)):
        problems.append(f"weights after {FIRST} updates {apart:.1e} apart, bound {bound:.1e}")
    if problems:
        fail(case, problems, "the compiled loop does not carry out the ordinary update")


def check_asked(case: Case, record: Record) -> None:
    """The outputs for digits, one by one and in batches, are the exact ones, within the rounding bound of ball arithmetic.

    The supplied weights are made for other images; weights of our own stand in.
    """
    example, problems = example_of(case), list[str]()
    x = scaled("digits", "test", "255").x[:BATCH]
    start = initial(example, x.shape[1])
    trainer = case.adapter.minibatch_trainer(example, start, case.dtype, compiled=True)
    exact, rough = (
        outputs_in_balls(example, start, x, bits) for bits in (exact_arithmetic.EXACT, exact_arithmetic.BITS[case.dtype])
    )
    bound = np.asarray(exact_arithmetic.SLACK * exact_arithmetic.radius(rough), dtype=float)
    for batch in (1, BATCH):
        found = trainer.outputs(x, batch)
        record["output"] = min(record.get("output", np.inf), exact_arithmetic.digits(found, exact))
        problems += differences(f"outputs, {batch} at a time", found, exact, bound)
    if problems:
        fail(case, problems, f"compare adapters/{case.engine}_learning.py with reference/network.py")


BATCH = 20


def outputs_in_balls(example: ImageExample, start: list[Parameters], x: Array, bits: int) -> Array:
    """The outputs in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return EagerMinibatchTrainer(example, start, "ball").outputs(x, len(x))
