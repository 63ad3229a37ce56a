"""Whether the gradient that a listing finds by central differences is the analytic one, on the first batch."""

from collections.abc import Callable, Iterator

import flint
import numpy as np

from adapters import Array
from adapters.log_rows import Samples
from adapters.reference.minibatch import EagerMinibatchTrainer
from adapters.schedule import training_of
from reference.finite_differences import numerical_gradient
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import worst_entry
from verification.exact.error_bounds import flat, shaped
from verification.images.data import DIGITS, available, initial
from verification.images.training_runs import first_batch
from verification.records import Findings
from worked_examples import ImageExample

SAMPLE = 199  # of the full network every 199th parameter, a prime, so that all rows and columns of the kernels are met
NEXT_STEP = "compare reference/network.py's backward with the loss that is differentiated"


def check_on_digits(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """On the digits the engine's gradient is the numerical one, in every parameter."""
    yield from compare(case, DIGITS, 1, findings)


def check_on_page(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """On the page's images the engine's gradient is the numerical one, in every 199th of the 39,760 parameters."""
    available(case.session, case.example)
    yield from compare(case, case.example.images.data_set, SAMPLE, findings)


def compare(case: Case[ImageExample], data_set: str, every: int, findings: Findings) -> Iterator[str]:
    """Compare the two gradients in every n-th parameter.

    The central difference leaves out terms in h^2, of which the difference at 2h has four times as many: the distance of the two is
    three times what is left out. Rounding of the loss, bounded by balls, is divided by h.
    """
    batch, h = first_batch(case, data_set), float(training_of(case.example).finite_difference_step or 0)
    start = flat(initial(case.example, batch.x.shape[1]))
    chosen = np.arange(0, start.size, every)
    loss = loss_of(case.example, batch, start, chosen)
    near, far = (numerical_gradient(loss, start[chosen], step) for step in (h, 2 * h))
    rounding = 2 * arithmetic.SAFETY_FACTOR * rounding_of_loss(case.example, batch) / h
    computed, lost = gradient(case, batch)
    if computed.shape != start.shape or not chosen.size:
        yield f"gradient of the shape {computed.shape}, expected {start.shape}, {data_set}"
        return
    bound, difference = np.abs(far - near) + rounding + lost[chosen], np.abs(computed[chosen] - near)
    findings.note_tightness("numerical_gradients", difference, bound)
    passes = (difference <= bound) & np.isfinite(bound)
    if not np.all(passes):
        (worst,) = worst_entry(difference, bound, passes)
        where = f"parameter {chosen[worst]} of {start.size}, {data_set}"
        yield f"{where}: gradient {computed[chosen[worst]]!r}, by finite differences {near[worst]!r}, bound {bound[worst]:.1e}"


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


def gradient(case: Case[ImageExample], batch: Samples) -> tuple[Array, Array]:
    """The engine's gradient, from its first update ``W - learning_rate gradient``, and what the subtraction loses.

    Where the engine has more or fewer parameters, there is no gradient: both are of that other shape.
    """
    start, learning_rate = initial(case.example, batch.x.shape[1]), float(training_of(case.example).learning_rate)
    trainer = case.engine.minibatch_trainer(case.example, start, "float64", compiled=False)
    trainer.train_batches(batch.x, batch.labels, len(batch.labels))
    before, after = flat(start), flat(trainer.parameters())
    if before.shape != after.shape:
        return after, after
    lost = 2.0**-52 * np.maximum(np.abs(before), np.abs(after)) / learning_rate
    return (before - after) / learning_rate, lost
