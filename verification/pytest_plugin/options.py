"""The options of the suite, and the session that they make."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from adapters import ENGINES, installed
from verification.images.data import look_for_images
from verification.pytest_plugin import hooks
from verification.runs.smaller_types import DTYPES
from verification.session import CERTIFICATION, Session
from worked_examples import FixtureError
from worked_examples.errors import DataError
from worked_examples.loading import ROOT, load_found

SESSION = pytest.StashKey[Session]()
TEST = ROOT.parent / "tests" / "test_worked_examples.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the suite."""
    group = parser.getgroup("epoch79", "worked examples")
    group.addoption(
        "--examples",
        action="append",
        type=Path,
        metavar="PATH",
        help="verify the fixtures found here, and nothing else (repeatable)",
    )
    group.addoption("--engines", default=",".join(ENGINES), metavar="NAMES", help=f"comma-separated, of {', '.join(ENGINES)}")
    group.addoption("--require-engines", action="store_true", help="an engine that is not installed is an error")
    group.addoption("--dtype", default="float64", choices=["float64", *DTYPES], help="the floating-point type of the engines")
    group.addoption("--device", default="cpu", choices=["cpu"], help="where engines compute")
    group.addoption("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR", help="MNIST and the like")
    group.addoption(
        "--sources",
        type=Path,
        default=os.environ.get("EPOCH79_SOURCES"),
        metavar="DIR",
        help="the text of the documents, in which all that is printed must be found",
    )
    group.addoption(
        "--certify",
        type=float,
        default=CERTIFICATION,
        metavar="SECONDS",
        help="what certifying one example may cost (counted, not timed) where no certified file is committed; default %(default)s",
    )
    group.addoption("--results", type=Path, metavar="FILE", help="write results.json here")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """The hooks of the suite."""
    pluginmanager.add_hookspecs(hooks)


def requested_engines(config: pytest.Config) -> list[str]:
    """The names given with ``--engines``.

    Raises:
        UsageError: for an unknown engine, or for a missing one where engines are required.

    """
    requested: list[str] = config.getoption("--engines").split(",")
    for name in requested:
        if name not in ENGINES:
            raise pytest.UsageError(f"--engines: '{name}' is not an engine; accepted: {', '.join(ENGINES)}")
    missing = [f"{name} (needs the package {ENGINES[name][1]})" for name in requested if not installed(name)]
    if missing and config.getoption("--require-engines"):
        raise pytest.UsageError(f"--require-engines: not installed: {', '.join(missing)}")
    return requested


def directory(config: pytest.Config, option: str) -> Path | None:
    """The directory given with ``--data`` or ``--sources``.

    Raises:
        UsageError: where it is not a directory.

    """
    given = config.getoption(f"--{option}")
    if given and not Path(given).is_dir():
        raise pytest.UsageError(f"--{option} (or EPOCH79_{option.upper()}): {given} is not a directory")
    return Path(given) if given else None


def results_file(config: pytest.Config) -> Path | None:
    """The ``results.json`` that this run writes, by itself or with a report; None where it writes none."""
    file, report = config.getoption("--results"), config.getoption("--report", None)
    return file or (report / "results.json" if report else None)


def session_of(config: pytest.Config) -> Session:
    """The session of this run.

    Raises:
        UsageError: for a wrong option, and where there is no fixture at all; a fixture that cannot be used is a failure of its own.

    """
    engines = [name for name in requested_engines(config) if installed(name)]
    roots: Iterable[Path] = config.getoption("--examples") or [ROOT]
    try:
        found = load_found(roots)
    except FixtureError as error:
        raise pytest.UsageError(str(error)) from None
    seconds: float = config.getoption("--certify")
    if not 0 <= seconds < float("inf"):
        raise pytest.UsageError(f"--certify: {seconds} is not a number of seconds")
    return Session(
        found.examples.values(),
        directory(config, "data"),
        engines,
        unreadable=found.errors,
        certification=seconds,
        sources=directory(config, "sources"),
    )


def verifies(config: pytest.Config) -> bool:
    """Whether the worked examples are among what this run tests."""
    return any(Path(argument.partition("::")[0]).resolve() in (TEST, *TEST.parents) for argument in config.args)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Check the options and load the examples before anything is collected; with ``--examples``, collect nothing else."""
    config.stash[SESSION] = session = session_of(config)
    if config.getoption("--examples") and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [str(TEST)]
    if not hasattr(config, "workerinput") and not config.option.collectonly and verifies(config):
        try:
            look_for_images(session, session.examples.values())
        except DataError as error:
            raise pytest.UsageError(str(error)) from None


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say what is verified on what, and which engines are missing."""
    session = config.stash[SESSION]
    missing = [name for name in requested_engines(config) if name not in session.engine_names]
    names = ", ".join(session.engine_names)
    head = f"epoch79: {len(session.examples)} examples on {names}, {config.getoption('--dtype')}"
    count = len(session.unreadable)
    broken = [f"epoch79: {count} file{'s' if count > 1 else ''} CANNOT BE USED: see the failures"] if count else []
    return [
        head,
        *broken,
        *(f"epoch79: NOT VERIFIED on {name}: the package {ENGINES[name][1]} is not installed" for name in missing),
    ]
