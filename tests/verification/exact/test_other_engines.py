"""The other frameworks say who is away from the exact value: this engine, the formulas of the exact value, or nobody."""

from collections.abc import Mapping

import flint
import numpy as np
import pytest

from adapters import Array
from adapters.reference.engine import Engine
from verification.case import Case
from verification.exact.other_engines import evidence
from verification.session import Session
from worked_examples import load
from worked_examples.loading import ROOT

EXACT = np.array([flint.arb(1), flint.arb(2)], dtype=object)
WRONG = np.array([1.0, 3.0])
RIGHT = np.array([1.0, 2.0])
BOUND = np.full(2, 0.25)
SAME = " computed the same: look first at the formulas of the reference, which the exact value is from"
TYPE = " computed the same: look at the type's range and at the bound"
DIFFERENT = " computed the exact value: look at one"


class Incapable(Engine):
    """An engine without any of what the example needs."""

    unsupported = {"network": "no networks"}


def said(others: Mapping[str, Array | None], **engines: Engine) -> str:
    """The evidence for an engine ``one`` that computed ``WRONG``, beside what others computed."""
    example = load(ROOT / "numpy-dnn" / "311_1.toml")
    every = {"reference": Engine(), "one": Engine(), **{name: Engine() for name in others}, **engines}
    session = Session([example], engine_names=tuple(every), engines=every)
    return evidence(Case(example, "one", session), WRONG, EXACT, BOUND, lambda case: others.get(case.engine_name))


@pytest.mark.parametrize(
    ("others", "text"),
    [
        ({}, ""),
        ({"two": RIGHT}, f"; two{DIFFERENT}"),
        ({"two": WRONG}, f"; two{SAME}"),
        ({"two": WRONG + 0.5}, f"; two{SAME}"),
        ({"two": WRONG + 0.51}, ""),
        ({"two": RIGHT, "three": WRONG}, f"; three{SAME}"),
        ({"two": RIGHT, "three": RIGHT}, f"; two and three{DIFFERENT}"),
        ({"two": RIGHT * np.nan}, ""),
        ({"two": np.zeros(0)}, ""),
        ({"two": None}, ""),
        ({"reference": RIGHT}, ""),
        ({"reference": RIGHT, "two": WRONG}, f"; two{SAME}"),
        ({"reference": RIGHT, "two": RIGHT}, f"; two{DIFFERENT}"),
        ({"reference": WRONG}, f"; reference{TYPE}"),
        ({"reference": WRONG, "two": WRONG}, f"; reference and two{TYPE}"),
    ],
)
def test_other_frameworks_are_evidence(others: Mapping[str, Array | None], text: str) -> None:
    """One that computes the same accuses the formulas, one that computes the exact value this engine; anything else nobody."""
    assert said(others) == text


def test_an_engine_that_cannot_is_not_asked() -> None:
    """What it does not support it does not compute."""
    assert said({"two": RIGHT}, two=Incapable()) == ""


def test_the_reference_beside_its_own_exact_values() -> None:
    """A framework that computes the exact value accuses the reference; one that computes the same nobody's formula."""
    example = load(ROOT / "numpy-dnn" / "311_1.toml")
    session = Session([example], engine_names=("reference", "two"), engines={"two": Engine()})
    case = Case(example, "reference", session)
    assert evidence(case, WRONG, EXACT, BOUND, lambda _: RIGHT) == "; two computed the exact value: look at reference"
    assert evidence(case, WRONG, EXACT, BOUND, lambda _: WRONG) == f"; two{TYPE}"


def test_another_shape_says_nothing() -> None:
    """It cannot be compared with anybody's."""
    example = load(ROOT / "numpy-dnn" / "311_1.toml")
    session = Session([example], engine_names=("one", "two"), engines={"one": Engine(), "two": Engine()})
    assert evidence(Case(example, "one", session), WRONG[:1], EXACT, BOUND, lambda _: RIGHT) == ""
