"""What a book says about itself: addresses, languages and texts of one line."""

import pytest
from pydantic import ValidationError

from worked_examples.schema.book import Book


@pytest.mark.parametrize("language", ["en", "ko", "pt-BR", "zh-Hant-TW", "yue"])
def test_a_language_is_a_tag(language: str) -> None:
    """As in HTML."""
    assert Book(title="B", language=language).language == language


@pytest.mark.parametrize(
    "url", ["ftp://x.org", "https://", "https://x .org", "javascript:alert(1)", 'https://x.org/"', "https://x.org\n"]
)
def test_an_address_can_be_put_into_a_page(url: str) -> None:
    """Only http and https, without blanks, quotes or control characters."""
    for key in ("url", "errata_url"):
        with pytest.raises(ValidationError, match="is not accepted; accepted: an address that begins with http"):
            Book.model_validate({"title": "B", key: url})


@pytest.mark.parametrize("title", ["", " B", "B\nC", "B\x07"])
def test_a_title_is_a_text_of_one_line(title: str) -> None:
    """Neither empty nor with control characters."""
    with pytest.raises(ValidationError, match="is not accepted; accepted: a text of one line"):
        Book(title=title)
