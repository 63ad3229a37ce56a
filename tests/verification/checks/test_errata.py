"""Errata in words: what is proved is counted, and a proof that does not hold fails with an explanation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from verification.case import Case
from verification.check import message
from verification.proofs.facts import facts
from verification.records import Findings, Outcome
from verification.results import merging, summary
from verification.session import Session
from worked_examples import load, load_all
from worked_examples.proofs import known
from worked_examples.schema.errata import EVIDENCE, READING, Proof, WordErratum

EXAMPLES = load_all()
NAME = "dl-python/cost-functions"
FIRST = """test = "len(content) == len(y_right)"
printed = "[0, 0, 0, 0, 1, 0, 0, 0, 0]"
"""


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (
            'test = "len(content) <= len(y_right)"\nprinted = "[0, 0, 0, 0, 1, 0, 0, 0, 0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0] (three times)': printed, and passes the test, so that it is not an erratum: "
            "len(content) <= len(y_right), where content = [0, 0, 0, 0, 1, 0, 0, 0, 0], y_right = [1/10, ",
        ),
        (
            'test = "len(content) < len(y_right)"\nprinted = "y_wrong"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]': given as correct, but fails the test: "
            "len(content) < len(y_right), where content = [0, ",
        ),
        (
            'test = "len(content) * len(y_right)"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0] (three times)': the test is neither true nor false but 10: ",
        ),
        (
            'test = "len(content) / 0 == len(y_right)"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0] (three times)': 'len(content) / 0 == len(y_right)' has no value: ZeroDiv",
        ),
        (
            'readings = ["[0]", "y_wrong"]\ntest = "len(content) == len(y_right)"\nprinted = "[0]"\n',
            "'y_wrong': a fair reading of the print, and passes the test, so that it is not an erratum: len(content) == ",
        ),
        (
            'settings = { n = ["10", "9"] }\ntest = "len(content) == n and len(y_right) == 10"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]': given as correct, but fails the test: len(content) == n and ",
        ),
        (
            'test = "content != [0, 0, 0, 0, 1, 0, 0, 0, 0] and len(y_right) == 10"\nprinted = "[0, 0, 0, 0, 1, 0, 0, 0, 0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]': the test passes for any other content too: content != [",
        ),
        (
            'test = "len(content) == 10 + 0 * len(y_right)"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]': the test says the same whatever its evidence is: len(content) == 10 + 0",
        ),
        (
            'given = { k = "[0, 0, 0, 0, 2 - 1, 0, 0, 0, 0, 0]" }\n'
            'test = "content == k and len(k) == len(y_right)"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]': the fact k is the correction in other words, and proves nothing",
        ),
    ],
)
def test_a_proof_that_does_not_hold_fails_and_says_why(
    changed: Callable[[str, str, str], Path], new: str, line: str, judged: Callable[..., Findings]
) -> None:
    """Printed and yet right, correct and yet wrong, no truth value, a fair reading that is right, a test that says nothing.

    The failure names example, side, test and values.
    """
    example = load(changed(NAME, FIRST, new))
    findings = judged("errata", example)
    assert findings.outcome is Outcome.FAILED
    text = message(findings, example)
    assert text.startswith(f"{NAME} on reference (float64), errata: {example.title}\n")
    assert f"\n  {line}" in text
    assert "\n  next: read the place again: correct the proof, or take out an erratum that is none" in text


def test_what_is_proved_is_counted_by_its_evidence(judged: Callable[..., Findings]) -> None:
    """There are as many as errata in words, by kind; those that rest on reading among them."""
    assert judged("errata", EXAMPLES[NAME]).proofs == {"computation": len(EXAMPLES[NAME].errata)}
    assert judged("errata", EXAMPLES["numpy-dnn/311_1"]).proofs == {"reading": 1, "page": 2}
    kinds = {erratum.evidence for example in EXAMPLES.values() for erratum in example.errata}
    assert kinds == {*EVIDENCE, READING}


@pytest.mark.parametrize("side", ["printed", "correct"])
@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if any(erratum.proof for erratum in example.errata)])
def test_every_proof_notices_when_its_sides_are_the_same(name: str, side: str, judged: Callable[..., Findings]) -> None:
    """With the correction in the place of the print, or the print in that of the correction, every single erratum fails by name."""
    for erratum in EXAMPLES[name].errata:
        if erratum.proof:
            same = EXAMPLES[name].model_copy(update={"errata": [swapped(erratum, erratum.proof, side)]})
            assert judged("errata", same).problems


def swapped(erratum: WordErratum, proof: Proof, side: str) -> WordErratum:
    """The erratum whose proof has one side's content on both sides."""
    content = getattr(proof, side)
    return erratum.model_copy(update={"proof": proof.model_copy(update={"printed": content, "correct": content})})


def test_the_facts_are_those_whose_names_are_accepted() -> None:
    """Every name that the check has a value for is accepted at load time, for an example of each kind; so is every promised one."""
    for example in {example.kind: example for example in EXAMPLES.values()}.values():
        computed, names = set(facts(Case(example, "reference"))), known(example)
        assert computed <= names
        assert {name for name in names - computed if not name.startswith("d_")} == set()


def test_the_results_count_what_is_proved() -> None:
    """The totals, and the last line of the summary, say how many errata in words are proved by which evidence."""
    proofs = {"computation": 3, "page": 1}
    findings = Findings(example=NAME, engine="reference", check="errata", dtype="float64", proofs=proofs)
    collected = merging.collect(Session([EXAMPLES[NAME]]), [findings])
    errata = {"author": {"statement": 2, "notation": 1}, "recognition": {"code": 1}}
    assert (collected.totals.errata, collected.totals.proofs) == (errata, proofs)
    counted = "errata: author 3 (2 statement, 1 notation), recognition 1 (1 code); in words 3 by computation, 1 by page"
    assert counted in list(summary.lines(collected))[-1]
