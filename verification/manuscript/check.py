"""Whether what a fixture says is printed stands in the text of its document: the numbers of every block, and every quote."""

from collections.abc import Iterator
from typing import Any

from verification.case import Case
from verification.manuscript.search import located
from verification.manuscript.text import Text, spelled, text_file, text_of
from verification.records import Findings, OnPage
from worked_examples.errors import MissingDataError
from worked_examples.printed.items import flatten
from worked_examples.schema.page import ExampleBase, PrintedBlock

MOST = 6  # numbers in a line
NEXT_STEP = (
    "compare with the page: correct the block or the quote, state what text recognition changed in [[repairs]], or say that the "
    'block is not of the page: taken_from = "literature"'
)


def check_page(case: Case[Any], findings: Findings) -> Iterator[str]:
    """Every number of a block that is of the page, and every quote, is found in the document, in the order of print."""
    example: ExampleBase = case.example
    text = page_text(case).restored((repair.recognised, repair.restored) for repair in example.repairs)
    findings.on_page = OnPage()
    for block in blocks(example):
        yield from missing_numbers(block, text, findings.on_page)
    for key, quote in quotes(example):
        findings.on_page.quotes += 1
        findings.places[key] = text.lines(quote)
        if not findings.places[key]:
            yield f"{key}: '{quote}' is not in {text.name}"


def quotes(example: ExampleBase) -> Iterator[tuple[str, str]]:
    """Every quote of the page with its key: of errata, and of the facts of their proofs."""
    for position, erratum in enumerate(example.errata):
        yield f"errata[{position}].quote", erratum.quote
        for number, quote in enumerate(erratum.proof.quotes if erratum.proof else []):
            yield f"errata[{position}].proof.quotes[{number}]", quote


def page_text(case: Case[Any]) -> Text:
    """The text of the example's document, read once.

    Raises:
        MissingDataError: where it is not at hand.

    """
    if (folder := case.session.sources) is None:
        raise MissingDataError("no folder with the text of the documents; give --sources=DIR")
    return case.session.once(("text", case.example.source.document), lambda: text_of(case.example, folder))


def blocks(example: ExampleBase) -> Iterator[PrintedBlock]:
    """The blocks that are of the page, those of results among them that nobody can repeat."""
    for block in (*example.blocks, *getattr(example, "unreproducible_results", [])):
        if block.taken_from == "page":
            yield block


def missing_numbers(block: PrintedBlock, text: Text, counted: OnPage) -> Iterator[str]:
    """A line where some number of a block is not found."""
    printed = [(item.name, number) for item in block.items for _, number in flatten(item.values)]
    places = located([spelled(number) for _, number in printed], text).places
    counted.numbers += len(printed)
    counted.found += sum(place is not None for place in places)
    missing = [f"{name} {number}" for (name, number), place in zip(printed, places, strict=True) if place is None]
    if missing:
        more = f" and {len(missing) - MOST} more" if len(missing) > MOST else ""
        yield f"{block.where}: {len(missing)} of {len(printed)} numbers are not in {text.name}: {', '.join(missing[:MOST])}{more}"


def has_text(case: Case[Any]) -> bool:
    """Whether texts are at hand, and something of the example is said to be printed; examples of ours may be of no document."""
    example, folder = case.example, case.session.sources
    if folder is None or not [*blocks(example), *example.errata]:
        return False
    return example.provenance != "ours" or text_file(example, folder).is_file()
