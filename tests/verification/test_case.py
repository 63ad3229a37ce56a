"""A case is an example on an engine; its relatives share its session."""

from collections.abc import Callable

from adapters.reference.engine import Engine
from verification.case import Case
from verification.session import Session
from worked_examples import NetworkExample


def test_relatives_share_the_session_and_differ_in_one_thing(network: Callable[[str], NetworkExample]) -> None:
    """Another engine, type or example changes the key, and nothing else."""
    example, other = network("numpy-dnn/311_1"), network("numpy-dnn/312_1")
    case = Case(example, "keras", Session([example]))
    assert case.key == ("numpy-dnn/311_1", "keras", "float64")
    assert case.on("torch").key == ("numpy-dnn/311_1", "torch", "float64")
    assert case.in_dtype("float32").key == ("numpy-dnn/311_1", "keras", "float32")
    assert case.of(other).key == ("numpy-dnn/312_1", "keras", "float64")
    assert {id(relative.session) for relative in (case, case.on("torch"), case.in_dtype("float32"), case.of(other))} == {
        id(case.session)
    }


def test_a_case_has_its_session_s_engine(network: Callable[[str], NetworkExample]) -> None:
    """The engine is the session's, by name."""
    engine = Engine()
    case = Case(network("numpy-dnn/311_1"), "faulty", Session(engines={"faulty": engine}))
    assert case.engine is engine


def test_cases_without_a_session_do_not_share_one(network: Callable[[str], NetworkExample]) -> None:
    """Each gets a session of its own."""
    example = network("numpy-dnn/311_1")
    assert Case(example, "reference").session is not Case(example, "reference").session
