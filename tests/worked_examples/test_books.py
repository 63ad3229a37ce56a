"""Books: what a document says about itself, and one clear error where it does not."""

from pathlib import Path

import pytest

from worked_examples import FixtureError, load_all
from worked_examples.books import load_books
from worked_examples.loading import ROOT


def described(folder: Path, text: str) -> Path:
    """A folder of a document with a ``book.toml``; the file."""
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text(text, encoding="utf-8")
    return folder / "book.toml"


def test_a_book_is_found_by_the_name_of_its_folder(tmp_path: Path) -> None:
    """All keys but the title are optional, and a directory may hold many documents."""
    described(tmp_path / "d2l", 'title = "Dive"')
    address = "https://example.org/errata?x=1"
    described(
        tmp_path / "b.2-x_y", f'title = "B"\nedition = "2nd"\nlanguage = "pt-BR"\nurl = "{address}"\nerrata_url = "{address}"'
    )
    books = load_books(tmp_path)
    assert list(books) == ["b.2-x_y", "d2l"]
    assert (books["d2l"].title, books["d2l"].language, books["b.2-x_y"].errata_url) == ("Dive", None, address)


def test_the_book_of_one_fixture_is_beside_it() -> None:
    """Where the root is a fixture, its document's book is found."""
    assert list(load_books(ROOT / "numpy-dnn" / "311_1.toml")) == ["numpy-dnn"]


def test_every_document_of_this_project_has_a_book() -> None:
    """Each folder of fixtures says what it is taken from."""
    assert set(load_books(ROOT)) == {example.source.document for example in load_all().values()}


def test_documents_may_do_without(tmp_path: Path) -> None:
    """No ``book.toml`` is not an error, also beside a single file."""
    assert load_books(tmp_path) == {}
    described(tmp_path / "a", 'title = "A"').rename(tmp_path / "a" / "1.toml")
    assert load_books(tmp_path / "a" / "1.toml") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'titel = "B"',
            "unknown key 'titel'; accepted: edition, errata_url, language, manuscript, title, url; did you mean 'title'?",
        ),
        ('edition = "2"', "title: missing"),
        ("title = 1", "title: Input should be a valid string; found 1"),
        ('title = ""', "title: '' is not accepted; accepted: a text of one line that does not begin with a blank"),
        (
            'title = "B"\nlanguage = "Korean"',
            'language: \'Korean\' is not accepted; accepted: a language tag such as "en", "ko" or "pt-BR"',
        ),
        (
            'title = "B"\nurl = "example.org"',
            "url: 'example.org' is not accepted; accepted: an address that begins with http:// or https://",
        ),
        (
            'title = "B"\nerrata_url = "https://x.org/\\u0007"',
            "errata_url: the character U+0007 cannot be shown; accepted: letters, digits, signs, blanks and new lines",
        ),
        ("title", "not TOML: Expected '=' after a key in a key/value pair (at end of document)"),
    ],
)
def test_a_bad_book_is_refused_with_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    """One line: file, key, what was found, what is accepted."""
    file = described(tmp_path / "d2l", text)
    with pytest.raises(FixtureError) as caught:
        load_books(tmp_path)
    assert str(caught.value) == f"{file}: {message}"


def test_a_folder_that_no_id_can_name_is_refused(tmp_path: Path) -> None:
    """The name of the folder is the name of the document."""
    described(tmp_path / "My Book", 'title = "B"')
    with pytest.raises(
        FixtureError, match=r"book\.toml: 'My Book' is not the name of a document; accepted: at most 100 characters, "
    ):
        load_books(tmp_path)


def test_two_books_of_one_document_are_refused(tmp_path: Path) -> None:
    """A document is described once."""
    described(tmp_path / "x" / "d2l", 'title = "B"')
    described(tmp_path / "y" / "d2l", 'title = "B"')
    with pytest.raises(FixtureError, match=r"y/d2l/book\.toml: a second book\.toml of the document 'd2l'$"):
        load_books(tmp_path)
