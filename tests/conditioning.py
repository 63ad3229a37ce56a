"""How far rounding may carry a training from its exact course: the error of one update, and how updates amplify it.

One update maps the parameters p to ``p - lr grad E(p)``; its Jacobian ``I - lr H`` is symmetric (H is the Hessian), so that its
2-norm is its spectral radius, and an error made at one epoch is multiplied by the product of the norms that follow. Where
the loss curves upwards the norm is at most 1 and errors only add up; where it curves downwards (early, far from the target)
they grow. The norm and the rounding error of one update are taken at the recorded checkpoints; between two of them the
larger norm and the larger error hold for every epoch.
"""

from collections.abc import Mapping

import numpy as np

from adapters import Array, Parameters
from adapters.reference import Engine
from fixtures import NetworkExample
from tests import oracle


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
    parts = [part.reshape(array.shape) for part, array in zip(np.split(vector, ends), arrays, strict=True)]
    return [Parameters(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def norm_of_update(example: NetworkExample, parameters: list[Parameters]) -> float:
    """The 2-norm of the Jacobian of one update, by central differences of the reference's gradient in float64.

    With a step of 1e-5 both errors of the differences stay below 1e-9, which a million epochs turn into a factor of 1.001.
    """
    assert example.training is not None, "only a training amplifies errors"
    point, step = flat(parameters), 1e-5

    def gradient(vector: Array) -> Array:
        return flat(Engine().evaluate(example, shaped(vector, parameters), "float64").gradients)

    directions = np.eye(len(point)) * step
    hessian = np.array([(gradient(point + d) - gradient(point - d)) / (2 * step) for d in directions])
    jacobian = np.eye(len(point)) - float(example.training.learning_rate) * (hessian + hessian.T) / 2
    return float(np.linalg.norm(jacobian, 2))


def drift(example: NetworkExample, course: Mapping[int, list[Parameters]], dtype: str) -> dict[int, float]:
    """At each recorded epoch a bound, in the 2-norm, for the distance of a run in ``dtype`` from the exact course."""
    bound: dict[int, float] = {}
    total, previous = 0.0, 0
    before = (1.0, 0.0)
    for epoch in sorted(course):
        here = norm_of_update(example, course[epoch]), rounding(example, course[epoch], dtype)
        norm, error = (max(pair) for pair in zip(before, here, strict=True))
        total = accumulate(total, max(norm, 1.0), error, epoch - previous)
        bound[epoch], before, previous = total + rounding_of_weights(course[epoch], dtype), here, epoch
    return bound


def accumulate(total: float, norm: float, error: float, epochs: int) -> float:
    """``epochs`` times over: multiply by ``norm``, add ``error``."""
    growth = np.exp(epochs * np.log(norm))
    return float(total * growth + error * (epochs if norm == 1.0 else (growth - 1) / (norm - 1)))


def rounding(example: NetworkExample, parameters: list[Parameters], dtype: str) -> float:
    """The rounding error of one update, in the 2-norm, from the radii of ball arithmetic at the dtype's precision."""
    balls = oracle.update(example, parameters, oracle.BITS[dtype])
    radii = [np.ravel(oracle.radius(array)) for layer in balls for array in layer]
    return float(oracle.SLACK * np.linalg.norm(np.concatenate(radii).astype(float)))


def rounding_of_weights(parameters: list[Parameters], dtype: str) -> float:
    """The error of writing the decimal weights in ``dtype``: half a unit in the last place each."""
    return float(np.linalg.norm(flat(parameters))) * 2.0 ** -oracle.BITS[dtype]
