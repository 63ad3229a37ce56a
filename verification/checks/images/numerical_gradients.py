"""Whether the gradient that a listing finds by central differences is the analytic one, on the first batch."""

from collections.abc import Callable, Iterator
from functools import partial

import flint
import numpy as np

from adapters import Array
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from reference.finite_differences import numerical_gradient
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.comparison import Note, unnoted, worst_entry
from verification.exact.parameter_distances import shapes
from verification.images.data import DIGITS, available, stand_in
from verification.images.training_runs import after_first_batch, on_first_batch
from verification.records import Findings
from verification.rounding.error_bounds import flat, shaped
from worked_examples import ImageExample, NetworkExample

SAMPLE = 199  # of the full network every 199th parameter, a prime, so that all rows and columns of the kernels are met
NEXT_STEP = "compare the backward pass of {engine} with the loss that is differentiated, that of reference/network.py"


def check_on_digits(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """On the digits the engine's gradient is the numerical one, in every parameter; on enlarged ones in every 199th."""
    data_set = stand_in(case.example)
    yield from compare(case, data_set, 1 if data_set == DIGITS else SAMPLE, findings)


def check_on_page(case: Case[ImageExample], findings: Findings) -> Iterator[str]:
    """On the page's images the engine's gradient is the numerical one, in every 199th of the 39,760 parameters."""
    available(case.session, case.example)
    yield from compare(case, case.example.data.images, SAMPLE, findings)


def compare(case: Case[ImageExample], data_set: str, every: int, findings: Findings) -> Iterator[str]:
    """Compare the two gradients in every n-th parameter.

    The central difference leaves out terms in h^2, of which the difference at 2h has four times as many: the distance of the two is
    three times what is left out. Rounding of the loss, bounded by balls, is divided by h.
    """
    first, h = on_first_batch(case, data_set), float(training_of(case.example).finite_difference_step or 0)
    like = arithmetic.initial(first.example, "float64")
    start = flat(like)
    chosen = np.arange(0, start.size, every)
    loss = loss_of(first.example, start, chosen)
    near, far = (numerical_gradient(loss, start[chosen], step) for step in (h, 2 * h))
    rounding = 2 * arithmetic.SAFETY_FACTOR * rounding_of_loss(first.example) / h
    after = after_first_batch(first)
    if shapes(after) != shapes(like):
        yield f"parameters of the shapes {shapes(after)} after the first update, expected {shapes(like)}, {data_set}"
        return
    computed, lost = gradient(start, flat(after), float(training_of(case.example).constant_rate))
    bound = np.abs(far - near) + rounding + lost[chosen]
    for entry in beyond_bound(computed[chosen], near, bound, partial(findings.note_tightness, "numerical_gradients")):
        where = f"parameter {chosen[entry]} of {start.size}, {data_set}"
        pair = f"gradient {float(computed[chosen[entry]])!r}, by finite differences {float(near[entry])!r}"
        yield f"{where}: {pair}, bound {bound[entry]:.1e}"


def beyond_bound(computed: Array, expected: Array, bound: Array, note: Note = unnoted) -> list[int]:
    """The entry of a vector that is furthest beyond its bound, if any is; what is not a finite number is beyond every bound.

    Raises:
        ValueError: where the vectors have different shapes, or no entries.

    """
    if not computed.shape == expected.shape == bound.shape or not computed.size:
        raise ValueError(f"gradients of the shapes {computed.shape} and {expected.shape} with bounds {bound.shape}")
    difference = np.abs(computed - expected)
    note(difference, bound)
    passes = (difference <= bound) & np.isfinite(bound)
    return [] if np.all(passes) else [int(worst_entry(difference, bound, passes)[0])]


def loss_of(example: NetworkExample, start: Array, chosen: Array) -> Callable[[Array], float]:
    """The loss as a function of the chosen parameters, by the reference."""
    trainer, like = Trainer(example, "float64"), arithmetic.initial(example, "float64")

    def loss(values: Array) -> float:
        vector = start.copy()
        vector[chosen] = values
        trainer.restore(0, shaped(vector, like))
        return trainer.loss_on(*example.data.pair)

    return loss


def rounding_of_loss(example: NetworkExample) -> float:
    """The radius of the loss in ball arithmetic at 53 bits."""
    with flint.ctx.workprec(53):
        return float(Trainer(example, "ball").exact_loss_on(*example.data.pair).rad())


def gradient(before: Array, after: Array, learning_rate: float) -> tuple[Array, Array]:
    """The gradient of an update ``W - learning_rate gradient``, and what the subtraction loses."""
    lost = 2.0**-52 * np.maximum(np.abs(before), np.abs(after)) / learning_rate
    return (before - after) / learning_rate, lost
