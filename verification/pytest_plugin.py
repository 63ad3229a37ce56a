"""The command line of the suite: options, which example meets which engine, and what is reported at the end."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters import ENGINES, installed
from verification import results, session
from verification.checks.networks import questions
from verification.checks.other_kinds import OTHER_CHECKS, applies
from verification.checks.precision import DTYPES
from verification.images.image_data import DIRECTORY, all_updates, look_for_images
from verification.session import Case
from worked_examples import Example, FixtureError, ImageExample, NetworkExample, load_all
from worked_examples.errors import DataError
from worked_examples.loading import ROOT

RECORDS = pytest.StashKey[list[dict[str, Any]]]()
FAILED = pytest.StashKey[set[str]]()
KEY = "epoch79"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the suite."""
    group = parser.getgroup("epoch79", "worked examples")
    group.addoption(
        "--examples", action="append", type=Path, metavar="PATH", help="fixtures to verify instead of ours (repeatable)"
    )
    group.addoption("--engines", default=",".join(ENGINES), metavar="NAMES", help=f"comma-separated, of {', '.join(ENGINES)}")
    group.addoption("--require-engines", action="store_true", help="an engine that is not installed is an error")
    group.addoption(
        "--dtype", default="float64", choices=["float64", *DTYPES], help="the floating-point type that engines compute in"
    )
    group.addoption("--device", default="cpu", choices=["cpu"], help="where engines compute")
    group.addoption("--data", type=Path, default=os.environ.get("EPOCH79_DATA"), metavar="DIR", help="MNIST and the like")
    group.addoption("--results", type=Path, metavar="FILE", help="write results.json here")
    group.addoption("--report", type=Path, metavar="DIR", help="write results.json and the report here")


def engines(config: pytest.Config) -> list[str]:
    """The engines asked for that are installed.

    Raises:
        UsageError: for an unknown engine, or for a missing one where engines are required.

    """
    asked = config.getoption("--engines").split(",")
    for name in asked:
        if name not in ENGINES:
            raise pytest.UsageError(f"--engines: '{name}' is no engine; accepted: {', '.join(ENGINES)}")
    missing = [name for name in asked if not installed(name)]
    if missing and config.getoption("--require-engines"):
        packages = ", ".join(f"{name} (needs the package {ENGINES[name][1]})" for name in missing)
        raise pytest.UsageError(f"--require-engines: not installed: {packages}")
    return [name for name in asked if name not in missing]


def pytest_configure(config: pytest.Config) -> None:
    """Check the options and load the examples before anything is collected."""
    config.stash[RECORDS], config.stash[FAILED] = [], set()
    data = config.getoption("--data")
    if data and not Path(data).is_dir():
        raise pytest.UsageError(f"--data (or EPOCH79_DATA): {data} is no directory")
    DIRECTORY[:] = [Path(data)] if data else []
    engines(config)
    try:
        for root in config.getoption("--examples") or [ROOT]:
            session.EXAMPLES.update(load_all(root))
    except FixtureError as error:
        raise pytest.UsageError(str(error)) from None
    if not hasattr(config, "workerinput") and not config.option.collectonly and verifies(config):
        try:
            look_for_images(session.EXAMPLES.values())
        except DataError as error:
            raise pytest.UsageError(str(error)) from None


def verifies(config: pytest.Config) -> bool:
    """Whether the worked examples are among what this run tests."""
    test = Path(__file__).parent.parent / "tests" / "test_worked_examples.py"
    return any(Path(argument.partition("::")[0]).resolve() in (test, *test.parents) for argument in config.args)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say what is verified on what, and which engines are missing."""
    missing = [name for name in config.getoption("--engines").split(",") if not installed(name)]
    lines = [f"epoch79: {len(session.EXAMPLES)} examples on {', '.join(engines(config))}, {config.getoption('--dtype')}"]
    return lines + [f"epoch79: NOT VERIFIED on {name}: the package {ENGINES[name][1]} is not installed" for name in missing]


def weight(example: Example) -> int:
    """How long an example takes: the updates of its training. The longest go first, so that no worker ends on one."""
    if isinstance(example, ImageExample):  # an update with images takes about a hundred times as long
        return 100 * all_updates(example) or 1_000_000
    training = example.training if isinstance(example, NetworkExample) else None
    return training.expected * training.updates(example.data.samples) if isinstance(example, NetworkExample) and training else 0


def asked(case: Case) -> list[str]:
    """The questions for an example of any kind on an engine."""
    if isinstance(case.example, NetworkExample):
        return questions(case)
    return [name for name in OTHER_CHECKS[type(case.example)] if applies(name, case)]


def cases(config: pytest.Config) -> Iterator[Any]:
    """Every example, engine and question, grouped by example: the engines of one example share its reference run."""
    for example in sorted(session.EXAMPLES.values(), key=weight, reverse=True):
        for engine in engines(config):
            case = Case(example, engine, config.getoption("--dtype"))  # type: ignore[arg-type]  # see OTHER_CHECKS
            for question in asked(case):
                mark = pytest.mark.xdist_group(example.id)
                yield pytest.param(case, question, id=f"{example.id}-{engine}-{question}", marks=mark)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise the test of the worked examples."""
    if "question" in metafunc.fixturenames:
        metafunc.parametrize(("case", "question"), list(cases(metafunc.config)))


@pytest.fixture
def record(case: Case, question: str, record_property: Any) -> Iterator[dict[str, Any]]:
    """What a check finds; it travels from the worker to the summary as a property of the test."""
    found: dict[str, Any] = {}
    yield found
    record_property(KEY, {"example": case.example.id, "engine": case.engine, "question": question, **found})


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect the records where the session is controlled (with xdist: not in the workers)."""
    if report.failed and CONFIG:
        CONFIG[0].stash[FAILED].add(report.nodeid.partition("[")[2].rpartition("]")[0])
    if report.when == "teardown" and CONFIG:
        CONFIG[0].stash[RECORDS] += [dict(value) for key, value in report.user_properties if key == KEY and isinstance(value, dict)]


CONFIG: list[pytest.Config] = []


def pytest_sessionstart(session: pytest.Session) -> None:
    """Remember the session's configuration for the reports, which do not carry it."""
    if not hasattr(session.config, "workerinput"):
        CONFIG[:] = [session.config]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """One line per example, and the files that were asked for."""
    records = config.stash[RECORDS]
    if not records:
        return
    found = results.collect(session.EXAMPLES, records, config.stash[FAILED], engines(config))
    terminalreporter.section("worked examples")
    for line in results.summary(found, engines(config)):
        terminalreporter.write_line(line)
    for file in results.write(found, session.EXAMPLES, config.getoption("--results"), config.getoption("--report")):
        terminalreporter.write_line(f"wrote {file}")
