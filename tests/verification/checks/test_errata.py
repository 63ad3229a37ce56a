"""Errata in words: a proof that proves nothing is refused at load time, and one that no longer holds fails with an explanation."""

import re
from pathlib import Path
from typing import Any

import pytest

from verification.checks.errata import check_errata
from verification.proofs.facts import facts
from verification.results import merging
from verification.session import Case
from worked_examples import Example, FixtureError, load, load_all
from worked_examples.loading import ROOT
from worked_examples.proofs import known
from worked_examples.schema.errata import EVIDENCE, WordErratum

EXAMPLES = load_all()
NAME = "dl-python/cost-functions"
GOOD = (ROOT / f"{NAME}.toml").read_text(encoding="utf-8")
FIRST = """test = "len(it) == len(y_right)"
printed = "[0, 0, 0, 0, 1, 0, 0, 0, 0]"
"""


def changed(folder: Path, old: str, new: str) -> Path:
    """A copy of a good fixture with one change."""
    assert old in GOOD
    file = folder / f"{NAME}.toml"
    file.parent.mkdir()
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    return file


def asked(example: Example, engine: str = "reference") -> dict[str, Any]:
    """What the check of the errata records."""
    record: dict[str, Any] = {}
    check_errata(Case(example, engine), record)  # type: ignore[arg-type]  # see OTHER_CHECKS
    return record


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            'test = "len(it) == len(y_rigth)"\nprinted = "1"\n',
            "test: 'y_rigth' in 'len(it) == len(y_rigth)' is unknown; accepted: ",
        ),
        ('test = "len(it) = 9"\nprinted = "1"\n', "test: 'len(it) = 9' is not an expression"),
        ('test = "it.real == t"\nprinted = "1"\n', "test: 'it.real' in 'it.real == t' is not accepted (Attribute)"),
        ('test = "len(it) == len(t)"\nprinted = "it"\n', "printed: 'it' in 'it' is unknown; accepted: "),
        ('test = "len(t) == 10"\nprinted = "1"\n', "test: 'len(t) == 10' does not ask about 'it'"),
        ('test = "len(it) == 10"\nprinted = "1"\n', "test: 'len(it) == 10' uses no evidence: neither a fact that is given nor a "),
        ('given = { t = "1" }\ntest = "it == t"\nprinted = "1"\n', "given.t: not a name of its own; the example has CEE_right, "),
        ('given = { k = "2" }\ntest = "it == t"\nprinted = "1"\n', "given.k: not used"),
        (
            'given = { k = "[0, 0, 0, 0, 1, 0, 0, 0, 0, 0]" }\ntest = "it == k"\nprinted = "1"\n',
            "given.k: repeats the correction, and so proves nothing",
        ),
        ('given = { k = "j", j = "1" }\ntest = "it == k"\nprinted = "1"\n', "given.k: 'j' in 'j' is unknown; accepted: "),
        ('printed = "1"\n', "test: missing"),
    ],
)
def test_a_proof_that_proves_nothing_is_refused_with_file_and_key(tmp_path: Path, new: str, message: str) -> None:
    """Unknown names, no expression, no question, no evidence, an unused fact, a repeated correction: one error each."""
    file = changed(tmp_path, FIRST, new)
    with pytest.raises(FixtureError, match=f"^{re.escape(f'{file}: errata[0].proof.{message}')}"):
        load(file)


def test_an_erratum_without_a_proof_is_refused(tmp_path: Path) -> None:
    """An erratum in words that is only listed is an error that names the key."""
    file = changed(tmp_path, f'[errata.proof]\nby = "computation"\n{FIRST}correct = "[0, 0, 0, 0, 1, 0, 0, 0, 0, 0]"\n', "")
    with pytest.raises(FixtureError, match=f"^{re.escape(f'{file}: errata[0].proof: missing')}$"):
        load(file)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'by = "computation"',
            'by = "hearsay"',
            "by: 'hearsay' is not a kind of evidence; accepted: computation, literature, page",
        ),
        ('by = "computation"', 'by = "page"', "source: missing; say where the evidence is found, for a proof by page"),
    ],
)
def test_evidence_is_of_a_known_kind_and_stands_somewhere(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The kind is one of three, and a proof by the page or by literature says where."""
    file = changed(tmp_path, old, new)
    with pytest.raises(FixtureError, match=f"^{re.escape(f'{file}: errata[0].proof.{message}')}$"):
        load(file)


@pytest.mark.parametrize(
    ("new", "message"),
    [
        (
            'test = "len(it) <= len(y_right)"\nprinted = "[0, 0, 0, 0, 1, 0, 0, 0, 0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0] (three times)': printed, and passes the test, so that it is no erratum: "
            "len(it) <= len(y_right), where it = [0, 0, 0, 0, 1, 0, 0, 0, 0], y_right = [1/10, ",
        ),
        (
            'test = "len(it) < len(y_right)"\nprinted = "y_wrong"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]': given as correct, but fails the test: len(it) < len(y_right), where it = [0, ",
        ),
        (
            'test = "len(it) * len(y_right)"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0] (three times)': the test is neither true nor false but 10: ",
        ),
        (
            'test = "len(it) / 0 == len(y_right)"\nprinted = "[0]"\n',
            "'t = [0, 0, 0, 0, 1, 0, 0, 0, 0] (three times)': printed: 'len(it) / 0 == len(y_right)' has no value: ZeroDiv",
        ),
    ],
)
def test_a_proof_that_does_not_hold_fails_and_says_why(tmp_path: Path, new: str, message: str) -> None:
    """Printed and yet right, correct and yet wrong, no truth value, no value: the failure names example, side, test and values."""
    example = load(changed(tmp_path, FIRST, new))
    with pytest.raises(pytest.fail.Exception) as caught:
        asked(example)
    text = str(caught.value)
    assert text.startswith(f"{NAME} on reference (float64): {example.title}\n")
    assert f"\n  {message}" in text
    assert "\n  next: read the place again: correct the proof, or take out an erratum that is none" in text


def test_what_is_proved_is_counted_by_its_evidence() -> None:
    """The record has as many proofs as there are errata, by kind."""
    assert asked(EXAMPLES[NAME]) == {"proofs": {"computation": len(EXAMPLES[NAME].errata)}}
    kinds = {erratum.proof.by for example in EXAMPLES.values() for erratum in example.errata}
    assert kinds == set(EVIDENCE)


@pytest.mark.parametrize("side", ["printed", "correct"])
@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if example.errata])
def test_every_proof_notices_when_its_sides_are_the_same(name: str, side: str) -> None:
    """With the correction in the place of the print, or the print in that of the correction, every single erratum fails by name."""
    example = EXAMPLES[name]
    same = [swapped(erratum, side) for erratum in example.errata]
    with pytest.raises(pytest.fail.Exception) as caught:
        asked(example.model_copy(update={"errata": same[:12]}))
    assert str(caught.value).count("\n  '") == len(same[:12])


def swapped(erratum: WordErratum, side: str) -> WordErratum:
    """The erratum whose proof has one side's content on both sides."""
    content = getattr(erratum.proof, side)
    return erratum.model_copy(update={"proof": erratum.proof.model_copy(update={"printed": content, "correct": content})})


def test_the_facts_are_those_whose_names_are_accepted() -> None:
    """Every name that the check has a value for is accepted at load time, for an example of each kind; so is every promised one."""
    for example in {example.kind: example for example in EXAMPLES.values()}.values():
        found, names = set(facts(example)), known(example)
        assert found <= names
        assert {name for name in names - found if not name.startswith("d_")} == set()


def test_the_results_count_what_is_proved() -> None:
    """The totals, and the last line of the summary, say how many errata in words are proved by which evidence."""
    record = {"example": NAME, "engine": "reference", "question": "errata", "proofs": {"computation": 3, "page": 1}}
    found = merging.collect(EXAMPLES, [record], set(), ["reference"])
    totals = found["totals"]
    assert (totals["errata"], totals["errata proved by computation"], totals["errata proved by page"]) == (4, 3, 1)
    assert list(merging.summary(found, ["reference"]))[-1].endswith("0 statements, 4 errata, in words 3 by computation, 1 by page")
