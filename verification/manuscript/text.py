"""The text of a document: its numbers in order, and its words without blanks."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from worked_examples.books import BOOK, load_book
from worked_examples.errors import FixtureError, MissingDataError, in_line
from worked_examples.schema.page import ExampleBase

NUMBER = re.compile(r"(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\b(?:nan|inf|True|False)\b")
TRUTH = {"True": "1", "False": "0"}


def spelled(number: str) -> str:
    """A number as numbers are compared here: without sign, thousands separators, and a point at its end.

    Signs are left out because a minus between two numbers may be an operator. What a reader takes for the same digits is compared.
    """
    return TRUTH.get(number, number.lstrip("+-\u2212").replace(",", "").rstrip(".").lower())


class Text:
    """A document's text."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    @cached_property
    def numbers(self) -> list[str]:
        """All its numbers in order."""
        return [spelled(match[0]) for match in NUMBER.finditer(self.text)]

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """Where each number stands among all of them."""
        places = dict[str, list[int]]()
        for place, number in enumerate(self.numbers):
            places.setdefault(number, []).append(place)
        return places

    @cached_property
    def unspaced(self) -> str:
        """The text without white space."""
        return unspaced(self.text)

    @cached_property
    def ends(self) -> list[int]:
        """Where each line ends in the text without white space."""
        return list(accumulate(len(unspaced(line)) for line in self.text.splitlines()))

    def lines(self, quote: str) -> list[int]:
        """The lines, from 1, in which a quote begins, whatever its white space; none where it is not there."""
        wanted, found, place = unspaced(quote), list[int](), -1
        while (place := self.unspaced.find(wanted, place + 1)) >= 0:
            found.append(bisect_right(self.ends, place) + 1)
        return found

    def restored(self, repairs: Iterable[tuple[str, str]]) -> "Text":
        """The text with what was recognised wrongly in its restored form.

        Raises:
            FixtureError: where nothing of the kind is in the text; the message has it.

        """
        text = self.text
        for recognised, restored in repairs:
            if recognised not in text:
                raise FixtureError(f"repairs: '{recognised}' is not in {self.name}")
            text = text.replace(recognised, restored)
        return self if text == self.text else Text(self.name, text)


def unspaced(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def text_file(example: ExampleBase, folder: Path) -> Path:
    """The file of the document of an example: the one that its ``book.toml`` names, or the one with the document's name.

    Raises:
        FixtureError: where the ``book.toml`` cannot be used.

    """
    book = example.file.parent / BOOK
    named = load_book(book).manuscript if book.exists() else None
    return folder / (named or f"{example.source.document}.txt")


def text_of(example: ExampleBase, folder: Path) -> Text:
    """The text of the document of an example.

    Raises:
        MissingDataError: where it is not in the folder.
        FixtureError: where it is no UTF-8.

    """
    file = text_file(example, folder)
    if not file.is_file():
        raise MissingDataError(f'no file {file.name} in {in_line(folder)}; name it in book.toml: manuscript = "FILE"')
    try:
        return Text(file.name, file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise FixtureError(f"{in_line(file)}: not a text in UTF-8") from None
