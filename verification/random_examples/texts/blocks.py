"""Printed blocks: names with numbers as a console shows them, right and changed."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from verification.random_examples.texts.printing import Printed, formats, printed
from verification.random_examples.truth.numbers import Array, array


class Item(NamedTuple):
    """A printed name with an array of printed numbers; ``numpy``: written as NumPy does, without commas, a row on each line."""

    name: str
    numbers: Array
    numpy: bool

    def text(self, changes: Sequence[int]) -> str:
        """``name = numbers``, each number changed by so many units in its last place."""
        texts = [number.changed(units).text for number, units in zip(self.numbers.ravel(), changes, strict=True)]
        return f"{self.name} = {laid_out(array(texts).reshape(self.numbers.shape), self.numpy)}"


class Block(NamedTuple):
    """A printed block: its items, and further keys such as the epoch; ``rows`` says how many items a line has, one without it.

    With ``taken`` among its keys it is a log.
    """

    items: list[Item]
    keys: Mapping[str, Any]
    rows: Sequence[int] = ()

    @property
    def numbers(self) -> list[Printed]:
        """All numbers in their order."""
        return [number for item in self.items for number in item.numbers.ravel()]

    def table(self, changes: Sequence[int]) -> dict[str, Any]:
        """The table of a fixture, each number changed by so many units in its last place."""
        texts, at = list[str](), 0
        for item in self.items:
            texts.append(item.text(changes[at : at + item.numbers.size]))
            at += item.numbers.size
        ends = list(accumulate(self.rows or [1] * len(texts)))
        lines = [", ".join(texts[begin:end]) for begin, end in zip([0, *ends], ends, strict=False)]
        return {"where": "console", **self.keys, "text": "\n".join(lines)}


def laid_out(texts: Array, numpy: bool) -> str:
    """Texts in brackets: with commas, or in columns that are equally wide."""
    width = max(len(text) for text in texts.ravel()) if numpy and texts.ndim else 0
    return bracketed(texts.tolist(), width, numpy)


def bracketed(nested: Any, width: int, numpy: bool) -> str:
    """A text, or a list of them in brackets; a list of lists has one on each line in columns."""
    if isinstance(nested, str):
        return nested.rjust(width)
    between = ", " if not numpy else " " if isinstance(nested[0], str) else "\n"
    return f"[{between.join(bracketed(row, width, numpy) for row in nested)}]"


@st.composite
def items(draw: st.DrawFn, name: str, value: Array) -> Item | None:
    """The array in a format; None where a digit is not certain."""
    form, numpy = draw(formats()), draw(st.booleans())
    numbers = [printed(entry, form) for entry in value.ravel().tolist()]
    if not numbers or any(number is None for number in numbers):
        return None
    entries = np.empty(len(numbers), dtype=object)
    entries[:] = numbers
    return Item(name, entries.reshape(value.shape), numpy)
