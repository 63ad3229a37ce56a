"""What proofs rest on: facts of the page stand in quotes, those of literature in the citation; a computation computes."""

import pytest

from worked_examples.evidence import literals, stands_in, used, without_ground
from worked_examples.schema.errata import Proof

FACTS = {"y", "printed"}


def proof(by: str, **changes: object) -> Proof:
    """A proof with some evidence."""
    given = {"by": by, "source": "a paper, volume 9", "test": "content == k", "printed": "1", "correct": "2", "given": {"k": "2"}}
    return Proof.model_validate(given | changes)


@pytest.mark.parametrize(
    "grounded",
    [
        proof("computation", test="content == y"),
        proof("computation", given={"k": "j + 1", "j": "len(printed)"}),
        proof("computation", given={"k": "sigmoid(0) * 4"}),
        proof("computation", printed="sigmoid(0)"),
        proof("computation", given={"k": "he_deviation(n, 1)"}, settings={"n": ["100", "400"]}),
        proof("computation", given={"k": "n + 1"}, settings={"n": ["sum(y)"]}),
        proof("page", quotes=["044 for epoch in range(1, 10001):"], given={"k": "{44: 'for epoch', 10001: 'range (1, '}"}),
        proof("page", quotes=["one", "60,000 images"], given={"k": "[60000, 'images']"}),
        proof("page", quotes=["one line", "one"], given={"k": "count(quotes, 'one') + 1"}),
        proof(
            "literature", given={"k": "1988 + volume", "volume": "9"}, source="volume 9 is of 1997; volume 1 is one year after 1988"
        ),
    ],
)
def test_a_proof_with_ground_is_accepted(grounded: Proof) -> None:
    """By a quantity or function, also by way of other facts; by words and numbers of a quote; by those of the citation."""
    assert list(without_ground(grounded, FACTS)) == []


@pytest.mark.parametrize(
    ("groundless", "problem"),
    [
        (proof("computation"), "test: computes with typed facts only; use a quantity or a printed number of the example, or a "),
        (proof("computation", given={"k": "sum([1, 1])"}), "test: computes with typed facts only; "),
        (proof("page"), "quotes: missing; quote the words of the page on which a proof by page rests"),
        (
            proof("page", quotes=["line 36"], given={"k": "35"}),
            "given.k: 35 does not stand in quotes; a proof by page has its facts",
        ),
        (
            proof("page", quotes=["line 36"], given={"k": "'Line'"}),
            "given.k: 'Line' does not stand in quotes; a proof by page has ",
        ),
        (proof("literature", given={"k": "2015"}), "given.k: 2015 does not stand in source; a proof by literature has its facts"),
        (proof("literature", given={"k": "0.5"}), "given.k: 0.5 does not stand in source; "),
    ],
)
def test_a_proof_without_ground_is_told(groundless: Proof, problem: str) -> None:
    """Typed facts alone, no quote, a number or a word that is not quoted, a figure that the citation does not have."""
    (line, *_) = without_ground(groundless, FACTS)
    assert line.startswith(problem)


def test_names_are_followed_through_facts_and_settings() -> None:
    """Those of the test, of the contents, of what they use, and of functions."""
    found = used(proof("computation", given={"k": "relu(j)", "j": "a + n", "idle": "other"}, settings={"n": ["b"]}))
    assert found == {"content", "k", "relu", "j", "a", "n", "b"}


def test_counting_numbers_are_no_facts() -> None:
    """0, 1 and 2 are not, nor is an empty text; a number in another notation is the same number."""
    assert [str(literal) for literal in literals("[0, 1, 2, 3, '', ' ', 'a b', 1.50]")] == ["3", "a b", "3/2"]
    assert stands_in("a b", ["x ab y"])
    assert not stands_in("ab", ["b a", "a", "b"])
    assert stands_in(next(literals("1.50")), ["is 1.5."])
