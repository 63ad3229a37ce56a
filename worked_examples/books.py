"""What the documents say about themselves: the ``book.toml`` beside their fixtures."""

from pathlib import Path

from pydantic import ValidationError

from worked_examples.errors import FixtureError, in_line
from worked_examples.files.toml_tables import complaint, read_table, toml_files
from worked_examples.identifiers import document_name
from worked_examples.schema.book import Book

BOOK = "book.toml"


def document_of(file: Path) -> str:
    """The document that a ``book.toml`` describes: the name of its folder.

    Raises:
        FixtureError: where no document can have that name.

    """
    try:
        return document_name(file.absolute().parent.name)
    except ValueError as error:
        raise FixtureError(f"{in_line(file)}: {error}") from None


def load_book(file: Path) -> Book:
    """Read one ``book.toml``.

    Raises:
        FixtureError: where the file is missing, is not TOML, or does not describe a book; the message names file and key.

    """
    try:
        return Book.model_validate(read_table(file))
    except ValidationError as error:
        raise complaint(file, error) from None


def books_below(root: Path) -> list[Path]:
    """Every ``book.toml`` below a directory, or the one beside a fixture; documents may do without."""
    files = [root.parent / BOOK] if root.is_file() else toml_files(root)
    return [file for file in files if file.name == BOOK and (file.exists() or file.is_symlink())]


def add_book(file: Path, books: dict[str, Book]) -> None:
    """Add the book in a file, by the name of its document.

    Raises:
        FixtureError: where it cannot be used, or its document has a book already.

    """
    if (document := document_of(file)) in books:
        raise FixtureError(f"{in_line(file)}: a second book.toml of the document '{document}'")
    books[document] = load_book(file)


def load_books(root: Path) -> dict[str, Book]:
    """Every ``book.toml`` below a directory (or beside one fixture), by the name of its document.

    Raises:
        FixtureError: for the first one that cannot be used, or for two of one document.

    """
    books: dict[str, Book] = {}
    for file in books_below(root):
        add_book(file, books)
    return books
