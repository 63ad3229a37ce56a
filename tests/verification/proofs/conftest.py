"""What the tests of proofs share: an example of ours on the reference."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.case import Case
from verification.session import Session
from worked_examples import load_all


@pytest.fixture(scope="session")
def on_reference() -> Callable[[str], Case[Any]]:
    """``on_reference(id)``: an example on the reference, in a session that knows all of ours."""
    session = Session(load_all().values(), engine_names=("reference",))
    return lambda name: Case(session.example(name), "reference", session)
