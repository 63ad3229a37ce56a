"""Which cases are collected, and how one of them becomes the outcome of a test."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest

from verification.case import Case
from verification.check import Check, judge, message
from verification.cost import cost
from verification.pytest_plugin.options import SESSION, results_file
from verification.records import Findings, Outcome, in_words
from verification.registry import checks_of, unsupported
from verification.session import Session

FINDINGS = pytest.StashKey[Findings]()


def name_of(case: Case[Any], check: Check) -> str:
    """The id of a test: ``numpy-dnn/311_1-keras-epochs``."""
    return f"{case.example.id}-{case.engine_name}-{check.name}"


def cases(session: Session, dtype: str) -> Iterator[tuple[Case[Any], Check]]:
    """Every example, engine and check; the longest examples first, so that no worker ends on one."""
    for example in sorted(session.examples.values(), key=cost, reverse=True):
        for engine in session.engine_names:
            case = Case(example, engine, session, dtype)
            yield from ((case, check) for check in checks_of(case))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise the test of the worked examples; the engines of one example share a worker, and so its reference run."""
    if metafunc.function.__name__ == "test_worked_example":
        config = metafunc.config
        collected = cases(config.stash[SESSION], config.getoption("--dtype"))
        parameters = [
            pytest.param(case, check, id=name_of(case, check), marks=pytest.mark.xdist_group(case.example.id))
            for case, check in collected
        ]
        metafunc.parametrize(("case", "check"), parameters)


def verify(item: pytest.Item, case: Case[Any], check: Check) -> None:
    """Judge a case; a problem fails the test, and what is neither a failure nor a success skips it with the reason."""
    __tracebackhide__ = True
    findings = judge(check, case, unsupported(check, case))
    item.stash[FINDINGS] = findings
    if findings.outcome is Outcome.FAILED:
        pytest.fail(message(findings, case.example, file=results_file(item.config)), pytrace=False)
    if findings.outcome is not Outcome.PASSED:
        pytest.skip(f"{in_words(findings.outcome.value)}: {findings.reason}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Send the findings with the report: it travels from the worker to the controller."""
    report = yield
    if call.when == "call" and FINDINGS in item.stash:
        report.findings = item.stash[FINDINGS].model_dump(mode="json")
    return report
