"""What the documents say about themselves: the ``book.toml`` beside their fixtures."""

from pathlib import Path

from pydantic import ValidationError

from worked_examples.errors import FixtureError
from worked_examples.identifiers import document_name
from worked_examples.schema.book import Book
from worked_examples.toml_tables import complaint, read_table

BOOK = "book.toml"


def document_of(file: Path) -> str:
    """The document that a ``book.toml`` describes: the name of its folder.

    Raises:
        FixtureError: where no document can have that name.

    """
    try:
        return document_name(file.absolute().parent.name)
    except ValueError as error:
        raise FixtureError(f"{file}: {error}") from None


def load_book(file: Path) -> Book:
    """Read one ``book.toml``.

    Raises:
        FixtureError: where the file is missing, is not TOML, or does not describe a book; the message names file and key.

    """
    try:
        return Book.model_validate(read_table(file))
    except ValidationError as error:
        raise complaint(file, error) from None


def load_books(root: Path) -> dict[str, Book]:
    """Every ``book.toml`` below a directory (or beside one fixture), by the name of its document; documents may do without.

    Raises:
        FixtureError: for the first one that cannot be used, or for two of one document.

    """
    files = [root.parent / BOOK] if root.is_file() else sorted(root.rglob(BOOK))
    books: dict[str, Book] = {}
    for file in filter(Path.is_file, files):
        if (document := document_of(file)) in books:
            raise FixtureError(f"{file}: a second book.toml of the document '{document}'")
        books[document] = load_book(file)
    return books
