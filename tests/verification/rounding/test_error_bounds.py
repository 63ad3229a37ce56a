"""How errors of a training are bounded: Jacobians, accumulation, and the rounding of weights."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.training import Trainer, one_epoch
from adapters.training import train
from verification.case import Case
from verification.certification.files import committed_run
from verification.certification.when_judged import certified
from verification.exact import arithmetic
from verification.rounding import error_bounds
from verification.rounding.error_bounds import (
    accumulate,
    divergence_bounds,
    flat,
    jacobian,
    rounding_of_weights,
    row,
    shaped,
    step_of,
)
from verification.runs.networks import run
from worked_examples import NetworkExample
from worked_examples.schema.trainings.training import Training

Network = Callable[[str], NetworkExample]
PARAMETERS = [
    Parameters(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0])),
    Parameters(np.array([[7.0], [8.0]]), np.array([9.0])),
]


def test_parameters_become_a_vector_and_back() -> None:
    """Layer by layer, kernel before bias."""
    assert flat(PARAMETERS).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    for got, expected in zip(shaped(flat(PARAMETERS), PARAMETERS), PARAMETERS, strict=True):
        assert np.array_equal(got.kernel, expected.kernel)
        assert np.array_equal(got.bias, expected.bias)


def test_the_jacobian_of_a_linear_net_is_exact(network: Network) -> None:
    """``I - learning_rate H``: for one output with inputs 1 and bias, ``H = [[1, 1], [1, 1]]``."""
    example = network("ours/stop-rule")
    computed = jacobian(example, arithmetic.initial(example, "float64"), 0)
    assert np.allclose(computed, np.eye(2) - 0.25, rtol=0, atol=1e-15)
    assert step_of(example, arithmetic.initial(example, "float64"), 0, "float64").norm == pytest.approx(1.0)


def test_the_jacobian_is_the_central_difference(network: Network) -> None:
    """Of one epoch of a sigmoid net, to the error of the difference."""
    example, h = network("numpy-dnn/317_1"), 1e-6
    start = arithmetic.initial(example, "float64")
    computed, point = jacobian(example, start, 0), flat(start)
    for number, direction in enumerate(np.eye(point.size)):
        ends = [flat(one_epoch(example, shaped(point + sign * h * direction, start), 0)) for sign in (1, -1)]
        assert np.allclose((ends[0] - ends[1]) / (2 * h), computed[:, number], atol=1e-8)


@pytest.mark.parametrize(
    ("total", "norm", "error", "epochs", "expected"),
    [(1.0, 1.0, 0.5, 3, 2.5), (1.0, 2.0, 0.0, 3, 8.0), (0.0, 2.0, 1.0, 3, 7.0), (1.0, 2.0, 1.0, 0, 1.0)],
)
def test_errors_are_multiplied_and_added(total: float, norm: float, error: float, epochs: int, expected: float) -> None:
    """Once an epoch."""
    assert accumulate(total, norm, error, epochs) == pytest.approx(expected)


def test_weights_are_rounded_by_half_a_unit() -> None:
    """In the 2-norm, relative to the parameters; more in a smaller type."""
    assert rounding_of_weights(PARAMETERS, "float64") == pytest.approx(np.linalg.norm(row(PARAMETERS)) * 2.0**-53)
    assert rounding_of_weights(PARAMETERS, "float32") == pytest.approx(np.linalg.norm(row(PARAMETERS)) * 2.0**-24)


def test_bounds_hold_and_are_not_idle(network: Network) -> None:
    """The reference's run is within its bounds of the certified trajectory, and these are far below the parameters."""
    example = network("numpy-dnn/311_1")
    known = committed_run(example)
    assert known
    finished, bounds = run(Case(example, "reference")), divergence_bounds(example, known.float64_trajectory, "float64")
    for epoch, bound in bounds.items():
        distance = np.linalg.norm(flat(finished.parameters[epoch]) - flat(known.float64_trajectory[epoch]))
        assert distance <= bound < 1e-10


def test_a_net_without_training_has_no_error_to_amplify(network: Network) -> None:
    """It is a fault of the caller."""
    example = network("numpy-dnn/matrix-2x2")
    with pytest.raises(AssertionError, match="only a training"):
        step_of(example, arithmetic.initial(example, "float64"), 0, "float64")
    start = arithmetic.initial(network("ours/stop-rule"), "float64")
    assert np.all(error_bounds.rounding(network("ours/stop-rule"), start, 0, "float64") >= 0)


def test_the_jacobian_of_momentum_is_that_of_parameters_and_velocity(network: Network) -> None:
    """One linear unit, full batch: ``v' = m v - lr H w``, ``w' = w + v'``, with ``lr H`` as without momentum."""
    example = with_momentum(network("ours/stop-rule"))
    step, momentum = np.full((2, 2), 0.25), 0.5 * np.eye(2)
    expected = np.block([[np.eye(2) - step, momentum], [-step, momentum]])
    assert np.allclose(jacobian(example, arithmetic.initial(example, "float64"), 0), expected, rtol=0, atol=1e-15)


def test_bounds_with_a_state_hold_and_are_not_idle(network: Network) -> None:
    """Momentum and Adam with mini-batches: every float64 run is within its bounds, far below the parameters."""
    for name in ("ours/momentum", "ours/adam"):
        example = network(name)
        known = committed_run(example)
        assert known
        finished, bounds = run(Case(example, "reference")), divergence_bounds(example, known.float64_trajectory, "float64")
        assert max(bounds) == 20
        for epoch, bound in bounds.items():
            distance = np.linalg.norm(flat(finished.parameters[epoch]) - flat(known.float64_trajectory[epoch]))
            assert distance <= bound < 1e-11


def test_errors_of_a_long_training_go_on_in_a_basis(network: Network) -> None:
    """Beyond the epochs whose errors are followed one by one the bound of a momentum that dies out stays small."""
    example = with_momentum(network("ours/stop-rule"), max_epochs=5000)
    trajectory = train(Trainer(example, "float64"), 5000).parameters
    bounds = divergence_bounds(example, trajectory, "float64")
    assert bounds[100] <= bounds[5000] < 1e-8
    assert error_bounds.bounds_in(None, {0: error_bounds.linear(example, trajectory[0], 0, "float64")}, 0, 0.0) == {0: 0.0}


def test_a_bound_that_is_not_a_number_is_infinite() -> None:
    """Nothing is compared with it."""
    assert error_bounds.finite_or_infinite(np.array([np.nan, 1.0])) == np.inf
    assert error_bounds.finite_or_infinite(np.array([3.0, 4.0])) == 5.0
    nothing = error_bounds.Linear(np.array([[np.nan]]), np.zeros(1), np.zeros((1, 0)))
    assert nothing.step(None) == error_bounds.Step(np.inf, np.inf)


def with_momentum(example: NetworkExample, **changes: object) -> NetworkExample:
    """The example with a momentum of 1/2, without a stopping criterion."""
    assert example.training
    kept = example.training.model_dump(exclude={"stopping_criterion"}, exclude_none=True)
    optimizer = {"optimizer": {"name": "momentum", "momentum": "0.5"}}
    return example.model_copy(update={"training": Training.model_validate(kept | optimizer | changes)})


UNEVEN = """
kind = "network"

[network]
loss = "half squared error"

[[network.layers]]
kernel = [["1.4"], ["-0.8"]]
bias = ["0"]
activation = "step at zero"

[data]
input = [["-0.9", "-0.4"], ["-0.6", "1.4"], ["1.0", "-1.1"], ["-0.4", "-1.4"], ["0.3", "-1.0"]]
target = [["0"], ["0"], ["1"], ["0"], ["0"]]

[training]
optimizer = "gradient descent"
rule = "perceptron"
learning_rate = "1"
batch_size = 1
epoch_counts = "updates"
max_epochs = 282
"""


def test_an_update_between_checkpoints_may_round_more_than_both(written: Callable[[str], Any]) -> None:
    """A perceptron that changes nothing at epochs 0, 1, 2, and something at 3: the error of that update is in the bound."""
    case = Case(written(UNEVEN), "reference")
    example, known, finished = case.example, certified(case.session, case.example), run(case)
    bounds = divergence_bounds(example, known.float64_trajectory, "float64")
    assert {0, 1, 2, 5} <= set(bounds)
    assert not {3, 4} & set(bounds)
    for epoch, bound in bounds.items():
        distance = np.linalg.norm(flat(finished.parameters[epoch]) - flat(known.float64_trajectory[epoch]))
        assert distance <= bound < 1e-12
    assert bounds[282] > bounds[100]
