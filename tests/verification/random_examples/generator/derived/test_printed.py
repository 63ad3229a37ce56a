"""Formulas, further data and logs of random networks."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.derived.measured import MOMENTS, Point
from verification.random_examples.generator.derived.printed import Derived, derived, is_without_data
from verification.random_examples.generator.networks import networks
from verification.random_examples.generator.snapshots import quantities
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.judging import NAME, loaded
from verification.random_examples.truth.losses import Penalty
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number, numbers
from worked_examples import NetworkExample
from worked_examples.schema.log import LogBlock
from worked_examples.schema.page import PrintedBlock
from worked_examples.schema.quantities import KNOWN

LINE = Network(("identity",), "half squared error")
START = Point((numbers([["1"], ["2"]]), numbers(["0.5"])), numbers([["1", "0"], ["0.5", "2"]]), numbers([["1"], ["0"]]))
BATCHES = [(START.parameters, START.x[:1], START.t[:1]), (START.parameters, START.x[1:], START.t[1:])]


def tenth(_: int) -> Any:
    """The learning rate."""
    return number("0.1")


@pytest.fixture
def few(drawn: Callable[..., list[Any]]) -> list[tuple[Derived, dict[str, str]]]:
    """What is derived of a line that stays where it is for three epochs of two updates, and the names."""
    epochs: dict[str, Any] = {"parameters": [START.parameters] * 4, "seen": [[], *[BATCHES] * 3], "rate": tenth}
    training = Trained({}, first_epoch=1, never_moves=True, words=frozenset(), **epochs)

    @st.composite
    def named(draw: st.DrawFn) -> tuple[Derived, dict[str, str]]:
        names: dict[str, str] = {}
        return draw(derived(LINE, START, training, names)), names

    found: list[tuple[Derived, dict[str, str]]] = drawn(named(), 250)
    return found


def test_everything_derived_is_drawn(few: list[tuple[Derived, dict[str, str]]]) -> None:
    """Formulas and further data in every form, every moment of a log, epochs that are printed and that follow."""
    words = frozenset[str]().union(*(found.words for found, _ in few))
    assert {"formula", "further data", "log", *(f"log {moment}" for moment in MOMENTS)} <= words
    tables = [table for found, _ in few for table in found.tables.get("further_data", {}).values()]
    assert {"target" in table for table in tables} == {True, False}
    logs = [block for found, _ in few for block in found.blocks if "taken" in block.keys]
    assert {isinstance(log.keys["taken"], str) for log in logs} == {True, False}
    assert {("every" in log.keys, "epoch" in log.keys) for log in logs} == {(False, False), (True, False), (True, True)}
    names = " ".join(words for _, names in few for words in names.values())
    texts = " ".join(text for found, _ in few for text in found.tables.get("quantities", {}).values())
    assert all(name in texts for name in KNOWN)
    assert {key for log in logs for key in log.keys} == {"epoch", *(set(LogBlock.model_fields) - set(PrintedBlock.model_fields))}
    kinds = ("for test", "for val", r"f\d after update", r"f\d for (test|val)", r"f\d transposed", r"f\d \[")
    assert [kind for kind in kinds if not re.search(kind, names)] == []


def test_a_network_with_them_is_a_fixture_like_a_users(drawn: Callable[..., list[Any]], tmp_path: Path) -> None:
    """It is loaded from a file, and every printed number is one of its blocks."""
    for example in [one for one in drawn(networks("half squared error", "tanh"), 25) if not one.may_refuse]:
        fixture = loaded(example.fixture(NAME), tmp_path)
        assert isinstance(fixture, NetworkExample)
        assert sum(block.n_numbers for block in fixture.blocks) == len(example.numbers) == len(example.ups)


def test_parameters_and_their_penalty_are_of_no_further_data() -> None:
    """Those words are the ones that the suite does not take with data."""
    network = LINE._replace(penalty=Penalty(number("1"), number("0"), half=False, places=(0,)))
    words = [known for known in quantities(network) if is_without_data(known)]
    assert words == ["layer 1 kernel", "layer 1 bias", "penalty"]
