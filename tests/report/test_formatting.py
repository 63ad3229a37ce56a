"""Values are written for a reader; a missing one is a dash."""

from collections.abc import Callable

from report import formatting
from verification.records import EpochResult, ErratumResult, ExampleResult


def test_numbers_are_readable_and_missing_ones_are_dashes() -> None:
    """Thousands are separated, digits have two decimals, a seed that never stops is a word."""
    assert [formatting.whole(1_078_011), formatting.whole(None)] == ["1,078,011", "–"]
    assert [formatting.digits(16.078), formatting.digits("exact"), formatting.digits(None)] == ["16.08", "exact", "–"]
    assert [formatting.decimal(0.123456789), formatting.decimal(None)] == ["0.123457", "–"]
    assert [formatting.seed_value(27818.0), formatting.seed_value(None)] == ["27818", "never"]
    assert [formatting.scientific(5.698e-7), formatting.scientific(0)] == ["5.7e-07", "0"]


def test_fewest_digits_are_those_of_the_worst_quantity() -> None:
    """Exact values count only where all are exact; none is None."""
    assert formatting.fewest([16.08, "exact", 13.1]) == 13.1
    assert formatting.fewest(["exact", "exact"]) == "exact"
    assert formatting.fewest([]) is None


def test_a_stop_epoch_is_a_number_or_never() -> None:
    """An engine that ran and did not stop differs from one that did not run."""
    epochs = EpochResult(engines={"reference": 1079, "keras": None})
    assert [formatting.stop_epoch(epochs, engine) for engine in ("reference", "keras", "torch")] == ["1,079", "never", "–"]
    assert formatting.stop_epoch(None, "reference") == "–"


def test_a_variant_tells_its_size(make_example: Callable[..., ExampleResult]) -> None:
    """A variant has its example's source, and its own size."""
    assert formatting.source("a/b", make_example()) == "a book, chapter 3"
    assert formatting.source("a/b@2-3x4", make_example()) == "a book, chapter 3, at size 2-3x4"


def test_a_long_text_is_cut_off() -> None:
    """The mark of what is left out counts among the characters; a text of several lines becomes one."""
    assert formatting.bounded("a\n b", 3) == "a b"
    assert formatting.bounded("abcdef", 4) == "abc…"


def test_names_become_link_targets() -> None:
    """No slash, no space, no sign of a variant is left."""
    assert formatting.anchor("numpy-dnn/a b@2x3") == "numpy-dnn-a-b-2x3"
    assert formatting.indexed("W", (0, 1)) == "W[0, 1]"
    assert formatting.indexed("loss", ()) == "loss"


def test_what_xml_cannot_hold_is_replaced() -> None:
    """Control characters become U+FFFD; line ends stay."""
    assert formatting.legal("a\x07b\n") == "a\ufffdb\n"


def test_an_erratum_has_its_place_in_the_document_and_in_its_text() -> None:
    """The block and the number, or the quote; lines only where the text was at hand."""
    said = {"printed": "1", "correct": "2", "why": "w", "cause": "author", "weight": "notation", "evidence": "page"}
    of_number = ErratumResult(kind="number", where="console: W[0]", location="3.1, a.py", **said)
    assert formatting.place(of_number) == "3.1, a.py; console: W[0]"
    in_words = ErratumResult(kind="words", where="in words or code", quote="a quote", location="3.1", lines=[7, 9], **said)
    assert formatting.place(in_words) == "3.1; \u201ca quote\u201d; lines 7, 9 of the text"
    assert formatting.place(in_words.model_copy(update={"lines": [7]})).endswith("; line 7 of the text")
