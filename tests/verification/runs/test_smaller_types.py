"""Endings in float32 and float16: what they are, and by which record of which path and platform they are judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters import ENGINES, Parameters
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from verification.case import Case
from verification.records import Ending
from verification.runs import smaller_types
from verification.runs.smaller_types import ending, expectation, is_viewed, platform_of, reached, reason, recorded
from verification.session import Session
from worked_examples import FixtureError, NetworkExample

TABLE: dict[str, Any] = {
    "platforms": {},
    "outcomes": {"a/b": {"float32": {"keras": {"compiled": {"how": "stopped", "epoch": 79}}}}},
}


def test_an_expectation_is_that_of_its_path() -> None:
    """An eager ending is never compared with what the compiled path gave, nor another type, engine or example."""
    assert expectation(TABLE, "a/b", "float32", "keras", "compiled") == Ending(how="stopped", epoch=79)
    for key in (
        ("a/b", "float32", "keras", "eager"),
        ("a/b", "float32", "torch", "compiled"),
        ("a/b", "float16", "keras", "compiled"),
        ("a/c", "float32", "keras", "compiled"),
    ):
        assert expectation(TABLE, *key) is None


def test_every_viewed_training_is_recorded() -> None:
    """Each engine has an ending in both types, on the path that it took."""
    outcomes = recorded()["outcomes"]
    assert outcomes
    for by_type in outcomes.values():
        assert by_type.keys() == {"float32", "float16"}
        for by_engine in by_type.values():
            assert by_engine.keys() == set(ENGINES)
            assert all(path in smaller_types.PATHS for by_path in by_engine.values() for path in by_path)


def test_a_missing_file_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It says how to write it."""
    monkeypatch.setattr(smaller_types, "FILE", tmp_path / "precision.json")
    with pytest.raises(FixtureError, match=r"precision\.json: no such file; write it with python -m verification precision$"):
        recorded()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("numpy-dnn/311_1", True),
        ("ours/one-by-one", False),  # an epoch of several updates
        ("linear-algebra/cheese", False),  # no stopping criterion
        ("numpy-dnn/324_1", False),  # random numbers
        ("numpy-dnn/matrix-2x2", False),  # no training
    ],
)
def test_what_is_viewed(name: str, expected: bool, network: Callable[[str], NetworkExample]) -> None:
    """A training with a criterion, one update an epoch, and numbers that anyone has."""
    assert is_viewed(network(name)) is expected


def test_a_training_that_stops_has_the_book_s_epoch(network: Callable[[str], NetworkExample]) -> None:
    """Counted as the page counts, and computed by the path of the engine's trainer."""
    example = network("ours/stop-rule")
    assert ending(Case(example, "reference", dtype="float32")) == (Ending(how="stopped", epoch=4), "eager")
    assert example.training
    later = example.model_copy(update={"training": example.training.model_copy(update={"first_epoch": 1})})
    assert ending(Case(later, "reference", dtype="float32"))[0].epoch == 5


def with_training(example: NetworkExample, **changes: Any) -> NetworkExample:
    """The example with another training."""
    assert example.training
    return example.model_copy(update={"training": example.training.model_copy(update=changes)})


def test_a_training_may_stall_overflow_or_not_finish(network: Callable[[str], NetworkExample]) -> None:
    """Each says how, where, and why."""
    stalled, _ = ending(Case(network("numpy-dnn/311_1"), "reference", dtype="float16"))
    assert stalled.how == "stalled"
    assert stalled.epoch is not None
    assert "float16" in stalled.reason
    overflowed, _ = ending(Case(with_training(network("numpy-dnn/313_1"), learning_rate="100"), "reference", dtype="float16"))
    assert (overflowed.how, overflowed.epoch) == ("overflowed", None)
    assert "the loss is inf at epoch" in overflowed.reason
    unfinished, _ = ending(Case(with_training(network("numpy-dnn/311_1"), max_epochs=5), "reference", dtype="float32"))
    assert (unfinished.how, unfinished.epoch) == ("unfinished", 5)


def test_a_stalled_training_says_why(network: Callable[[str], NetworkExample]) -> None:
    """A step of at most half a spacing changes nothing; a greater one leads back and forth."""
    case = Case(network("ours/stop-rule"), "reference", dtype="float16")
    small = [Parameters(np.array([[1024.0]], "float16"), np.array([-1024.0], "float16"))]
    large = [Parameters(np.array([[3.0]], "float16"), np.array([1.0], "float16"))]
    assert (
        reason(case, small)
        == "every step is at most half the distance to the next float16 number, so that adding it changes nothing"
    )
    assert reason(case, large) == "the steps lead back and forth between neighbouring float16 numbers"


class EagerOnly(Engine):
    """An engine that reports which path is requested."""

    def __init__(self) -> None:
        self.compiled = list[bool]()

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """The reference's eager one."""
        self.compiled.append(compiled)
        return super().trainer(example, dtype, compiled=False)


def test_the_path_is_the_trainer_s_own(network: Callable[[str], NetworkExample]) -> None:
    """Where the compiled loop is requested, an engine without a compiler trains eagerly, and the ending is recorded as eager."""
    engine = EagerOnly()
    long = with_training(network("ours/stop-rule"), max_epochs=5000, stopping_criterion=None)
    assert ending(Case(long, "eager only", Session(engines={"eager only": engine}), "float32"))[1] == "eager"
    assert engine.compiled == [True]


def test_a_platform_is_processor_and_versions() -> None:
    """What roundings may depend on: the machine, NumPy, and the engine's own packages."""
    platform = platform_of(Engine())
    assert {"processor", "machine", "numpy"} <= platform.keys()
    assert platform == platform_of(Engine())


def test_what_reaches_the_printed_epoch(network: Callable[[str], NetworkExample]) -> None:
    """Stopped at the printed epoch: yes; elsewhere, or not stopped: no; without a record or a printed epoch: absent."""
    session = Session()
    endings = {
        "numpy-dnn/311_1": {"how": "stopped", "epoch": 79},
        "numpy-dnn/312_1": {"how": "stopped", "epoch": 1},
        "numpy-dnn/313_1": {"how": "stalled", "epoch": 65},
    }
    outcomes = {name: {"float32": {"keras": {"eager": ending}}} for name, ending in endings.items()}
    session.once("endings in smaller types", lambda: {"platforms": {}, "outcomes": outcomes})
    assert reached(session, "float32", "keras") == {"numpy-dnn/311_1": True, "numpy-dnn/312_1": False, "numpy-dnn/313_1": False}
    assert reached(session, "float32", "torch") == {}
