"""The trajectory of a training: distances of two runs, single steps, float64, and the compiled loop."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Parameters, Progress
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification.checks.trajectory import GUARD, distances, doubled, finite, unbounded
from verification.records import Findings, Outcome
from worked_examples import NetworkExample


def at(*values: float) -> list[Parameters]:
    """One layer with these parameters and a bias of 0."""
    return [Parameters(np.array([values]), np.zeros(len(values)))]


def test_a_distance_up_to_the_bound_is_no_line() -> None:
    """In the 2-norm, at common epochs only: 3 and 4 make 5."""
    trajectory, expected = {0: at(0, 0), 5: at(3, 4), 7: at(9, 9)}, {0: at(0, 0), 5: at(0, 0)}
    assert list(distances(trajectory, expected, {0: 0.0, 5: 5.0})) == []
    assert list(distances(trajectory, expected, {0: 0.0, 5: np.nextafter(5.0, 0)})) == [
        "parameters at epoch 5: distance 5.0e+00, bound 5.0e+00"
    ]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_finite_is_a_line(value: float) -> None:
    """No bound admits it, unless it is not a bound."""
    assert list(distances({5: at(value, 0)}, {5: at(0, 0)}, {5: 1e300})) == [
        f"parameters at epoch 5: distance {value:.1e}, bound 1.0e+300"
    ]


def test_runs_without_a_common_epoch_are_a_line() -> None:
    """A comparison over nothing does not count as agreement."""
    assert list(distances({1: at(1)}, {2: at(1)}, {1: 1.0})) == [
        "the runs have no recorded epoch in common for which there is a bound"
    ]


def test_a_bound_of_nan_admits_nothing() -> None:
    """Not even two equal runs."""
    assert list(distances({5: at(1, 1)}, {5: at(1, 1)}, {5: np.nan}))


def test_runs_without_an_epoch_in_common_are_a_line() -> None:
    """Nothing was compared; a bound for another epoch does not change that."""
    for first, second, bounds in (({5: at(1)}, {6: at(1)}, {5: 1.0, 6: 1.0}), ({}, {}, {}), ({5: at(1)}, {5: at(1)}, {6: 1.0})):
        assert list(distances(first, second, bounds)) == ["the runs have no recorded epoch in common for which there is a bound"]


@pytest.mark.parametrize("other", [at(1, 1, 1), at(1), [], [*at(1, 1), *at(1, 1)], [Parameters(np.ones((2, 1)), np.zeros(2))]])
def test_parameters_of_other_shapes_are_a_line(other: list[Parameters]) -> None:
    """Nothing is broadcast."""
    assert list(distances({5: at(1, 1)}, {5: other}, {5: 1e300})) == ["parameters at epoch 5: distance nan, bound 1.0e+300"]


def test_a_bound_that_is_infinite_admits_nothing() -> None:
    """It would admit everything: a growth beyond all numbers bounds nothing."""
    assert list(distances({5: at(1, 1)}, {5: at(1, 1)}, {5: np.inf}))


def test_an_epoch_without_a_bound_is_a_note() -> None:
    """Nothing can be compared there, but for what is not a number; the epochs before are compared."""
    findings = Findings(example="a/b", engine="torch", check="trajectory", dtype="float64")
    bounds = {0: 0.5, 5: np.inf, 7: np.inf}
    assert finite(bounds) == {0: 0.5}
    assert list(unbounded({0: at(np.nan), 5: at(1e300), 7: at(np.nan)}, bounds, findings)) == ["parameters at epoch 7: not finite"]
    assert findings.notes == ["from epoch 5 on no distance is compared: rounding may carry this training anywhere"]
    assert list(unbounded({0: at(1)}, {0: 0.5}, findings)) == []
    assert len(findings.notes) == 1


def test_two_runs_of_which_neither_is_exact_may_differ_twice() -> None:
    """Each by its own error."""
    assert doubled({0: 0.5, 5: 1.0}) == {0: 1.0, 5: 2.0}


class Rounded(Engine):
    """The reference whose kernels are wrong by a factor after the first epoch."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """The changed trainer."""
        factor = self.factor

        class Changed(Trainer):
            """The reference's, changed once."""

            def advance(self, limit: int) -> Progress:
                """Advance, and change the parameters at epoch 1."""
                before = self.epoch
                progress = super().advance(limit)
                if before == 0 and progress.epoch == 1:
                    self.layers = [layer._replace(kernel=layer.kernel * factor) for layer in self.layers]
                return progress

        return Changed(example, dtype)


@pytest.mark.parametrize(
    ("factor", "outcome"),
    [
        (1 + 2**-52, Outcome.PASSED),
        (1 + 9e-13, Outcome.PASSED),
        (1 + 1.1e-12, Outcome.FAILED),
        (1 - 1.1e-12, Outcome.FAILED),
        (1 + 1e-11, Outcome.FAILED),
        (float("nan"), Outcome.FAILED),
    ],
)
def test_float64_keeps_twelve_digits_after_the_first_step(
    factor: float, outcome: Outcome, network: Callable[[str], NetworkExample], judged: Callable[..., Findings]
) -> None:
    """Fewer, and nan, are told with the array."""
    findings = judged("float64", network("numpy-dnn/311_1"), Rounded(factor))
    assert findings.outcome is outcome
    assert all(f" correct digits, {GUARD} at least in float64" in line or "the loss is nan" in line for line in findings.problems)


@pytest.mark.parametrize(("factor", "is_other_update"), [(1 + 2**-24, False), (1.5, True)])
def test_few_digits_are_laid_on_float32_only_where_it_leaves_as_many(
    factor: float, is_other_update: bool, network: Callable[[str], NetworkExample], judged: Callable[..., Findings]
) -> None:
    """Seven digits look like float32; none at all look like another update."""
    (line,) = (line for line in judged("float64", network("numpy-dnn/311_1"), Rounded(factor)).problems if " kernel " in line)
    assert line.endswith("; fewer than float32 leaves: the update is another, see the check trajectory") is is_other_update


def test_a_layer_that_is_not_updated_is_told(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> None:
    """The line says that nothing changed at all."""

    class Still(Engine):
        """The reference that does not update."""

        def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
            """With a learning rate of 0."""
            trainer = super().trainer(example, dtype, compiled)
            trainer.learning_rate = 0 * trainer.learning_rate
            return trainer

    problems = judged("trajectory", network("ours/stop-rule"), Still()).problems
    assert problems[0].endswith("; it was not updated")


def test_a_large_net_is_checked_step_by_step(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> None:
    """Without certified values every epoch must be recorded, and none is compared with a trajectory."""
    example = network("numpy-dnn/324_1")
    assert judged("trajectory", example).outcome is Outcome.PASSED
    assert example.training
    longer = example.model_copy(update={"training": example.training.model_copy(update={"max_epochs": 30})})
    assert any(
        line.startswith("only ") and "can be checked in so large a net" in line for line in judged("trajectory", longer).problems
    )


def test_no_digits_are_asked_for_where_float64_has_none(cancelled: NetworkExample, judged: Callable[..., Findings]) -> None:
    """The root of a variance that is 0 by cancellation may be that of a negative number: a note names the array."""
    findings = judged("float64", cancelled)
    assert findings.problems == []
    (note,) = findings.notes
    assert note == "float64 itself need not keep 12 digits: layer 1 kernel after the first step, layer 1 bias after the first step"
