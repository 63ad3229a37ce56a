"""What is said to be printed is found in the text of its document, or told as missing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verification.case import Case
from verification.check import judge
from verification.manuscript.check import has_text
from verification.records import Findings, OnPage, Outcome
from verification.registry import CHECKS
from verification.session import Session

PAGE = "Listing 3 prints\n  E = 0.5\n Y = [[1.0 2.0]]\nand the network forgets everything, 0.750 of it"
FIXTURE = """
kind = "calculation"
steps = "E = 1 / x"
inputs = { x = "2" }

[[printed]]
where = "console"
text = "E = 0.5"

[[printed]]
where = "a paper"
taken_from = "literature"
text = "E = 0.50"

[[errata]]
printed = "the network forgets everything"
correct = "nothing"
why = "It keeps its weights."
cause = "author"
weight = "statement"
location = { section = "1" }
quote = "forgets everything"
"""


PROOF = """[errata.proof]
by = "page"
source = "the sentence"
quotes = ["the network", "not there"]
given = { kept = "1" }
test = "content == kept"
printed = "0"
correct = "kept"
"""


@pytest.fixture
def found(written: Callable[[str], Any], tmp_path: Path) -> Callable[..., Findings]:
    """``found(old, new)``: the findings of the check of a changed fixture, in a text that has all of it."""

    def findings(old: str = "", new: str = "") -> Findings:
        example = written(FIXTURE.replace(old, new)).model_copy(update={"provenance": "printed"})
        (tmp_path / f"{example.source.document}.txt").write_text(PAGE, encoding="utf-8")
        case = Case(example, "reference", Session([example], sources=tmp_path))
        assert has_text(case)
        return judge(next(check for check in CHECKS if check.name == "page"), case)

    return findings


def test_what_is_on_the_page_is_counted(found: Callable[..., Findings]) -> None:
    """Numbers and quotes; what is taken from elsewhere is not looked for."""
    findings = found()
    assert findings.problems == []
    assert findings.on_page == OnPage(numbers=1, found=1, quotes=1)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"E = 0.5"', '"E = 0.6"', "console: 1 of 1 numbers are not in a-book.txt: E 0.6"),
        ('taken_from = "literature"\n', "", "a paper: 1 of 1 numbers are not in a-book.txt: E 0.50"),
        ('quote = "forgets everything"', 'quote = "learns nothing"', "errata[0].quote: 'learns nothing' is not in a-book.txt"),
        (
            'quote = "forgets everything"',
            f'quote = "forgets everything"\n{PROOF}',
            "errata[0].proof.quotes[1]: 'not there' is not in a-book.txt",
        ),
        ("[[errata]]", '[[repairs]]\nrecognised = "0.5O"\nrestored = "0.50"\n\n[[errata]]', "repairs: '0.5O' is not in a-book.txt"),
    ],
)
def test_what_is_not_on_the_page_fails(found: Callable[..., Findings], old: str, new: str, line: str) -> None:
    """A changed number, a number of elsewhere, an invented quote, an idle repair: each with its place."""
    (problem,) = found(old, new).problems
    assert problem.endswith(line)


def test_a_repair_restores_the_page(found: Callable[..., Findings]) -> None:
    """What is recognised as 0.750 may be 0.75 in print."""
    repair = '[[repairs]]\nrecognised = "0.750"\nrestored = "0.75"\n\n[[printed]]\nwhere = "text"\ntext = "E = 0.75"\n\n[[errata]]'
    assert found("[[errata]]", repair).problems == []


def test_an_example_of_ours_may_be_of_no_document(written: Callable[[str], Any], tmp_path: Path) -> None:
    """Without a text it is not looked for; about a document whose text is there, it is as any other."""
    example = written(FIXTURE)
    case = Case(example, "reference", Session([example], sources=tmp_path))
    assert example.provenance == "ours"
    assert not has_text(case)
    (tmp_path / "a-book.txt").write_text(PAGE, encoding="utf-8")
    assert has_text(case)


def test_without_the_text_of_its_document_an_example_is_not_judged(written: Callable[[str], Any], tmp_path: Path) -> None:
    """With the file that is missing; without a folder the check is not made at all."""
    example = written(FIXTURE).model_copy(update={"provenance": "printed"})
    assert not has_text(Case(example, "reference", Session([example])))
    findings = judge(next(check for check in CHECKS if check.name == "page"), Case(example, "reference", Session(sources=tmp_path)))
    assert findings.outcome is Outcome.NOT_JUDGED
    assert "no file a-book.txt in " in findings.reason
