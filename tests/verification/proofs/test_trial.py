"""The trial of a proof: every reading and every setting, and what a test rests on."""

from fractions import Fraction
from typing import Any

import pytest

from verification.proofs.trial import passes_for_anything, repeats, trials, without_influence
from worked_examples.schema.errata import Proof

KNOWN: dict[str, Any] = {"y": [Fraction(1), Fraction(4)], "n": Fraction(36), "printed_in": len}


def proof(test: str, **changes: object) -> Proof:
    """A proof of 36 for 37."""
    return Proof.model_validate({"by": "computation", "test": test, "printed": "37", "correct": "36", **changes})


def test_every_content_is_tried_in_every_combination_of_settings() -> None:
    """Facts are computed anew in each; the first content is the print, the last the correction."""
    settings = {"a": ["1", "2"], "b": ["n", "0"]}
    tried = list(trials(proof("content == c", readings=["38", "39"], given={"c": "a + b"}, settings=settings), KNOWN))
    assert [trial.side for trial in tried[:4]] == ["printed", "reading", "reading", "correct"]
    assert [int(trial.scope["c"]) for trial in tried[::4]] == [37, 1, 38, 2]
    assert [trial.expected for trial in tried[:4]] == [False, False, False, True]


def test_quotes_are_a_fact() -> None:
    """As texts, in order."""
    (first, *_) = trials(proof("count(quotes, 'a') == content", quotes=["a", "b a"]), KNOWN)
    assert first.scope["quotes"] == ["a", "b a"]


@pytest.mark.parametrize(
    ("test", "anything"),
    [("content != 37", True), ("content < 37 or content > 37", True), ("content == n", False), ("content < n + 1", False)],
)
def test_a_test_that_passes_for_all_but_the_print_says_nothing(test: str, *, anything: bool) -> None:
    """A test that some other number fails says something."""
    tried = list(trials(proof(test), KNOWN))
    assert passes_for_anything(proof(test), tried) is anything


def test_two_values_are_too_few_to_say_so() -> None:
    """Of true and false, the correction is the only other one."""
    of_truth = proof("content == (n > 36)", printed="True", correct="False")
    assert not passes_for_anything(of_truth, list(trials(of_truth, KNOWN)))


@pytest.mark.parametrize(
    ("test", "idle"),
    [
        ("content == n", False),
        ("content == 36 + 0 * n", True),
        ("content == 36 and len(y) > -1", True),
        ("content == 36 and n == 36", False),
        ("content == 6 * 6", True),
        ("content == 36 and (y[0] < y[1] or n == 36)", False),
        ("content == printed_in('a')", False),
    ],
)
def test_a_test_that_its_evidence_does_not_change_rests_on_none(test: str, *, idle: bool) -> None:
    """Each fact alone and several together get other values; a function of facts is taken as evidence."""
    tried = list(trials(proof(test), KNOWN))
    assert without_influence(proof(test), tried) is idle


@pytest.mark.parametrize(("given", "name"), [("6 * 6", "k"), ("72 / 2", "k"), ("n", ""), ("len(y) * 18", ""), ("35 + 2", "")])
def test_a_fact_that_is_the_correction_in_other_words_is_told(given: str, name: str) -> None:
    """Where it is written out; one that is computed proves something."""
    repeating = proof("content == k", given={"k": given})
    assert repeats(repeating, list(trials(repeating, KNOWN))) == name


@pytest.mark.parametrize("test", ["content == 36 and n > 0", "content == 36 or n < 0", "abs(content - 36 - n / 1000) < 1"])
def test_the_correction_in_the_test_itself_is_told(test: str) -> None:
    """Whatever else is asked beside it."""
    repeating = proof(test)
    assert repeats(repeating, list(trials(repeating, KNOWN))) == "in the test"
