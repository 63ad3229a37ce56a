"""Printed items of quantities."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.quantity_items import at_epoch, quantity_item
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.texts.blocks import Item
from verification.random_examples.texts.printing import Printed
from verification.random_examples.truth.numbers import array, numbers

NUMBER = Item("x", array(Printed(1, 0, negative=False)), numpy=False)


@pytest.mark.parametrize(("first", "in_text"), [(0, True), (1, True), (1, False)])
def test_a_block_says_its_epoch(first: int, in_text: bool) -> None:
    """In its text or beside it, as the book counts; without a training it has none."""
    training = Trained({}, [], first, never_moves=False, words=frozenset())
    text = at_epoch([NUMBER], training, 2, in_text=in_text).table([0, 0])
    assert ("epoch" in text) == (not in_text)
    assert f"epoch = {2 + first}" in text["text"] or text["epoch"] == 2 + first
    assert at_epoch([NUMBER], None, 0, in_text=in_text).table([0])["text"] == "x = 1"


def test_a_quantity_is_whole_transposed_or_an_entry(drawn: Callable[..., list[Any]]) -> None:
    """Its words say so; what converges to 0 is not printed after a training."""
    value = numbers([["1", "2"], ["3", "4"]])

    @st.composite
    def words(draw: st.DrawFn) -> str:
        names: dict[str, str] = {}
        draw(quantity_item("q", "output", value, " after update", names, after_training=True))
        return names["q"]

    assert {"output after update", "output transposed after update", "output after update [1, 0]"} <= set(drawn(words(), 100))
    tiny = quantity_item("q", "output", array([mpmath.mpf("1e-90")]), "", {}, after_training=True)
    assert set(drawn(tiny, 5)) == {None}
