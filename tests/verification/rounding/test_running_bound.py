"""Running error bounds: two runs are never further apart than the bound says, and it stops where it cannot say."""

from collections.abc import Callable

import flint
import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.training import Trainer
from reference.comparisons import UndecidedError
from verification.exact.arithmetic import BITS
from verification.rounding.error_bounds import flat, jacobian
from verification.rounding.running_bound import RunningBound, bits_of, error, follow, norm, precision
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]
NAMES = ["numpy-dnn/311_1", "numpy-dnn/316_1", "numpy-dnn/318_3"]


def test_a_unit_of_the_precision_stands_for_a_sum_of_so_many_terms() -> None:
    """Eight units of the type at least."""
    assert [BITS["float64"] - bits_of("float64", n) for n in (1, 8, 9, 16, 1000)] == [3, 3, 4, 4, 10]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", NAMES)
def test_a_program_that_rounds_otherwise_stays_within_the_bound(name: str, dtype: str, network: Network) -> None:
    """The same training with every parameter moved to a neighbouring number after every epoch, in a random direction."""
    example, random = network(name), np.random.default_rng(79)
    other, runs = Trainer(example, dtype), RunningBound(example, dtype, n_rounded=2)
    largest = 0.0
    for epoch in range(1, 51):
        runs.advance()
        other.advance(epoch)
        moved = [
            Parameters(*(np.nextafter(array, random.choice([-np.inf, np.inf], array.shape).astype(dtype)) for array in layer))
            for layer in other.parameters()
        ]
        distance = float(np.linalg.norm(flat(moved) - flat(runs.here.centre)))
        assert distance <= runs.radius
        largest = max(largest, distance / runs.radius)
        other.restore(epoch, moved)
    assert largest > 1e-3  # no bound that says nothing
    assert {array.dtype for layer in other.layers for array in layer if array.size} == {np.dtype(dtype)}


@pytest.mark.parametrize("name", NAMES)
def test_the_norm_is_that_of_the_jacobian(name: str, network: Network) -> None:
    """Of complex steps through the reference, to nine digits where the radius is 0."""
    example = network(name)
    runs = RunningBound(example, "float64", n_rounded=1)
    runs.advance()
    parameters = runs.centre.parameters()
    runs.advance()
    with flint.ctx.workprec(runs.bits):
        later = [number for layer in runs.tangents.parameters() for array in layer for number in array.ravel()]
    assert norm(later) == pytest.approx(np.linalg.norm(jacobian(example, parameters, 1), 2), rel=1e-7)
    assert 0 < error(later) < 1e-12


def test_runs_are_followed_to_their_stop_and_to_the_limit(network: Network) -> None:
    """What was wanted is recorded, and the last two epochs."""
    example = network("numpy-dnn/311_1")
    whole = follow(RunningBound(example, "float64", 1), 1000, {5, 500})
    assert (whole.last, whole.stop, whole.reason) == (79, 79, "")
    assert sorted(whole.at) == [0, 5, 78, 79]
    part = follow(RunningBound(example, "float64", 1), 7, {5})
    assert (part.last, part.stop, sorted(part.at)) == (7, None, [0, 5, 6, 7])
    assert [float(ball.rad()) for ball in np.ravel(part.at[5].balls[0].bias)] == pytest.approx([part.at[5].radius] * 2)


def test_a_bound_begins_where_something_is_known(network: Network) -> None:
    """It carries the radius on."""
    example = network("numpy-dnn/316_1")
    known = follow(RunningBound(example, "float64", 1), 10, set())
    runs = RunningBound(example, "float64", 1)
    runs.begin(10, known.at[10]._replace(radius=1e-6))
    runs.advance()
    assert runs.epoch == 11
    assert 1e-6 < runs.radius < 1.02e-6


def test_runs_are_followed_no_further_than_they_are_sure_to_go_together(
    network: Network, tie: Callable[..., NetworkExample]
) -> None:
    """A stop that rounding decides, a ReLU that it may turn, and a radius without end, each with its reason."""
    near = follow(RunningBound(network("numpy-dnn/316_1"), "float32", 2), 1000, set())
    assert near.stop is None
    assert near.reason.startswith(f"after epoch {near.last}, whether ")
    relu = follow(RunningBound(tie(), "float64", 2), 9, set())
    assert (relu.last, relu.reason) == (0, "after epoch 0, the sign of a number cannot be decided at this precision")
    runs = RunningBound(network("numpy-dnn/316_1"), "float64", 2)
    runs.radius = 1e6
    with pytest.raises(UndecidedError):
        runs.advance()
    assert runs.epoch == 0


def test_the_precision_is_for_the_longest_sum(network: Network) -> None:
    """2 units and 1 sample leave the 3 bits of the safety factor; 8 units and a bias need one more."""
    assert precision(network("numpy-dnn/311_1"), "float64") == 50
    assert precision(network("numpy-dnn/323_1"), "float64") < 50
