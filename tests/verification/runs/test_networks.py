"""Trainings run once in a session, record what is printed, and diverge with one clear error."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import ENGINES
from adapters.schedule import training_of
from verification.case import Case
from verification.certification.files import committed_run, is_certifiable
from verification.runs.networks import evaluate, is_long, recorded_epochs, run, training_by_id
from verification.session import Session
from worked_examples import FixtureError, NetworkExample

Network = Callable[[str], NetworkExample]


def with_training(example: NetworkExample, **changes: Any) -> NetworkExample:
    """The example with another training."""
    return example.model_copy(update={"training": training_of(example).model_copy(update=changes)})


def test_a_training_runs_once_for_each_path_and_limit(network: Network) -> None:
    """The same object comes back from the same session; another type, path or limit is another run."""
    case = Case(network("ours/stop-rule"), "reference")
    assert run(case) is run(case)
    assert run(case) is not run(case, limit=2)
    assert run(case) is not run(case.in_dtype("float32"))
    assert run(case) is not run(Case(case.example, "reference"))


def test_the_printed_epochs_are_recorded(network: Network) -> None:
    """Those of the printed numbers, and the next where they hold after the update; without a criterion the last but one too."""
    assert recorded_epochs(network("numpy-dnn/311_1")) == {78, 79}
    assert training_of(network("linear-algebra/cheese")).max_epochs - 1 in recorded_epochs(network("linear-algebra/cheese"))


def test_a_training_without_a_criterion_ends_at_its_last_epoch(network: Network) -> None:
    """With the one before recorded too."""
    finished = run(Case(network("linear-algebra/cheese"), "reference"))
    assert (finished.stop, finished.epochs) == (None, 100)
    assert {99, 100} <= set(finished.parameters)


def test_no_large_net_is_called_certified(network: Network) -> None:
    """A net of more parameters than are written down has no certified file; its every epoch is recorded."""
    example = network("numpy-dnn/324_1")
    assert not is_certifiable(example)
    assert committed_run(example) is None
    finished = run(Case(example, "reference"))
    assert sorted(finished.parameters) == list(range(finished.epochs + 1))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_diverging_run_is_reported_with_its_epoch(engine: str, network: Network) -> None:
    """A learning rate that makes the loss overflow ends in one error that names file, key, engine and epoch."""
    example = with_training(network("numpy-dnn/313_1"), learning_rate="100")
    with pytest.raises(FixtureError) as caught:
        run(Case(example, engine))
    assert str(caught.value) == (
        f"{example.file}: training.learning_rate: on {engine}, the loss is inf at epoch 49; "
        "the learning rate is too large for these weights"
    )


@pytest.mark.parametrize(("epochs", "expected"), [(1000, False), (1001, True)])
def test_more_than_a_thousand_updates_are_long(epochs: int, expected: bool, network: Network) -> None:
    """Up to there the eager path is quick enough."""
    example = with_training(network("linear-algebra/cheese"), max_epochs=epochs, batch_size="full", stopping_criterion=None)
    assert is_long(example) is expected


def test_another_example_s_training_is_found_by_id(network: Network) -> None:
    """An example of the run, or of ours; one that does not train is an error."""
    assert training_by_id(Session(), "numpy-dnn/311_1").criterion.epoch == 79
    with pytest.raises(FixtureError, match=r"^'numpy-dnn/matrix-2x2' is not an example with a training$"):
        training_by_id(Session(), "numpy-dnn/matrix-2x2")


def test_an_evaluation_is_of_the_initial_or_the_given_parameters(network: Network) -> None:
    """311_1 starts with the outputs 19 and 30."""
    case = Case(network("numpy-dnn/311_1"), "reference")
    assert evaluate(case).outputs[-1].tolist() == [[19.0, 30.0]]
    assert evaluate(case, run(case).parameters[79]).outputs[-1].round(3).tolist() == [[27.0, -30.0]]
