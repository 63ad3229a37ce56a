"""Which cases are collected, and that a run which checks less than the inventory says has failed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from verification.case import Case
from verification.check import Check
from verification.pytest_plugin.collection import cases, name_of
from verification.session import Session
from worked_examples import load
from worked_examples.loading import ROOT

Run = Callable[..., Any]
FEWER = '''
"""A plugin that loses all checks but two, as a fault in collection would."""


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if "numpy-dnn/312_1-reference-" in item.name][:2]
'''
SKIPPING = '''
"""A plugin that skips whatever is not one example, as a fault in the test itself would."""

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if "numpy-dnn/312_1-reference-outputs" not in item.name:
        pytest.skip("for no reason")
'''


def collected(name: str, engines: tuple[str, ...]) -> list[tuple[Case[Any], Check]]:
    """The cases of one example of ours."""
    return list(cases(Session([load(ROOT / f"{name}.toml")], engine_names=engines), "float64"))


def test_the_id_of_a_test_names_example_engine_and_check() -> None:
    """``numpy-dnn/311_1-keras-epochs``."""
    names = [name_of(case, check) for case, check in collected("numpy-dnn/311_1", ("reference", "keras"))]
    assert "numpy-dnn/311_1-keras-epochs" in names
    assert len(set(names)) == len(names)


def test_every_engine_gets_its_checks() -> None:
    """Each engine of the session has the checks of the example; those of the book's program only the reference.

    Only the others show that they compute by themselves.
    """
    pairs = collected("numpy-dnn/311_1", ("reference", "torch"))
    by_engine = {name: [check.name for case, check in pairs if case.engine_name == name] for name in ("reference", "torch")}
    assert set(by_engine["reference"]) - set(by_engine["torch"]) == {"notes", "errata", "certified"}
    assert set(by_engine["torch"]) - set(by_engine["reference"]) == {"independence"}


def test_a_run_that_loses_checks_has_failed(run_suite: Run, tmp_path: Path) -> None:
    """Everything that runs passes, but the inventory names what did not run, and the exit status is not 0."""
    (tmp_path / "fewer.py").write_text(FEWER, encoding="utf-8")
    done = run_suite("-p", "fewer", "--engines=reference", "-n0", "tests/test_worked_examples.py", path=tmp_path)
    assert done.status == 1
    assert "NOT CHECKED: numpy-dnn/311_1 on reference: outputs" in done.output
    assert "2 passed" in done.output


def test_a_run_that_skips_everything_has_failed(run_suite: Run, tmp_path: Path) -> None:
    """A skip for no reason is not a check: the inventory does not have it."""
    (tmp_path / "skip_most.py").write_text(SKIPPING, encoding="utf-8")
    done = run_suite("-p", "skip_most", "--engines=reference", "-n0", "tests/test_worked_examples.py", path=tmp_path)
    assert done.status == 1
    assert "NOT CHECKED: numpy-dnn/312_1 on reference: epochs" in done.output
    assert "NOT CHECKED: numpy-dnn/312_1 on reference: outputs" not in done.output


def test_a_run_with_a_loose_bound_has_failed(run_suite: Run, tmp_path: Path) -> None:
    """On all engines every bound is compared with something; a run of fewer engines, or of other examples, does not say."""
    plugin = SKIPPING.replace("numpy-dnn/312_1", "backprop-notes/xor-four-inputs")
    (tmp_path / "skip_most.py").write_text(plugin, encoding="utf-8")
    done = run_suite("-p", "skip_most", "--engines=reference,keras,torch", "-n0", "tests/test_worked_examples.py", path=tmp_path)
    assert done.status == 1
    assert "LOOSE BOUND: trajectory: no error was compared with it" in done.output
    assert not any("LOOSE BOUND: outputs:" in line for line in done.output.splitlines())
    assert done.results["tightness"].keys() == {"outputs", "losses"}
    fewer = run_suite("-p", "skip_most", "--engines=reference", "-n0", "tests/test_worked_examples.py", path=tmp_path)
    assert "LOOSE BOUND" not in fewer.output
