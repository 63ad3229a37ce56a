"""The third oracle: the reference in ball arithmetic, which encloses the exact value and bounds the rounding error.

Two uses. At 200 bits a ball is the exact value for all purposes here. At the precision of a floating-point type (53 bits for
float64) its radius is a running error analysis: it grows by one unit in the last place at each operation, through the very
formulas that an engine evaluates, so that cancellation and conditioning are counted where they happen. ``SAFETY_FACTOR`` turns it
into a bound for any engine: a library's exp, tanh or log may be off by up to 4 units where a ball's is off by one, and sums
may be taken in another order, for which the bound is doubled.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import flint
import numpy as np

from adapters import Array, Evaluation, Intermediates, Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import initial_parameters, one_epoch
from reference.comparisons import UndecidedError
from verification.exact.enclosures import as_balls
from worked_examples import NetworkExample, numbers

BITS = {"float64": 53, "float32": 24, "float16": 11}
EXACT = 200
SAFETY_FACTOR = 8

balls: Callable[[Any], Array] = np.frompyfunc(flint.arb, 1, 1)
radius: Callable[[Any], Array] = np.frompyfunc(lambda ball: float(ball.rad()), 1, 1)
distance: Callable[[Any, Any], Array] = np.frompyfunc(lambda a, b: float(abs(a - b).upper()), 2, 1)
middle: Callable[[Any], Array] = np.frompyfunc(lambda ball: float(ball.mid()), 1, 1)


def digits_left(rough: Any) -> float:
    """The digits that rounding leaves at least to the worst entry of an array, relative to its greatest; 0 where it leaves none.

    ``rough`` has balls of the precision of a floating-point type.
    """
    middles, radii = (np.asarray(part(rough), dtype=float) for part in (middle, radius))
    if not np.all(np.isfinite([middles, radii])):
        return 0.0
    scale, bound = float(np.max(np.abs(middles))), SAFETY_FACTOR * float(np.max(radii))
    if not bound:
        return float("inf")
    return max(float(np.log10(scale / bound)), 0.0) if scale else 0.0


def exactly(parameters: Iterable[Parameters]) -> list[Parameters]:
    """Floating-point parameters as balls without error."""
    return [Parameters(*(balls(array.astype(object)) for array in layer)) for layer in parameters]


def widened(array: Array, bound: float) -> Array:
    """Floating-point numbers as balls that reach ``bound`` far."""
    return np.asarray(np.frompyfunc(lambda number: flint.arb(float(number), bound), 1, 1)(array), dtype=object)


def initial(example: NetworkExample, number_type: str) -> list[Parameters]:
    """The example's parameters before training, and its optimizer's state behind them, in a number type."""
    return initial_parameters(example, number_type)


def evaluate_balls(example: NetworkExample, parameters: list[Parameters]) -> Evaluation:
    """One pass with parameters that are balls, at the precision that is set."""
    return Engine().evaluate(example, parameters, "ball")


def evaluate(example: NetworkExample, parameters: list[Parameters] | None, bits: int) -> Evaluation:
    """The reference's evaluation in ball arithmetic of a given precision; None means the initial weights.

    Exact numbers decide the ties of decimals that balls leave open, where the evaluation is to be exact.

    Raises:
        UndecidedError: where a comparison is open.

    """
    with flint.ctx.workprec(bits):
        try:
            return Engine().evaluate(example, exactly(parameters) if parameters else None, "ball")
        except UndecidedError:
            if bits < EXACT:
                raise
            return in_balls(Engine().evaluate(example, exact_numbers(parameters) if parameters else None, "exact"))


def exact_numbers(parameters: Iterable[Parameters]) -> list[Parameters]:
    """Floating-point parameters as exact numbers."""
    return [Parameters(*(numbers(array.astype(object), "exact") for array in layer)) for layer in parameters]


def in_balls(evaluation: Evaluation) -> Evaluation:
    """An evaluation in exact numbers as one in balls, at the precision that is set."""
    return each(as_balls, evaluation)


def each(change: Callable[[Any], Array], evaluation: Evaluation) -> Evaluation:
    """An evaluation with every array changed."""

    def of_layers(arrays: list[Array]) -> list[Array]:
        return [change(array) for array in arrays]

    known = evaluation.intermediates
    return Evaluation(
        of_layers(evaluation.outputs),
        change(evaluation.loss),
        [Parameters(*map(change, layer)) for layer in evaluation.gradients],
        change(evaluation.input_gradient),
        known and of_intermediates(change, known),
    )


def of_intermediates(change: Callable[[Any], Array], known: Intermediates) -> Intermediates:
    """Intermediates with every array changed."""
    return Intermediates(
        [change(array) for array in known.pre_activations],
        [change(array) for array in known.pre_activation_gradients],
        [change(array) for array in known.output_gradients],
        change(known.losses),
        None if known.penalty is None else change(known.penalty),
    )


def bounds(example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
    """How far an engine's evaluation in ``dtype`` may be from the exact one, entry by entry."""
    rough = evaluate(example, parameters, BITS[dtype])

    def bound(array: Any) -> Array:
        return np.asarray(SAFETY_FACTOR * radius(array), dtype=float)

    return each(bound, rough)


def update(example: NetworkExample, parameters: list[Parameters], bits: int, epoch: int = 0) -> list[Parameters]:
    """The parameters one epoch after these, which are those at ``epoch``, in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return one_epoch(example, exactly(parameters), epoch, "ball")


def named(evaluation: Evaluation) -> Iterator[tuple[str, str, Any]]:
    """Every array of an evaluation: kind, name, values."""
    for number, output in enumerate(evaluation.outputs, 1):
        yield "output", f"output of layer {number}", output
    yield "loss", "loss", evaluation.loss
    for number, gradient in enumerate(evaluation.gradients, 1):
        for name, array in gradient._asdict().items():
            if array.size:
                yield "gradient", f"gradient of layer {number} {name.replace('_', ' ')}", array
    yield "gradient", "gradient of input", evaluation.input_gradient
    if evaluation.intermediates:
        yield from named_intermediates(evaluation.intermediates)


def named_intermediates(known: Intermediates) -> Iterator[tuple[str, str, Any]]:
    """Every array of intermediates, as in ``named``."""
    for number, layers in enumerate(zip(*known[:3], strict=True), 1):
        pre_activation, of_pre_activation, of_output = layers
        yield "output", f"pre-activation of layer {number}", pre_activation
        yield "gradient", f"gradient of layer {number} pre-activation", of_pre_activation
        yield "gradient", f"gradient of layer {number} output", of_output
    yield "loss", "loss per output", known.losses
    if known.penalty is not None:
        yield "loss", "penalty", known.penalty


def digits(computed: Any, exact: Any) -> float:
    """Correct digits (log relative error) of the worst entry, relative to the greatest exact one.

    They are without end where every entry is exact, or all are 0 as far as their balls tell. There are 0 for another shape, for no
    entries, and where a computed or exact entry is not a finite number.
    """
    computed, middles = np.asarray(computed), np.asarray(middle(exact), dtype=float)
    if computed.shape != middles.shape or not computed.size:
        return 0.0
    scale = float(np.max(np.abs(middles)))
    worst = float(np.max(np.asarray(distance(balls(computed.astype(object)), exact), dtype=float)))
    if not np.isfinite(scale) or not np.isfinite(worst):
        return 0.0
    if not worst or (not scale and not np.any(computed)):
        return float("inf")
    return float(-np.log10(worst / scale)) if scale else 0.0
