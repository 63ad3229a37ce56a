"""How far rounding may carry a training from its exact trajectory: the error of one update, and how updates amplify it.

One epoch maps the parameters p to others; an error made before it is multiplied by the Jacobian of that map, so that it grows by
the 2-norm of the Jacobian at most. An epoch of one update is ``p - lr grad E(p)`` with the symmetric Jacobian ``I - lr H`` (H the
Hessian): where the loss curves upwards the norm is at most 1 and errors only add up; where it curves downwards (early, far from
the target) they grow. An epoch of several updates has the product of such Jacobians, in the order of that epoch. The norm and the
rounding error of one epoch are taken at the recorded checkpoints; between two of them the larger norm and the larger error hold for
every epoch.

An optimizer with a state maps parameters and state to others, by a Jacobian that is not symmetric: its 2-norm is above 1 even
where errors die out, as momentum's is (a velocity moves the parameters for many epochs). There every error of the first epochs is
followed through the product of the Jacobians of all epochs after it. Beyond them the norm is taken in another basis: for any
invertible matrix P, ``|P^-1 e|`` grows by the 2-norm of ``P^-1 J P`` at most. Every basis bounds the distance; the bases are the
eigenvectors of the Jacobians at the checkpoints, and the least bound counts.

Where one epoch is unlike the next (a perceptron changes where it errs; an epoch that is an update has one batch), those between two
checkpoints may round more than both. There too every error of the first epochs is followed, and beyond them each epoch has the
largest norm and error of any before it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle
from typing import NamedTuple

import numpy as np

from adapters import Array, Parameters
from adapters.reference.training import one_epoch
from verification.exact import arithmetic
from worked_examples import NetworkExample

CONDITION = 1e8  # of a basis: its inverse has then 8 correct digits
FOLLOWED, FOLLOWED_SIZE = 100, 200  # epochs whose errors are followed, and the most entries of parameters and state for that


def flat(parameters: list[Parameters]) -> Array:
    """All parameters as one float64 vector."""
    return row(parameters).astype(float)


def row(parameters: list[Parameters]) -> Array:
    """All parameters in a row, in their number type; arrays that a layer does not have would turn it into float64."""
    return np.concatenate([np.ravel(array) for layer in parameters for array in layer if array.size])


def shaped(vector: Array, like: list[Parameters]) -> list[Parameters]:
    """The inverse of ``flat``."""
    arrays = [array for layer in like for array in layer]
    ends = np.cumsum([array.size for array in arrays])[:-1]
    pieces = [piece.reshape(array.shape) for piece, array in zip(np.split(vector, ends), arrays, strict=True)]
    size = len(Parameters._fields)
    return [Parameters(*pieces[start : start + size]) for start in range(0, len(pieces), size)]


class Step(NamedTuple):
    """How one epoch treats errors: it multiplies those that are there by at most ``norm`` and adds at most ``error``."""

    norm: float
    error: float


NO_STEP = Step(1.0, 0.0)


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


class Linear(NamedTuple):
    """One epoch near its parameters: the Jacobian of all that trains, the rounding errors of its entries, and a further error."""

    jacobian: Array
    radii: Array
    fixed: Array

    def step(self, basis: Array | None) -> Step:
        """How the epoch treats errors that are measured in a basis, where it is one."""
        if not np.all(np.isfinite(self.jacobian)) or not np.all(np.isfinite(self.radii)):
            return Step(float("inf"), float("inf"))
        if basis is None:
            return Step(float(np.linalg.norm(self.jacobian, 2)), float(np.linalg.norm(self.radii)) + matrix_norm(self.fixed))
        inverse = np.linalg.inv(basis)
        error = float(np.linalg.norm(np.abs(inverse) @ self.radii)) + matrix_norm(inverse @ self.fixed)
        return Step(matrix_norm(inverse @ self.jacobian @ basis), error)


def matrix_norm(matrix: Array) -> float:
    """The 2-norm of a matrix; 0 without columns."""
    return float(np.linalg.norm(matrix, 2)) if matrix.size else 0.0


def trained(example: NetworkExample, parameters: list[Parameters]) -> Array:
    """Which entries of the parameters, and of an optimizer's state, a training changes."""
    assert example.training is not None, "only a training amplifies errors"
    names = cycle(example.trained)
    return flat([marked(layer, next(names)) for layer in parameters]) > 0


def marked(layer: Parameters, names: Sequence[str]) -> Parameters:
    """1 for every entry of the arrays of these names, 0 for all others."""
    return Parameters(**{name: np.full(array.shape, float(name in names)) for name, array in layer._asdict().items()})


def linear(example: NetworkExample, parameters: list[Parameters], epoch: int, dtype: str) -> Linear:
    """One epoch. The error of writing parameters that do not train acts in every epoch anew; all others are made once."""
    trains = trained(example, parameters)
    slopes = jacobian(example, parameters, epoch)[trains]
    written = float(np.linalg.norm(flat(parameters)[~trains])) * 2.0 ** -arithmetic.BITS[dtype]
    return Linear(slopes[:, trains], rounding(example, parameters, epoch, dtype)[trains], slopes[:, ~trains] * written)


def step_of(example: NetworkExample, parameters: list[Parameters], epoch: int, dtype: str) -> Step:
    """How one epoch treats errors in the 2-norm."""
    return linear(example, parameters, epoch, dtype).step(None)


def divergence_bounds(example: NetworkExample, trajectory: Mapping[int, list[Parameters]], dtype: str) -> dict[int, float]:
    """At each recorded epoch a bound, in the 2-norm, for the distance of a run in ``dtype`` from the exact trajectory."""
    has_state = any(len(parameters) > len(example.network.layers) for parameters in trajectory.values())
    uneven = is_uneven(example)
    followed, worst = followed_errors(example, trajectory, dtype) if has_state or uneven else ({0: 0.0}, NO_STEP)
    last = max(followed)
    epochs = {epoch: linear(example, trajectory[epoch], epoch, dtype) for epoch in sorted(trajectory) if epoch >= last}
    candidates = [followed | bounds_in(None, epochs, last, followed[last], worst if uneven else None)]
    bases = eigenbases(epochs.values()) if has_state else ()
    candidates.extend(followed | bounds_in(basis, epochs, last, followed[last]) for basis in bases)
    return {
        epoch: min(bound[epoch] for bound in candidates) + rounding_of_weights(parameters, dtype)
        for epoch, parameters in sorted(trajectory.items())
    }


def is_uneven(example: NetworkExample) -> bool:
    """Whether one epoch may be unlike the next: by the perceptron's rule, or where an epoch has only one of several batches."""
    training = example.training
    in_turn = training is not None and (training.epoch_counts == "updates" or isinstance(training.order, list))
    return in_turn or (training is not None and training.rule == "perceptron")


def followed_errors(
    example: NetworkExample, trajectory: Mapping[int, list[Parameters]], dtype: str
) -> tuple[dict[int, float], Step]:
    """Bounds for the first epochs: every epoch's errors, multiplied by the Jacobians of all epochs after it, in absolute values.

    Between recorded epochs the reference goes on from the one before. Beside them, the largest norm and error of these epochs.
    """
    worst, bound, here, size = NO_STEP, {0: 0.0}, trajectory[min(trajectory)], row(trajectory[min(trajectory)]).size
    products, errors = np.zeros((0, 0, 0)), np.zeros((0, 0))
    for epoch in range(min(max(trajectory), FOLLOWED) if size <= FOLLOWED_SIZE and 0 in trajectory else 0):
        here = trajectory.get(epoch, here)
        near = linear(example, here, epoch, dtype)
        worst = Step(*map(max, worst, near.step(None)))
        if not epoch:  # the errors of writing the weights
            products = np.eye(len(near.jacobian))[None]
            errors = np.abs(flat(here)[trained(example, here)])[None] * 2.0 ** -arithmetic.BITS[dtype]
        made = near.radii + np.abs(near.fixed).sum(axis=1)
        with np.errstate(all="ignore"):  # what is not finite any more bounds nothing, and says so
            products = np.concatenate([near.jacobian @ products, np.eye(len(made))[None]])
            errors = np.concatenate([errors, made[None]])
            bound[epoch + 1] = finite_or_infinite(np.einsum("eij,ej->i", np.abs(products), errors))
        here = one_epoch(example, here, epoch)
    return bound, worst


def finite_or_infinite(errors: Array) -> float:
    """The 2-norm of errors; infinite where it is not a number."""
    norm = float(np.linalg.norm(errors))
    return norm if np.isfinite(norm) else float("inf")


def eigenbases(epochs: Iterable[Linear]) -> Iterator[Array]:
    """The eigenvectors of the Jacobians, as the columns of a matrix, where that is well conditioned."""
    for epoch in epochs:
        if np.all(np.isfinite(epoch.jacobian)):
            basis = np.linalg.eig(epoch.jacobian).eigenvectors
            if np.linalg.cond(basis) < CONDITION:
                yield basis


def bounds_in(
    basis: Array | None, epochs: Mapping[int, Linear], start: int, at_start: float, worst: Step | None = None
) -> dict[int, float]:
    """At each epoch the bound for errors made before it, measured in a basis (None: the 2-norm), from that at epoch ``start``.

    Where epochs are uneven, ``worst`` is what any before ``start`` does to errors.
    """
    bound: dict[int, float] = {}
    width, total = (1.0, at_start) if basis is None else (matrix_norm(basis), at_start * matrix_norm(np.linalg.inv(basis)))
    before, previous = worst or NO_STEP, start
    for epoch, here in ((epoch, near.step(basis)) for epoch, near in epochs.items()):
        largest = Step(*map(max, before, here))
        total = accumulate(total, max(largest.norm, 1.0), largest.error, epoch - previous)
        bound[epoch], before, previous = width * total, largest if worst else here, epoch
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


def rounding(example: NetworkExample, parameters: list[Parameters], epoch: int, dtype: str) -> Array:
    """The rounding error of one epoch, entry by entry, from the radii of ball arithmetic at the dtype's precision."""
    balls = arithmetic.update(example, parameters, arithmetic.BITS[dtype], epoch)
    return np.asarray(arithmetic.SAFETY_FACTOR * arithmetic.radius(row(balls)), dtype=float)


def rounding_of_weights(parameters: list[Parameters], dtype: str) -> float:
    """The error of writing the decimal weights in ``dtype``: half a unit in the last place each."""
    return float(np.linalg.norm(flat(parameters))) * 2.0 ** -arithmetic.BITS[dtype]
