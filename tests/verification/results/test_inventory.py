"""The committed inventory is what fixtures and registry give, and a run that checks less is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verification.records import Findings, Outcome, PrintedNumber, StatementResult
from verification.results.inventory import NAME, Inventory, committed_inventory, contents, inventory, inventory_text, missing
from verification.session import Session
from verification.verdicts.verdict import Verdict
from worked_examples import NetworkExample
from worked_examples.loading import ROOT

SMALL = "numpy-dnn/311_1"


def test_every_example_has_what_the_committed_inventory_says() -> None:
    """``fixtures/inventory.json`` is current; write it again with ``python -m verification inventory``."""
    assert (ROOT / NAME).read_text(encoding="utf-8") == inventory_text(ROOT)


def test_every_example_is_checked_on_every_engine_that_can(network: Callable[[str], NetworkExample]) -> None:
    """By example and engine, in the order of the registry; what an engine is not capable of is left out."""
    first, smaller = ["outputs", "gradients", "printed", "epochs", "trajectory", "float64"], ["float32", "float16"]
    assert inventory(Session([network(SMALL)], engine_names=("reference", "torch")))[SMALL].checks == {
        "reference": [*first, "certified", *smaller, "notes", "statements", "errata"],
        "torch": [*first, *smaller, "statements", "independence"],
    }


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (SMALL, {"printed_numbers": 44, "statements": 1, "errata": 3, "variants": 0}),
        ("numpy-dnn/matrix-general", {"printed_numbers": 0, "statements": 0, "errata": 1, "variants": 3}),
        ("ours/activations", {"printed_numbers": 0, "statements": 0, "errata": 0, "variants": 0}),
    ],
)
def test_what_a_fixture_holds_is_counted(name: str, counts: dict[str, int], example: Callable[[str], Any]) -> None:
    """Printed numbers that are claims, statements, errata, variants; a convention prints nothing."""
    assert contents(example(name)) == counts


def test_positions_and_times_in_tables_on_images_are_no_claims(example: Callable[[str], Any]) -> None:
    """Fewer numbers are judged than are printed there."""
    chosen = example("numpy-dnn/325_1")
    printed = sum(len(row) for table in chosen.blocks for row in table.lines)
    assert 0 < contents(chosen)["printed_numbers"] < printed


def written(folder: Path, **changes: Any) -> Path:
    """A folder whose inventory has one example, with two checks on the reference and one on Keras."""
    checks = {"reference": ["outputs", "printed"], "keras": ["outputs"]}
    table = {SMALL: {"checks": checks, "printed_numbers": 2, "statements": 0, "errata": 1, "variants": 0} | changes}
    (folder / NAME).write_text(json.dumps(table), encoding="utf-8")
    return folder


@pytest.fixture
def run(network: Callable[[str], NetworkExample]) -> Callable[..., Session]:
    """``run(*engines)``: a run of the example on these engines."""
    return lambda *engines: Session([network(SMALL)], engine_names=engines)


def finding(check: str, outcome: Outcome = Outcome.PASSED, engine: str = "reference", **fields: Any) -> Findings:
    """The findings of a check."""
    return Findings(example=SMALL, engine=engine, check=check, dtype="float64", outcome=outcome, **fields)


def printed(count: int, outcome: Outcome = Outcome.PASSED, **fields: Any) -> Findings:
    """The findings of the check of printed numbers, with so many of them."""
    number = PrintedNumber(where="console", name="E", printed="1", verdict=Verdict.CONFIRMED, value="1", corrected="1")
    return finding("printed", outcome, printed_numbers=[number] * count, **fields)


def test_a_complete_run_misses_nothing(run: Callable[..., Session], tmp_path: Path) -> None:
    """A failed, undecided or unjudged check was made; a number that could not be judged for want of data is not lost."""
    findings = [finding("outputs", Outcome.FAILED), printed(1, Outcome.NOT_JUDGED, n_not_judged=1)]
    assert missing(run("reference"), findings, written(tmp_path)) == []
    assert committed_inventory(tmp_path)[SMALL].checks["keras"] == ["outputs"]


def test_a_check_without_findings_is_missing(run: Callable[..., Session], tmp_path: Path) -> None:
    """Each by example, engine and name; engines that do not take part are not missed."""
    lines = missing(run("reference"), [finding("outputs")], written(tmp_path))
    assert lines == [f"{SMALL} on reference: printed", f"{SMALL}, judged on reference: 0 of 2 printed numbers"]
    assert missing(run("keras"), [], tmp_path) == [f"{SMALL} on keras: outputs"]
    assert missing(run("another"), [], tmp_path) == []


def test_a_check_that_is_no_longer_applicable_is_missing(run: Callable[..., Session], tmp_path: Path) -> None:
    """An engine that forgets a capability does not verify less in silence."""
    findings = [finding("outputs", Outcome.NOT_APPLICABLE), printed(2)]
    assert missing(run("reference"), findings, written(tmp_path)) == [f"{SMALL} on reference: outputs"]


def test_numbers_that_no_check_judged_are_missing(run: Callable[..., Session], tmp_path: Path) -> None:
    """A check that passes over numbers, or reports none any more, is told; so is one of statements."""
    root = written(tmp_path, checks={"reference": ["printed", "statements"]}, statements=1)
    statement = StatementResult(where="below", says="it stops", holds=True, is_erratum=False)
    findings = [printed(1), finding("statements", statements=[])]
    assert missing(run("reference"), findings, root) == [
        f"{SMALL}, judged on reference: 1 of 2 printed numbers",
        f"{SMALL}, judged on reference: 0 of 1 statements",
    ]
    assert missing(run("reference"), [printed(2), finding("statements", statements=[statement])], root) == []


def test_an_example_that_lost_what_it_held_is_told(run: Callable[..., Session], tmp_path: Path) -> None:
    """Fewer claims, statements, errata or variants than committed, whatever the cause; an example that is gone has none."""
    root = written(tmp_path, checks={}, printed_numbers=45, statements=2, errata=4, variants=1)
    lines = [
        f"{SMALL}, its fixture: {lost}"
        for lost in ("44 of 45 printed numbers", "1 of 2 statements", "3 of 4 errata", "0 of 1 variants")
    ]
    assert missing(run("reference"), [], root) == lines
    assert missing(Session(engine_names=("reference",)), [], root)[0] == f"{SMALL}, its fixture: 0 of 45 printed numbers"


def test_more_than_the_inventory_is_no_loss(run: Callable[..., Session], tmp_path: Path) -> None:
    """The test above says when it is to be written again."""
    assert missing(run("reference"), [], written(tmp_path, checks={}, errata=0)) == []
    assert Inventory() == Inventory(checks={}, printed_numbers=0, statements=0, errata=0, variants=0, claims={})
