"""Printed items of a network's quantities, and the epochs of their blocks."""

from hypothesis import strategies as st

from verification.random_examples.generator.trainings import Trained
from verification.random_examples.texts.blocks import Block, Item, items
from verification.random_examples.texts.printing import UNSURE, Printed
from verification.random_examples.truth.numbers import Array, array

MOST_PRINTED = 12


def at_epoch(found: list[Item], training: Trained | None, epoch: int, in_text: bool) -> Block:
    """A block that says its epoch in its text or beside it; the book may count from 1."""
    if training is None:
        return Block(found, {})
    counted = epoch + training.first_epoch
    if in_text:
        return Block([Item("epoch", array(Printed(counted, 0, negative=False, fixed=True)), numpy=False), *found], {})
    return Block(found, {"epoch": counted})


@st.composite
def quantity_item(
    draw: st.DrawFn, name: str, words: str, value: Array, after: str, names: dict[str, str], *, after_training: bool
) -> Item | None:
    """A quantity as it is, transposed, or a single entry of it; None where its digits are not certain."""
    if after_training and any(0 < abs(entry) < UNSURE for entry in value.ravel()):
        return None  # what converges to 0 is not 0
    transposed = value.ndim == 2 and not draw(st.integers(0, 3))
    value = value.T if transposed else value
    words += (" transposed" if transposed else "") + after
    if value.ndim and (value.size > MOST_PRINTED or not draw(st.integers(0, 3))):
        place = tuple(draw(st.integers(0, extent - 1)) for extent in value.shape)
        words, value = f"{words} [{', '.join(map(str, place))}]", array(value[place])
    item = draw(items(name, value))
    if item:
        names[name] = words
    return item
