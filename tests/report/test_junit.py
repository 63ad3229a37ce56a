"""JUnit and both pages say the same of an example: failed, skipped with its reason, or passed."""

from collections.abc import Callable
from typing import Any
from xml.dom.minidom import Element

import pytest

from verification.records import CheckResult, ExampleResult, Outcome, in_words

MakeExample = Callable[..., ExampleResult]
WriteReport = Callable[..., dict[str, str]]


def check(outcome: Outcome, **changes: Any) -> CheckResult:
    """A check of the printed numbers on the reference."""
    return CheckResult.model_validate({"engine": "reference", "check": "printed", "dtype": "float64", "outcome": outcome} | changes)


OPEN = {
    "undecided": check(Outcome.UNDECIDED, reason="1 of 19 printed numbers undecided, first W[0, 1], page 4"),
    "not_judged": check(Outcome.NOT_JUDGED, reason="data not available: mnist"),
    "not_verified": check(Outcome.NOT_APPLICABLE, reason="no step activation"),
}


def test_junit_fails_what_fails(make_example: MakeExample, write_report: WriteReport, junit_suite: Callable[[], Element]) -> None:
    """A failed example is one failure with the problems of all its checks; both pages list them."""
    checks = [check(Outcome.FAILED, problems=["W is wrong", "b is wrong"]), check(Outcome.FAILED, engine="keras", check="epochs")]
    texts = write_report(make_example(verdict="failed", checks=checks))
    suite = junit_suite()
    assert [suite.getAttribute(name) for name in ("name", "tests", "failures", "skipped")] == ["numpy-dnn", "1", "1", "0"]
    (failure,) = suite.getElementsByTagName("failure")
    problems = ["reference, printed: W is wrong", "reference, printed: b is wrong", "keras, epochs: failed"]
    assert failure.getAttribute("message") == problems[0]
    assert failure.firstChild
    assert failure.firstChild.nodeValue == "\n".join(problems)
    assert all(f"<li>{problem}</li>" in texts["index.html"] for problem in problems)
    assert "; ".join(problems) in texts["report.md"].partition("## Failures")[2]


@pytest.mark.parametrize("verdict", ["undecided", "not_judged", "not_verified"])
def test_what_is_neither_failed_nor_confirmed_is_skipped_with_its_reason(
    make_example: MakeExample, write_report: WriteReport, junit_suite: Callable[[], Element], verdict: str
) -> None:
    """An undecided number is neither a failure nor a success, in HTML, Markdown and JUnit alike; so is what was not judged."""
    texts = write_report(make_example(verdict=verdict, checks=[OPEN[verdict]]))
    suite, reason = junit_suite(), f"{in_words(verdict)}: {OPEN[verdict].reason}"
    assert [suite.getAttribute(name) for name in ("tests", "failures", "skipped")] == ["1", "0", "1"]
    (skipped,) = suite.getElementsByTagName("skipped")
    assert skipped.getAttribute("message") == reason
    css_class = verdict.replace("_", "-")
    assert f'<td class="verdict {css_class}">{in_words(verdict)}</td>' in texts["index.html"]
    assert f'<p class="skipped">{reason}</p>' in texts["index.html"]
    assert "## Neither confirmed nor failed" in texts["report.md"]
    assert "## Failures" not in texts["report.md"]


@pytest.mark.parametrize("verdict", ["errata", "confirmed", "nothing_printed"])
def test_everything_else_passes(
    make_example: MakeExample, write_report: WriteReport, junit_suite: Callable[[], Element], verdict: str
) -> None:
    """An example that holds is a test without failure, in its suite with the versions as properties."""
    write_report(make_example(verdict=verdict))
    suite = junit_suite()
    assert [suite.getAttribute(name) for name in ("tests", "failures", "skipped")] == ["1", "0", "0"]
    assert [element.getAttribute("value") for element in suite.getElementsByTagName("property")] == ["2.4.6"]
