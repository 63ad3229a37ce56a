"""The committed inventory is what the registry gives, and a run that checks less is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from verification.records import Findings, Outcome
from verification.results.inventory import NAME, committed_inventory, inventory, inventory_text, missing_checks
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.loading import ROOT


def test_every_example_gets_the_checks_of_the_committed_inventory() -> None:
    """``fixtures/inventory.json`` is current; write it again with ``python -m verification inventory``."""
    assert (ROOT / NAME).read_text(encoding="utf-8") == inventory_text(ROOT)


def test_every_example_is_checked_on_every_engine_that_can(network: Callable[[str], NetworkExample]) -> None:
    """By example and engine, in the order of the registry; what an engine is not capable of is left out."""
    checked = inventory(Session([network("numpy-dnn/311_1")], engine_names=("reference", "torch")))
    assert checked == {
        "numpy-dnn/311_1": {
            "reference": [
                *("outputs", "gradients", "printed", "epochs", "trajectory", "float64"),
                *("float32", "float16", "notes", "statements", "errata"),
            ],
            "torch": ["outputs", "gradients", "printed", "epochs", "trajectory", "float64", "float32", "float16", "statements"],
        }
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder whose inventory has two checks on one engine."""
    table = {"a/b": {"reference": ["outputs", "printed"], "keras": ["outputs"]}}
    (tmp_path / NAME).write_text(json.dumps(table), encoding="utf-8")
    return tmp_path


def finding(check: str, outcome: Outcome = Outcome.PASSED, engine: str = "reference") -> Findings:
    """The findings of a check."""
    return Findings(example="a/b", engine=engine, check=check, dtype="float64", outcome=outcome)


def test_a_complete_run_misses_nothing(root: Path) -> None:
    """A failed, undecided or unjudged check was made."""
    assert missing_checks([finding("outputs", Outcome.FAILED), finding("printed", Outcome.NOT_JUDGED)], ["reference"], root) == []
    assert committed_inventory(root)["a/b"]["keras"] == ["outputs"]


def test_a_check_without_findings_is_missing(root: Path) -> None:
    """Each by example, engine and name; engines that do not take part are not missed."""
    assert missing_checks([finding("outputs")], ["reference"], root) == ["a/b on reference: printed"]
    assert missing_checks([], ["keras"], root) == ["a/b on keras: outputs"]
    assert missing_checks([], ["another"], root) == []


def test_a_check_that_is_no_longer_applicable_is_missing(root: Path) -> None:
    """An engine that forgets a capability does not verify less in silence."""
    findings = [finding("outputs"), finding("printed", Outcome.NOT_APPLICABLE)]
    assert missing_checks(findings, ["reference"], root) == ["a/b on reference: printed"]
