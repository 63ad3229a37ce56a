"""Errata: of numbers, of labels, and in words with a proof."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import FixtureError
from worked_examples.schema.errata import NumberErratum, Proof, WordErratum

WHY = {"why": "w", "cause": "author", "weight": "result"}


def test_an_erratum_of_a_label_repeats_the_name() -> None:
    """Where the printed text is the name, the label is wrong, not the number."""
    assert NumberErratum(number="x2b", printed="x2b", correct="x3b", **WHY).of_label
    assert not NumberErratum(number="x2b", printed="0.1", correct="0.2", **WHY).of_label


def test_an_erratum_must_point_to_a_printed_number(refusal: Callable[..., str]) -> None:
    """A name, an index or an occurrence that is not in the block is refused."""
    message = refusal("numpy-dnn/312_1", "occurrence = 2", "occurrence = 3")
    assert message == "printed[1].errata: no number 'x2b' at [], occurrence 3; printed there: 'x2b' at [] 2 times"


def test_an_erratum_that_names_no_number_is_told_the_places(refusal: Callable[..., str]) -> None:
    """Where the name is not in the block, its numbers are listed as an erratum writes them, the first six of them."""
    message = refusal("numpy-dnn/312_1", 'number = "x2b"\noccurrence = 2', 'number = "nothing"')
    start = "printed[1].errata: no number 'nothing' at [], occurrence 1; printed there: 'epoch' at [] "
    assert message.startswith(start)
    assert message.endswith(", ...")
    assert message.count(" at [") == 1 + 6


def test_the_index_in_an_erratum_is_a_list(refusal: Callable[..., str]) -> None:
    """A single number where the index of an entry belongs is told what to write."""
    message = refusal("numpy-dnn/312_1", "occurrence = 2", "at = 2")
    assert message == "printed[1].errata[0].at: 2 is not a list; write [2]"


TWICE = """
kind = "calculation"
inputs = { x = "2" }
steps = "y = x * x"

[[printed]]
where = "w"
text = "y = 4\\ny = 5"

[[printed.errata]]
number = "y"
printed = "5"
correct = "4"
why = "2 * 2"
cause = "author"
weight = "result"
"""


def test_an_erratum_of_another_occurrence_is_told_which(written: Callable[[str], Any]) -> None:
    """Where the name is printed more than once, and elsewhere as the erratum says."""
    with pytest.raises(FixtureError, match=r"printed\[0\].errata: y is printed 4, and not '5'; write occurrence = 2"):
        written(TWICE)
    assert written(TWICE.replace('number = "y"', 'number = "y"\noccurrence = 2'))


def test_an_erratum_must_quote_what_is_printed(refusal: Callable[..., str]) -> None:
    """An erratum of a number that is printed otherwise is refused: it would be proved wrong, and say what nobody printed."""
    message = refusal("linear-algebra/backward-hidden", 'printed = "0.5"', 'printed = "0.51"')
    assert message == "printed[2].errata: w13_old is printed 0.5, and not '0.51'"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "quote\n  Field required"),
        ({"quote": ""}, "empty; write a few words of the page, as they are printed there"),
        ({"quote": "a " * 13}, "13 words; accepted: at most 12, enough to find the place"),
        ({"quote": "a", "cause": "reader"}, "'reader' is not a cause; accepted: author, edition, recognition, unknown"),
        ({"quote": "a", "weight": "heavy"}, "'heavy' is not a weight; accepted: code, notation, result, statement"),
        ({"quote": "a"}, "location\n  Field required"),
        ({"quote": "a", "location": {}}, "empty; write section, listing or line"),
        ({"quote": "a", "location": {"section": " "}}, "empty; write it, or leave the key out"),
        ({"quote": "a", "location": {"line": "nine"}}, "'nine' is not accepted; accepted: numbers of lines such as"),
        ({"quote": "a", "location": {"line": "7"}, "outcome": " "}, "empty; write it, or leave the key out"),
        ({"quote": "a", "why": " "}, "empty; write it, or leave the key out"),
        (
            {"quote": "a", "location": {"line": "7"}},
            "outcome: missing; write what a reader gets by running what is printed, for the weight result",
        ),
    ],
)
def test_an_erratum_in_words_quotes_the_page(changes: dict[str, Any], message: str) -> None:
    """In a few words, and says where; without a proof it rests on reading. Cause and weight are words of a list.

    Of a result or code it says what it gives.
    """
    table = {"printed": "1", "correct": "2", **WHY, **changes}
    with pytest.raises(ValueError, match=re.escape(message)):
        WordErratum.model_validate(table)
    whole = {"printed": "1", "correct": "2", **WHY, "quote": "a", "location": {"line": "7"}, "outcome": "a NameError"}
    assert WordErratum.model_validate(whole).evidence == "reading"


@pytest.mark.parametrize("key", ["printed", "correct", "why", "cause", "weight"])
def test_an_erratum_says_what_and_why(key: str) -> None:
    """What is printed, what is correct, the reason, whose fault it is and how grave are required."""
    table = {"printed": "1", "correct": "2", **WHY}
    del table[key]
    with pytest.raises(ValueError, match=f"{key}\n  Field required"):
        NumberErratum.model_validate(table)


def test_every_quote_is_short() -> None:
    """Those on which the facts of a proof rest too."""
    table = {"by": "page", "source": "s", "test": "content == a", "printed": "1", "correct": "a", "given": {"a": "2"}}
    assert Proof.model_validate({**table, "quotes": ["a " * 12]}).quotes == ["a " * 12]
    with pytest.raises(ValueError, match="13 words; accepted: at most 12, enough to find the place"):
        Proof.model_validate({**table, "quotes": ["a", "a " * 13]})
