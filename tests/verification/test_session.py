"""A session computes once, keeps to itself, and loads what it needs when it needs it."""

import sys
from collections.abc import Callable

import pytest

from adapters.reference.engine import Engine
from verification import session as session_module
from verification.session import Session
from worked_examples import FixtureError, NetworkExample


def test_what_a_key_names_is_computed_once() -> None:
    """The second call with a key returns the same object; another key is computed anew; None is a value as any other."""
    session, calls = Session(), list[str]()

    def compute() -> list[int]:
        calls.append("called")
        return [1]

    assert session.once("one", compute) is session.once("one", compute)
    session.once(("one", "float32"), compute)
    assert len(calls) == 2
    assert session.once("nothing", lambda: None) is session.once("nothing", lambda: pytest.fail("computed again"))


def test_two_sessions_share_nothing() -> None:
    """A value, an engine or a failed download of one session is unknown to another."""
    used, fresh = Session(engines={"reference": Engine()}), Session()
    used.once("key", lambda: 1)
    used.download_failures["mnist"] = "no network"
    assert fresh.once("key", lambda: 2) == 2
    assert fresh.engine("reference") is not used.engine("reference")
    assert not fresh.download_failures


def test_a_failed_computation_is_not_stored() -> None:
    """After an exception the next call computes."""
    session = Session()
    with pytest.raises(ZeroDivisionError):
        session.once("key", lambda: 1 // 0)
    assert session.once("key", lambda: 3) == 3


def test_an_engine_is_loaded_when_first_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a session loads none; the first use loads it, once."""
    loaded = list[str]()

    def load(name: str) -> Engine:
        loaded.append(name)
        return Engine()

    monkeypatch.setattr(session_module, "load_engine", load)
    session = Session()
    assert loaded == []
    assert session.engine("keras") is session.engine("keras")
    assert loaded == ["keras"]


def test_an_engine_may_be_given() -> None:
    """An engine of the test's own is used under its name, and no package is imported for it."""
    engine, before = Engine(), set(sys.modules)
    assert Session(engine_names=("torch",), engines={"torch": engine}).engine("torch") is engine
    assert set(sys.modules) == before


def test_an_example_is_one_of_the_run_or_one_of_ours(network: Callable[[str], NetworkExample]) -> None:
    """The run's own comes first; ours are found by their id; any other id is an error."""
    changed = network("numpy-dnn/311_1").model_copy(update={"title": "changed"})
    session = Session([changed])
    assert session.example("numpy-dnn/311_1") is changed
    assert session.example("numpy-dnn/312_1").id == "numpy-dnn/312_1"
    with pytest.raises(FixtureError, match=r"^'numpy-dnn/nothing' is not the id of an example$"):
        session.example("numpy-dnn/nothing")
