"""What ``book.toml`` says about a document: the table beside its fixtures."""

from typing import Annotated

from pydantic import Field

from worked_examples.schema.base import Matching, Model

Text = Annotated[str, Matching(r"\S[^\x00-\x1f]*", "a text of one line that does not begin with a blank")]
FileName = Annotated[str, Matching(r"[^\s./\\\x00-\x1f][^/\\\x00-\x1f]*", "the name of a file, without a folder")]
Url = Annotated[str, Matching(r"https?://[^\s\x00-\x1f\"<>]+", "an address that begins with http:// or https://")]
Language = Annotated[str, Matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", 'a language tag such as "en", "ko" or "pt-BR"')]


class Book(Model):
    """A document: a book, slides or notes. Its folder's name is the first part of its examples' ids."""

    title: Text
    edition: Text | None = Field(None, description="edition, printing or year")
    manuscript: FileName | None = Field(
        None, description="the file with its text, in the folder of --sources; by default DOCUMENT.txt"
    )
    language: Language | None = Field(None, description="a BCP 47 tag")
    url: Url | None = Field(None, description="where the document is found")
    errata_url: Url | None = Field(None, description="the publisher's page of errata")
