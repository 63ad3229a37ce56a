"""The text of a document: its numbers, its quotes, its repairs, and the file that it is in."""

from pathlib import Path
from typing import Any

import pytest

from verification.manuscript.text import Text, spelled, text_of
from worked_examples.errors import FixtureError, MissingDataError

PAGE = Text("page.txt", "E = 0.0000001\nY = [[ 27.000 \u221230.000]]  1,078,011 epochs, 1.5e-3, .5 and 3. True nan")


def test_numbers_are_in_the_order_of_the_text() -> None:
    """Without signs, separators and a point at the end; truth values are what NumPy makes of them."""
    assert PAGE.numbers == ["0.0000001", "27.000", "30.000", "1078011", "1.5e-3", ".5", "3", "1", "nan"]
    assert [spelled(number) for number in ("-30.000", "+3.", "1E-5", "False")] == ["30.000", "3", "1e-5", "0"]
    assert PAGE.places["27.000"] == [1]


@pytest.mark.parametrize(("quote", "expected"), [("Y = [[27.000", True), ("Y=[[ 27.000", True), ("Y = [[28.000", False)])
def test_a_quote_is_found_whatever_its_white_space(quote: str, *, expected: bool) -> None:
    """Letters and digits must be the same."""
    assert bool(PAGE.lines(quote)) is expected


def test_a_quote_may_stand_in_several_lines() -> None:
    """They are counted from 1; a quote over a line's end is where it begins."""
    text = Text("page.txt", "one two\n\nthree one\ntwo one two")
    assert text.lines("one two") == [1, 3, 4]
    assert text.lines("two") == [1, 4, 4]


def test_repairs_restore_what_was_recognised_wrongly() -> None:
    """In turn; what is not there is told. Where nothing is repaired it is the same text, whose numbers are read once."""
    assert PAGE.restored([]) is PAGE
    assert PAGE.restored([("27.000", "27.001"), ("27.001", "27.002")]).numbers[1] == "27.002"
    with pytest.raises(FixtureError, match=r"repairs: '26\.000' is not in page\.txt"):
        PAGE.restored([("26.000", "27.000")])


def example_in(folder: Path, fixture: str, example: Any) -> Any:
    """The example, as if its fixture were in a folder."""
    folder.mkdir()
    return example.model_copy(update={"file": folder / fixture})


def test_the_file_is_the_one_that_the_book_names(tmp_path: Path, example: Any) -> None:
    """Or the one with the document's name; where there is none, the message says which, and what to write."""
    chosen = example_in(tmp_path / "numpy-dnn", "311_1.toml", example("numpy-dnn/311_1"))
    with pytest.raises(MissingDataError, match=r'no file numpy-dnn\.txt in .*; name it in book\.toml: manuscript = "FILE"'):
        text_of(chosen, tmp_path)
    (tmp_path / "numpy-dnn.txt").write_text("one 1", encoding="utf-8")
    assert text_of(chosen, tmp_path).numbers == ["1"]
    (tmp_path / "numpy-dnn" / "book.toml").write_text('title = "A book"\nmanuscript = "b.txt"\n', encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(FixtureError, match=r"b\.txt: not a text in UTF-8"):
        text_of(chosen, tmp_path)
