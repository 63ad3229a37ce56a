"""Whether the gradient that a listing finds by central differences is the analytic one, on the first batch."""

from collections.abc import Callable

import flint
import numpy as np

from adapters import Array
from adapters.log_rows import Samples
from adapters.reference.minibatch import EagerMinibatchTrainer
from reference.finite_differences import numerical_gradient
from verification import exact_arithmetic
from verification.checks.images.original_images import available
from verification.checks.images.sklearn_digits import first_batch
from verification.error_bounds import flat, shaped
from verification.failure import Record, fail
from verification.images.image_data import initial
from verification.images.training_runs import example_of
from verification.session import Case
from worked_examples import ImageExample

SAMPLE = 199  # of the full network every 199th parameter, a prime, so that all rows and columns of the kernels are met


def check_differences(case: Case, record: Record) -> None:
    """On the digits the engine's gradient is the numerical one, in every parameter."""
    compare(case, "digits", 1)


def check_full_differences(case: Case, record: Record) -> None:
    """On the page's images the engine's gradient is the numerical one, in every 199th of the 39,760 parameters."""
    available(example_of(case), record)
    compare(case, example_of(case).images.data_set, SAMPLE)


def compare(case: Case, data: str, every: int) -> None:
    """Compare the two gradients in every so manieth parameter.

    The central difference leaves out terms in h^2, of which the difference at 2h has four times as many: the distance of the two is
    three times what is left out. Rounding of the loss, bounded by balls, is divided by h.
    """
    example = example_of(case)
    assert example.training is not None, "only what learns has a gradient"
    batch, h = first_batch(example, data), float(example.training.finite_difference_step or 0)
    start = flat(initial(example, batch.x.shape[1]))
    chosen = np.arange(0, start.size, every)
    near, far = (numerical_gradient(loss_of(example, batch, start, chosen), start[chosen], step) for step in (h, 2 * h))
    rounding = 2 * exact_arithmetic.SLACK * rounding_of_loss(example, batch) / h
    found, lost = gradient(case, example, batch)
    bound = np.abs(far - near) + rounding + lost[chosen]
    apart = np.abs(found[chosen] - near)
    if not np.all(apart <= bound):
        worst = int(np.argmax(apart - bound))
        where = f"parameter {chosen[worst]} of {start.size}, {data}"
        problem = f"{where}: gradient {found[chosen[worst]]!r}, by differences {near[worst]!r}, bound {bound[worst]:.1e}"
        fail(case, [problem], "compare reference/network.py's backward with the loss that is differentiated")


def loss_of(example: ImageExample, batch: Samples, start: Array, chosen: Array) -> Callable[[Array], float]:
    """The loss of the batch as a function of the chosen parameters, by the reference."""
    trainer = EagerMinibatchTrainer(example, like := initial(example, batch.x.shape[1]), "float64")

    def loss(values: Array) -> float:
        vector = start.copy()
        vector[chosen] = values
        trainer.load(shaped(vector, like))
        return trainer.loss(batch.x, batch.labels)

    return loss


def rounding_of_loss(example: ImageExample, batch: Samples) -> float:
    """The radius of the loss in ball arithmetic at 53 bits."""
    with flint.ctx.workprec(53):
        trainer = EagerMinibatchTrainer(example, initial(example, batch.x.shape[1]), "ball")
        return float(trainer.exact_loss(batch.x, batch.labels).rad())


def gradient(case: Case, example: ImageExample, batch: Samples) -> tuple[Array, Array]:
    """The engine's gradient, from its first update ``W - lr gradient``, and what the subtraction loses."""
    assert example.training, "only what learns is updated"
    start, rate = initial(example, batch.x.shape[1]), float(example.training.learning_rate)
    trainer = case.adapter.minibatch_trainer(example, start, "float64", compiled=False)
    trainer.train_batches(batch.x, batch.labels, len(batch.labels))
    before, after = flat(start), flat(trainer.parameters())
    return (before - after) / rate, 2.0**-52 * np.maximum(np.abs(before), np.abs(after)) / rate
