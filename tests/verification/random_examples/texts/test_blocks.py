"""Printed blocks."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.random_examples.texts.blocks import Block, Item, items
from verification.random_examples.texts.printing import Printed
from verification.random_examples.truth.numbers import array, numbers
from worked_examples.printed.parser import parse

ONE, TWO, TEN = (Printed(units, 1, negative=False) for units in (10, 20, 100))


@pytest.mark.parametrize(
    ("entries", "numpy", "text"),
    [
        (ONE, False, "x = 1.0"),
        ([ONE, TEN], False, "x = [1.0, 10.0]"),
        ([ONE, TEN], True, "x = [ 1.0 10.0]"),
        ([[ONE, TWO], [TEN, ONE]], True, "x = [[ 1.0  2.0]\n[10.0  1.0]]"),
        ([[ONE], [TWO]], False, "x = [[1.0], [2.0]]"),
    ],
)
def test_an_item_is_laid_out_as_consoles_do(entries: Any, numpy: bool, text: str) -> None:
    """With commas, or in columns."""
    entry = array(entries)
    assert Item("x", entry, numpy).text([0] * entry.size) == text


def test_a_block_changes_each_number_by_its_own_units() -> None:
    """In the order of print, through all items."""
    block = Block([Item("x", array([ONE, TWO]), numpy=False), Item("y", array(TEN), numpy=False)], {"epoch": 3})
    assert block.table([1, 0, -1]) == {"where": "console", "epoch": 3, "text": "x = [1.1, 2.0]\ny = 9.9"}
    assert [number.text for number in block.numbers] == ["1.0", "2.0", "10.0"]


def test_rows_have_several_items() -> None:
    """As many as the block says of each line."""
    found = [Item(name, array(ONE), numpy=False) for name in "xyz"]
    assert Block(found, {"taken": "after the epoch"}, [2, 1]).table([0, 1, 0])["text"] == "x = 1.0, y = 1.1\nz = 1.0"


def test_every_layout_is_read_as_it_is_meant(drawn: Callable[..., list[Any]]) -> None:
    """The parser of printed blocks finds the numbers at their places."""
    value = numbers([["0.5", "-1.25"], ["1000000", "0"]])
    found = [item for item in drawn(items("x", value), 60) if item]  # none with an exponent, which 0 does not have
    assert len(found) > 30
    for item in found:
        (read,) = parse(item.text([0] * 4))
        assert read.values == [[number.text for number in row] for row in item.numbers]


def test_no_item_has_uncertain_digits(drawn: Callable[..., list[Any]]) -> None:
    """An array with one of them is not printed."""
    assert drawn(items("x", numbers(["1", "1e-90"])), 5) == [None] * 5
