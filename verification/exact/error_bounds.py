"""How far rounding may carry a training from its exact trajectory: the error of one update, and how updates amplify it.

One epoch maps the parameters p to others; an error made before it is multiplied by the Jacobian of that map, so that it grows by
the 2-norm of the Jacobian at most. An epoch of one update is ``p - lr grad E(p)`` with the symmetric Jacobian ``I - lr H`` (H the
Hessian): where the loss curves upwards the norm is at most 1 and errors only add up; where it curves downwards (early, far from
the target) they grow. An epoch of several updates has the product of such Jacobians, in the order of that epoch. The norm and the
rounding error of one epoch are taken at the recorded checkpoints; between two of them the larger norm and the larger error hold for
every epoch.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from adapters import Array, Parameters
from adapters.reference.training import one_epoch
from verification.exact import arithmetic
from worked_examples import NetworkExample


def flat(parameters: list[Parameters]) -> Array:
    """All parameters as one float64 vector."""
    return row(parameters).astype(float)


def row(parameters: list[Parameters]) -> Array:
    """All parameters in a row, whatever their number type."""
    return np.concatenate([np.ravel(array) for layer in parameters for array in layer])


def shaped(vector: Array, like: list[Parameters]) -> list[Parameters]:
    """The inverse of ``flat``."""
    arrays = [array for layer in like for array in layer]
    ends = np.cumsum([array.size for array in arrays])[:-1]
    pieces = [piece.reshape(array.shape) for piece, array in zip(np.split(vector, ends), arrays, strict=True)]
    return [Parameters(*pair) for pair in zip(pieces[::2], pieces[1::2], strict=True)]


class Step(NamedTuple):
    """How one epoch treats errors: it multiplies those that are there by at most ``norm`` and adds at most ``error``."""

    norm: float
    error: float


def jacobian(example: NetworkExample, parameters: list[Parameters], epoch: int) -> Array:
    """The Jacobian of the map from the parameters at ``epoch`` to those one epoch later, ``(later, now)``.

    By complex steps: the imaginary part of the reference at ``p + i h d``, over ``h``, is the derivative along ``d``, wrong only by
    ``h^2`` and by rounding, some units in the 16th digit, which a million epochs turn into a factor of 1 + 1e-9. Nothing is
    subtracted, and no step crosses the kink of a ReLU.
    """
    point, step = flat(parameters), 1e-30

    def along(direction: Array) -> Array:
        later = one_epoch(example, shaped(point + 1j * step * direction, parameters), epoch, "float64")
        return np.imag(row(later)) / step

    return np.array([along(direction) for direction in np.eye(len(point))]).T


def step_of(example: NetworkExample, parameters: list[Parameters], epoch: int, dtype: str) -> Step:
    """One epoch. The error of writing biases that do not train acts in every epoch anew; all others are made once."""
    assert example.training is not None, "only a training amplifies errors"
    trains = flat([Parameters(np.ones(k.shape), np.full(b.shape, example.training.trains_biases)) for k, b in parameters]) > 0
    slopes = jacobian(example, parameters, epoch)[trains]
    if not np.all(np.isfinite(slopes)):
        return Step(float("inf"), float("inf"))
    written = rounding_of_weights([Parameters(np.zeros(1), bias) for _, bias in parameters], dtype)
    fixed = float(np.linalg.norm(slopes[:, ~trains], 2)) * written if not np.all(trains) else 0.0
    return Step(float(np.linalg.norm(slopes[:, trains], 2)), rounding(example, parameters, epoch, dtype) + fixed)


def divergence_bounds(example: NetworkExample, trajectory: Mapping[int, list[Parameters]], dtype: str) -> dict[int, float]:
    """At each recorded epoch a bound, in the 2-norm, for the distance of a run in ``dtype`` from the exact trajectory."""
    bound: dict[int, float] = {}
    total, previous = 0.0, 0
    before = Step(1.0, 0.0)
    for epoch in sorted(trajectory):
        here = step_of(example, trajectory[epoch], epoch, dtype)
        norm, error = (max(pair) for pair in zip(before, here, strict=True))
        total = accumulate(total, max(norm, 1.0), error, epoch - previous)
        bound[epoch], before, previous = total + rounding_of_weights(trajectory[epoch], dtype), here, epoch
    return bound


def accumulate(total: float, norm: float, error: float, epochs: int) -> float:
    """``epochs`` times over: multiply by ``norm``, add ``error``."""
    if not epochs or not np.isfinite([norm, error, total]).all():
        return total if not epochs else float("inf")
    with np.errstate(over="ignore"):
        growth = np.exp(epochs * np.log(norm))
    if not np.isfinite(growth):
        return float("inf")
    return float(total * growth + error * (epochs if norm == 1.0 else (growth - 1) / (norm - 1)))


def rounding(example: NetworkExample, parameters: list[Parameters], epoch: int, dtype: str) -> float:
    """The rounding error of one epoch, in the 2-norm, from the radii of ball arithmetic at the dtype's precision."""
    balls = arithmetic.update(example, parameters, arithmetic.BITS[dtype], epoch)
    radii = [np.ravel(arithmetic.radius(array)) for layer in balls for array in layer]
    return float(arithmetic.SAFETY_FACTOR * np.linalg.norm(np.concatenate(radii).astype(float)))


def rounding_of_weights(parameters: list[Parameters], dtype: str) -> float:
    """The error of writing the decimal weights in ``dtype``: half a unit in the last place each."""
    return float(np.linalg.norm(flat(parameters))) * 2.0 ** -arithmetic.BITS[dtype]
