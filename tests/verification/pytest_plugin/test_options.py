"""The options, end to end: engines that are missing, unknown, wrong or broken; fixtures that cannot be used; other types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Write = Callable[[Path, list[str]], Path]
OTHER = ("-p", "other_registration", "--engines=reference,other", "-n0")


@pytest.fixture
def without_torch(tmp_path: Path) -> Path:
    """A folder whose start-up code makes the package torch impossible to find."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['torch'] = None\n", encoding="utf-8")
    return tmp_path


def test_a_missing_engine_is_named_and_the_others_are_verified(
    run_suite: Run, write_book: Write, tmp_path: Path, without_torch: Path
) -> None:
    """Without ``--require-engines`` the header says what is not verified, and the results list the engines that took part."""
    book = write_book(tmp_path, ["right"])
    done = run_suite(f"--examples={book}", "--engines=reference,torch", "-n0", path=without_torch)
    assert done.status == 0, done.output
    assert "NOT VERIFIED on torch: the package torch is not installed" in done.output
    assert done.results["engines"] == ["reference"]


def test_a_missing_engine_is_an_error_where_engines_are_required(
    run_suite: Run, write_book: Write, tmp_path: Path, without_torch: Path
) -> None:
    """With ``--require-engines`` nothing runs, and one line says which package is missing."""
    book = write_book(tmp_path, ["right"])
    done = run_suite(f"--examples={book}", "--engines=reference,torch", "--require-engines", "-n0", path=without_torch)
    assert done.status == 4
    assert "--require-engines: not installed: torch (needs the package torch)" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engines=reference,tensorflow"], "--engines: 'tensorflow' is not an engine; accepted: reference, keras, torch"),
        (["--data=/nowhere/at/all"], "--data (or EPOCH79_DATA): /nowhere/at/all is not a directory"),
        (["--sources=/nowhere/at/all"], "--sources (or EPOCH79_SOURCES): /nowhere/at/all is not a directory"),
        (["--examples=/nowhere/at/all.toml"], "/nowhere/at/all.toml: "),
        ([f"--examples=/{'a' * 300}"], "a: no such file or folder"),
    ],
    ids=["engine", "data", "sources", "examples", "endless-path"],
)
def test_a_wrong_option_is_one_line(run_suite: Run, options: list[str], message: str) -> None:
    """A wrong option ends the run before anything is collected, with one line and no traceback."""
    done = run_suite(*options, "-n0")
    assert done.status == 4
    assert message in done.output
    assert "Traceback" not in done.output


def test_a_wrong_engine_fails_by_name(run_suite: Run, write_book: Write, tmp_path: Path, engine_modules: dict[str, Path]) -> None:
    """The engine's outputs fail, the reference's do not, and the example has failed."""
    book = write_book(tmp_path, ["right"])
    done = run_suite(f"--examples={book}", *OTHER, path=engine_modules["wrong"])
    assert done.status == 1
    assert "book/right on other (float64), outputs: One unit: 3 x + 1" in done.output
    outcomes = {
        (record["engine"], record["check"]): record["outcome"] for record in done.results["examples"]["book/right"]["checks"]
    }
    assert outcomes["other", "outputs"] == outcomes["other", "printed"] == "failed"
    assert {outcome for (engine, _), outcome in outcomes.items() if engine == "reference"} == {"passed"}
    assert done.results["examples"]["book/right"]["verdict"] == "failed"


def test_an_engine_that_raises_is_a_failure_of_its_checks(
    run_suite: Run, write_book: Write, tmp_path: Path, engine_modules: dict[str, Path]
) -> None:
    """An exception in an engine fails the check with its message; it is neither a skip nor a loss of the other findings."""
    book = write_book(tmp_path, ["right"])
    done = run_suite(f"--examples={book}", *OTHER, path=engine_modules["raising"])
    assert done.status == 1
    failed = [record for record in done.results["examples"]["book/right"]["checks"] if record["outcome"] == "failed"]
    assert {(record["engine"], record["check"]) for record in failed} == {
        ("other", "outputs"),
        ("other", "gradients"),
        ("other", "printed"),
        ("other", "independence"),
    }
    assert all("RuntimeError: out of order" in record["problems"][0] for record in failed)


def test_a_crashed_worker_is_a_failure_and_the_others_are_judged(
    run_suite: Run, write_book: Write, tmp_path: Path, engine_modules: dict[str, Path]
) -> None:
    """An engine that ends its process fails its checks; the reference's findings of every example are there."""
    book = write_book(tmp_path, ["right", "rounded"])
    options = ("-p", "other_registration", "--engines=reference,other", "-n2")
    done = run_suite(f"--examples={book}", *options, path=engine_modules["crashing"])
    assert done.status == 1
    checks = done.results["examples"]["book/right"]["checks"]
    assert {record["outcome"] for record in checks if record["engine"] == "reference"} == {"passed"}
    assert any("crashed" in " ".join(record["problems"]) for record in checks if record["engine"] == "other")
    assert done.results["examples"]["book/right"]["verdict"] == "failed"
    rounded = done.results["examples"]["book/rounded"]["checks"]
    assert ("reference", "undecided") in {(record["engine"], record["outcome"]) for record in rounded}


def test_in_a_smaller_type_only_bounds_are_checked(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """With ``--dtype=float32`` the book's digits are not judged, and outputs and gradients are, within that type's bounds."""
    book = write_book(tmp_path, ["right", "wrong"])
    done = run_suite(f"--examples={book}", "--engines=reference,torch", "--dtype=float32", "-n0")
    assert done.status == 0, done.output
    assert done.results["dtype"] == "float32"
    assert {record["check"] for record in done.results["examples"]["book/wrong"]["checks"]} == {"outputs", "gradients"}


def test_one_fixture_can_be_named_by_its_file(run_suite: Run, write_book: Write, tmp_path: Path) -> None:
    """``--examples`` takes files too, more than once."""
    book = write_book(tmp_path, ["right", "wrong", "erratum"])
    done = run_suite(f"--examples={book / 'right.toml'}", f"--examples={book / 'erratum.toml'}", "--engines=reference", "-n0")
    assert done.status == 0, done.output
    assert list(done.results["examples"]) == ["book/right", "book/erratum"]


def test_a_warning_of_an_older_framework_does_not_end_the_run(
    run_suite: Run, write_book: Write, tmp_path: Path, engine_modules: dict[str, Path]
) -> None:
    """Warnings are errors in this project's own code only: an engine whose package warns at import is verified like any other."""
    book = write_book(tmp_path, ["right"])
    options = ("-p", "other_registration", "--engines=reference,torch", "-n0")
    done = run_suite(f"--examples={book}", *options, path=engine_modules["warning"])
    assert done.status == 0, done.output
    assert "DeprecationWarning: an old package" in done.output
    assert done.results["examples"]["book/right"]["verdict"] == "confirmed"
