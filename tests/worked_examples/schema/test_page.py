"""What is printed: blocks, statements and names that cannot be read are refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from worked_examples import FixtureError, load
from worked_examples.schema.page import PrintedBlock, Statement, lookup

NAME = "numpy-dnn/313_1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("updates = 65", 'loss_above = "1"', "statements[0]: loss_above and epoch belong together"),
        ("updates = 65", "updates = 0", "statements[0].updates: Input should be greater than or equal to 1"),
        ('provenance = "', 'provenance = "un', "provenance: 'un"),
        ('section = "', 'chapter = "', "source: unknown key 'chapter'; accepted: document, listing, section"),
    ],
)
def test_a_bad_page_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_a_block_has_a_number() -> None:
    """A text without numbers is not a printed block."""
    with pytest.raises(ValueError, match="there is no number in this block"):
        PrintedBlock(where="here", text="")


def test_a_statement_makes_one_claim() -> None:
    """A threshold is claimed at an epoch."""
    assert Statement(where="here", says="s", loss_above="0.1", epoch=3).loss_above == "0.1"
    with pytest.raises(ValueError, match="exactly one of updates, passes, loss_above, fewer_epochs_than, trainings must be given"):
        Statement(where="here", says="s")


def test_the_names_of_a_block_come_first() -> None:
    """They replace those of the example, and ``epoch`` needs no entry."""
    block = PrintedBlock(where="here", text="E = 1", names={"E": "loss"})
    assert lookup({"E": "output"}, block, "E").part == "loss"
    assert lookup({}, block, "epoch").part == "epoch"
    with pytest.raises(ValueError, match=r"'Y' has no entry in \[names\]; known: epoch, E"):
        lookup({}, block, "Y")


def test_a_block_is_read_with_its_format_its_units_and_its_labels() -> None:
    """Numbers have the names of a format's fields; a line of words is a name, and may have numbers where the block knows it."""
    block = PrintedBlock(where="here", text="3: 0.50", format="%d: %.2f", columns=["epoch", "E"])
    assert [(item.name, item.values) for item in block.items] == [("epoch", "3"), ("E", "0.50")]
    block = PrintedBlock(where="here", text="t = 3 ms\nLoss of 2 epochs:\n0.5", units=["ms"], names={"Loss of 2 epochs": "loss"})
    assert [(item.name, item.values) for item in block.items] == [("t", "3"), ("Loss of 2 epochs", "0.5")]
    assert lookup({}, block, "Epoch").part == "epoch"


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"columns": ["E"]}, "columns: they name the fields of a format; write format, or remove columns"),
        ({"format": "{E}", "units": ["ms"]}, "units: a format has them in its own words; remove units"),
        ({"units": ["3"]}, "'3' is not accepted; accepted: a word such as ms or px"),
        ({"format": "%d"}, "format: 1 fields without a name, but 0 columns; write columns = [...], a name for each"),
        ({"format": "E {E}"}, "text: line 1: 'E = 1' is not in the format; remove the line, or write another format"),
    ],
)
def test_a_block_is_read_in_one_way(keys: dict[str, Any], message: str) -> None:
    """Columns belong to a format, units to a text without one, and a format can be read."""
    with pytest.raises(ValidationError) as caught:
        PrintedBlock(where="here", text="E = 1", **keys)
    assert str(caught.value.errors()[0]["msg"]) == f"Value error, {message}"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'format = "',
            'format = "{',
            "printed[1].format: '{losses {E_k}' is not a format (unexpected '{' in field name); write {{ for ",
        ),
        (
            'format = "losses {E_k}"',
            'columns = ["E_k"]',
            "printed[1].columns: they name the fields of a format; write format, or remove columns",
        ),
        (
            "losses [[",
            "loss [[",
            "printed[1].text: line 1: 'loss [[0.274811 0.02356 ] [0.010405 0.229831]]' is not in the format; ",
        ),
        (
            "z2 = array(",
            "z2 = array(... ",
            "printed[0].text: line 1: '...' stands for numbers that are not printed; print them all: ",
        ),
        (">>> E.sum(1)", ">>> E.sum()", "printed[0].text: 'E.sum()' has no entry in [names]; known: epoch, z2, "),
    ],
)
def test_a_block_that_cannot_be_read_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """With the block, the line, and what to write instead."""
    assert refusal("ours/deltas", old, new).startswith(message)


def test_undecided_names_are_printed() -> None:
    """An announcement names what is printed in its block, once."""
    assert PrintedBlock(where="here", text="E = 1", undecided=["E"]).undecided == ["E"]
    for names in (["Y"], ["E", "E"]):
        with pytest.raises(ValueError, match=rf"undecided: '{names[-1]}' is not printed here, or named twice; printed: E"):
            PrintedBlock(where="here", text="E = 1", undecided=names)


PRINTED = '\n[[printed]]\nwhere = "console"\ntext = "y = 1"\n'
STATEMENT = '\n[[statements]]\nwhere = "below"\nsays = "it stops"\npasses = 3\n'


@pytest.mark.parametrize(
    ("name", "added", "line"),
    [
        ("dl-python/initializers", PRINTED, "printed: not judged in an example of this kind"),
        ("ours/activations", PRINTED, "printed: not judged in an example of this kind"),
        ("dl-python/cnn-alexnet", STATEMENT, "statements: not judged in an example of this kind"),
    ],
)
def test_what_no_check_judges_is_refused(name: str, added: str, line: str, changed: Callable[[str, str, str], Path]) -> None:
    """One line says what to write instead."""
    file = changed(name, "provenance", "provenance")
    file.write_text(file.read_text(encoding="utf-8") + added, encoding="utf-8")
    with pytest.raises(FixtureError, match=line):
        load(file)


@pytest.mark.parametrize("arithmetic", ["float64", "float32", "rounded chain"])
def test_sizes_are_whole_numbers(arithmetic: str, changed: Callable[[str, str, str], Path]) -> None:
    """An arithmetic that would be ignored is refused."""
    file = changed("dl-python/cnn-alexnet", "[[printed]]\n", f'[[printed]]\narithmetic = "{arithmetic}"\n')
    with pytest.raises(FixtureError, match=rf"printed\[0\].arithmetic: '{arithmetic}'; accepted in an example of this kind: exact"):
        load(file)
