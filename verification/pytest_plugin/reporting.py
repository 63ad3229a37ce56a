"""What a run reports: findings from all workers, the summary, the files, and whether everything that must be checked was."""

from collections import Counter
from collections.abc import Generator, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest

from adapters import ENGINES
from verification.cost import cost
from verification.pytest_plugin.collection import cases, name_of
from verification.pytest_plugin.options import SESSION, TEST, verifies
from verification.pytest_plugin.progress import Progress
from verification.records import Findings, Outcome, Results
from verification.results import merging, summary
from verification.results.inventory import missing
from verification.results.tightness import loose_bounds
from verification.undecided import EXIT_STATUS, NEXT_STEP, unannounced
from worked_examples.loading import ROOT


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Report where the session is controlled: with several workers, not in these."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Reporter(config), "epoch79-reporter")


class Reporter:
    """Collects findings as they come, and reports at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.session = config, config.stash[SESSION]
        self.dtype: str = config.getoption("--dtype")
        self.findings: dict[str, Findings] = {}
        self.expected = {name_of(case, check): (case, check) for case, check in cases(self.session, self.dtype)}
        self.selected: set[str] = set()
        self.progress: Progress | None = None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the checks that this process will run."""
        self.start([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Count the checks that the workers will run."""
        if not self.selected:
            self.start(ids)

    def start(self, ids: list[str]) -> None:
        """Prepare the progress of a run that verifies examples."""
        self.selected = {name for name in map(name_in, ids) if name in self.expected}
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if self.selected and terminal is not None:
            self.progress = Progress(self.costs(), partial(write_now, terminal))

    def costs(self) -> dict[str, float]:
        """The estimated seconds of each check: those of its example on one engine, spread over the checks of both."""
        groups = {name: (self.expected[name][0].example.id, self.expected[name][0].engine_name) for name in self.selected}
        sizes = Counter(groups.values())
        seconds = {example: cost(self.session.examples[example], self.session) for example, _ in sizes}
        return {name: seconds[group[0]] / sizes[group] for name, group in groups.items()}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the findings of a check; an error outside it (a crashed worker, a broken set-up) is a failure of that check."""
        name = name_in(report.nodeid)
        if name not in self.expected:
            return
        if hasattr(report, "findings"):
            self.findings[name] = Findings.model_validate(report.findings)
        elif report.failed:
            self.findings[name] = self.crashed(name, report)
        if name in self.findings and report.when == "call" and self.progress:
            findings = self.findings[name]
            self.progress.done(name, findings.example, findings.engine, findings.check)

    def crashed(self, name: str, report: pytest.TestReport) -> Findings:
        """The findings of a check that ended without any."""
        case, check = self.expected[name]
        crash = getattr(report.longrepr, "reprcrash", None)
        lines = [line.strip() for line in (crash.message if crash else report.longreprtext).splitlines() if line.strip()]
        return Findings(
            example=case.example.id,
            engine=case.engine_name,
            check=check.name,
            dtype=case.dtype,
            outcome=Outcome.FAILED,
            problems=(lines[:1] if crash else lines[-1:]) or ["ended without a result"],
            next_step="read the traceback: this is a fault of the suite or of a framework, not of the book",
        )

    def pytest_report_teststatus(self, report: Any, config: pytest.Config) -> tuple[str, str, str] | None:
        """With ``-q`` the progress lines replace the dots of passed checks."""
        quiet = config.option.verbose < 0 and isinstance(report, pytest.TestReport)
        if quiet and report.when == "call" and report.passed and name_in(report.nodeid) in self.expected:
            return "passed", "", ""
        return None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, None, None]:
        """A run that checked less than the inventory says, or with a loose bound, has failed; undecided numbers are said last.

        A failure takes precedence in the exit status over a number that is undecided and not announced.
        """
        if (self.unchecked or self.loose) and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        undecided = self.undecided
        if undecided and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = EXIT_STATUS
        yield
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None:
            if undecided:
                write_now(terminal, f"undecided, next: {NEXT_STEP}")
            for line in undecided:
                write_now(terminal, f"UNDECIDED: {line}")

    @property
    def undecided(self) -> list[str]:
        """A line for every undecided number that its fixture does not announce, whatever engines judged it."""
        return list(dict.fromkeys(line for findings in self.findings.values() for line in unannounced(findings)))

    @cached_property
    def is_whole(self) -> bool:
        """Whether this run verifies all examples of ours, with nothing left out."""
        ours = not self.config.getoption("--examples") and self.dtype == "float64"
        narrowed = self.config.option.keyword or self.config.option.markexpr or self.config.option.collectonly
        explicit = any("::" in argument for argument in self.config.args)
        stopped = self.config.option.maxfail or getattr(self.config.option, "deselect", None)
        verifying = any(Path(argument).resolve() in (TEST, *TEST.parents) for argument in self.config.args)
        return bool(ours and verifying and not (narrowed or explicit or stopped))

    @cached_property
    def unchecked(self) -> list[str]:
        """What the inventory has and this run did not check."""
        return missing(self.session, self.findings.values(), ROOT) if self.is_whole else []

    @cached_property
    def loose(self) -> list[str]:
        """The bounds that no error comes near, in a run on all engines."""
        all_engines = set(self.session.engine_names) == set(ENGINES)
        return loose_bounds(merging.tightness_of(self.findings.values())) if self.is_whole and all_engines else []

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """One line per example, the requested files, and what was not checked."""
        if self.findings or (self.session.unreadable and verifies(self.config)):
            results = merging.collect(self.session, self.findings.values(), self.dtype)
            terminalreporter.section("worked examples")
            for line in summary.lines(results):
                terminalreporter.write_line(line)
            for file in self.files(results):
                terminalreporter.write_line(f"wrote {file}")
        for line in self.unchecked:
            terminalreporter.write_line(f"NOT CHECKED: {line}", red=True)
        for line in self.loose:
            terminalreporter.write_line(f"LOOSE BOUND: {line}", red=True)

    def files(self, results: Results) -> Iterator[Path]:
        """Write ``results.json`` where the option says, and whatever other plugins make of the results."""
        if file := self.config.getoption("--results"):
            yield merging.write(results, file)
        for written in self.config.hook.pytest_epoch79_results(config=self.config, results=results):
            yield from written


def write_now(terminal: Any, line: str) -> None:
    """Write a line, and let a log have it at once: with ``-q`` nothing else would flush it."""
    terminal.write_line(line)
    terminal.flush()


def name_in(nodeid: str) -> str:
    """The id of a check in the id of its test, which several workers extend by the group."""
    return nodeid.partition("[")[2].rpartition("]")[0]
