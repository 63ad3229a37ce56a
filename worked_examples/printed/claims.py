"""Every number of a printed block as one claim: its text, its name, its epoch, its erratum."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from worked_examples.limits import EPOCHS
from worked_examples.printed.items import PrintedItem, numbered
from worked_examples.printed.notations import is_number, plain
from worked_examples.printed.quantities import Quantity
from worked_examples.schema.errata import NumberErratum
from worked_examples.schema.kinds.calculation import CalculationExample
from worked_examples.schema.kinds.images import ImageExample
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.kinds.network_sizes import SizedNetworkExample
from worked_examples.schema.log import LogBlock

Printing = ImageExample | NetworkExample | SizedNetworkExample | CalculationExample

MOST_PLACES = 6  # that a message lists


class Claim(NamedTuple):
    """One number of a block; ``epoch`` counts from 0, whatever the book counts from. It may be announced as cut off."""

    block: int
    where: str
    name: str
    at: tuple[int, ...]
    text: str
    epoch: int
    erratum: NumberErratum | None
    may_be_cut: bool = False
    taken_from: str = "page"

    def __str__(self) -> str:
        return f"{self.name}{list(self.at) if self.at else ''}"


def misplaced_errata(example: Printing) -> list[str]:
    """What is wrong with the printed epochs and the errata of blocks: they point to no printed number, or quote another."""
    return [*bad_epochs(example)] or [*unused_errata(example), *misquoted_errata(example), *bad_corrections(example)]


def bad_epochs(example: Printing) -> Iterator[str]:
    """Printed epochs that are not the number of an epoch."""
    if not isinstance(example, NetworkExample):
        return
    first = example.training.first_epoch if example.training else 0
    for position, block in enumerate(example.blocks):
        key = example.key_of(position)
        for item, _, text, _, _ in located(example, position):
            if example.quantity(position, item.name).part == "epoch" and not is_epoch(text, first):
                yield f"{key}.text: '{item.name}' is printed {text}; accepted: the number of an epoch, from {first}"
        yield from restored_epochs(example, position)
        if block.epoch is not None and block.epoch < first:
            yield f"{key}.epoch: {block.epoch}; accepted: the number of an epoch, from {first}"


def restored_epochs(example: NetworkExample, position: int) -> Iterator[str]:
    """A block of the epoch at which a program goes back to earlier parameters: it would be of these."""
    criterion = example.training.criterion if example.training else None
    block = example.blocks[position]
    if criterion is None or not criterion.restores_best or isinstance(block, LogBlock) or block.epoch is None:
        return
    if block.epoch == criterion.epoch and criterion.patience:
        best = criterion.epoch - criterion.patience
        yield (
            f"{example.key_of(position)}.epoch: {block.epoch}; training ends there, with the parameters of epoch {best} restored; "
            f"write epoch = {best}"
        )


def is_epoch(text: str, first: int) -> bool:
    """Whether a printed number is that of an epoch, where the first is 0 or 1."""
    decimal = plain(text)
    return decimal.isascii() and decimal.isdigit() and first <= int(decimal) <= EPOCHS


def bad_corrections(example: Printing) -> Iterator[str]:
    """Errata of numbers whose ``correct`` is not a number, and errata of labels whose ``correct`` means nothing."""
    for position, block in enumerate(example.blocks):
        key = example.key_of(position)
        for erratum in block.errata:
            if not erratum.of_label and not is_number(erratum.correct):
                yield f"{key}.errata: correct: '{erratum.correct}' is not a number; accepted: a decimal string"
            if erratum.of_label and (fault := label_fault(example, position, erratum.correct)):
                yield f"{key}.errata: correct: {fault}"


def label_fault(example: Printing, position: int, name: str) -> str:
    """Why a corrected label means nothing in its example; empty where it does."""
    try:
        if isinstance(example, NetworkExample | SizedNetworkExample):
            example.quantity(position, name)
        elif not isinstance(example, ImageExample):
            example.part(position, name)
    except ValueError as error:
        return str(error).partition(": ")[2]
    return ""


def unused_errata(example: Printing) -> list[str]:
    """Errata of blocks that point to no printed number, each with the places in its block."""
    used = {(claim.block, id(claim.erratum)) for claim in claims(example) if claim.erratum}
    return [
        f"{example.key_of(position)}.errata: no number '{erratum.number}' at {list(erratum.at)}, occurrence {erratum.occurrence}; "
        f"printed there: {places(example, position, erratum.number)}"
        for position, block in enumerate(example.blocks)
        for erratum in block.errata
        if (position, id(erratum)) not in used
    ]


def places(example: Printing, position: int, name: str) -> str:
    """Where a block prints numbers, as an erratum writes it; where it has the name, only those."""
    found = Counter((item.name, index) for item, index, _, _, _ in located(example, position))
    shown = [place for place in found if place[0] == name] or found
    words = [f"'{place[0]}' at {list(place[1])}" + (f" {found[place]} times" if found[place] > 1 else "") for place in shown]
    return ", ".join(words[:MOST_PLACES]) + (", ..." if len(words) > MOST_PLACES else "")


def misquoted_errata(example: Printing) -> list[str]:
    """Errata of numbers whose ``printed`` is not what is printed there."""
    return [
        f"{example.key_of(claim.block)}.errata: {claim} is printed {claim.text}, and not '{claim.erratum.printed}'"
        + other_occurrence(example, claim)
        for claim in claims(example)
        if claim.erratum and not claim.erratum.of_label and claim.erratum.printed != claim.text
    ]


def other_occurrence(example: Printing, claim: Claim) -> str:
    """What to write where another occurrence of the name is printed as the erratum says; empty where none is."""
    numbers = located(example, claim.block)
    texts = [text for item, index, text, _, _ in numbers if (item.name, index) == (claim.name, claim.at)]
    wanted = claim.erratum.printed if claim.erratum else ""
    return f"; write occurrence = {texts.index(wanted) + 1}" if wanted in texts else ""


def located(
    example: Printing, position: int
) -> Iterator[tuple[PrintedItem, tuple[int, ...], str, NumberErratum | None, int | None]]:
    """The numbers of a block, each with its index, its erratum, and the epoch or iteration that is printed with it, if one is."""
    block = example.blocks[position]
    errata = {(erratum.number, erratum.at, erratum.occurrence): erratum for erratum in reversed(block.errata)}
    seen, occurrences = Counter[str](), dict[int, int]()
    for item in block.items:
        seen[item.name] += 1
        occurrences[id(item)] = seen[item.name]
    for item, index, text, count in numbered(block.items, partial(is_count, example, position)):
        yield item, index, text, errata.get((item.name, index, occurrences[id(item)])), count


def is_count(example: Printing, position: int, name: str) -> bool:
    """Whether the numbers of a printed name count epochs or iterations."""
    if isinstance(example, NetworkExample):
        return example.quantity(position, name).part == "epoch"
    return isinstance(example, CalculationExample) and example.is_count(position, name)


def claims(example: Printing) -> Iterator[Claim]:
    """The claims of an example, in the order of print.

    A printed epoch or iteration is that of the numbers of its line and below it, and also a claim: that the program reaches it.
    """
    for position, block in enumerate(example.blocks):
        of_rows = epochs_of_rows(example, position)
        for item, index, text, erratum, count in located(example, position):
            done = updates(example, position, of_rows.get(item.line, count))
            yield Claim(
                position, block.where, item.name, index, text, done, erratum, item.name in block.truncated, block.taken_from
            )


def epochs_of_rows(example: Printing, position: int) -> dict[int, int]:
    """The epoch of every row, by its line, of a log that says how many epochs lie between its rows; empty for any other block."""
    block, training = example.blocks[position], example.training if isinstance(example, NetworkExample) else None
    return block.epochs(training.first_epoch) if isinstance(block, LogBlock) and training else {}


def updates(example: Printing, position: int, count: int | None) -> int:
    """The updates, or passes, that are made when the book prints a number, with ``count`` in front of it or of its block."""
    if isinstance(example, CalculationExample):
        return example.done(position, count)
    epoch = example.blocks[position].epoch if count is None else count
    training = example.training if isinstance(example, NetworkExample) else None
    if epoch is None:
        return 0
    return epoch - training.first_epoch if training else epoch


def quantity_of(example: NetworkExample | SizedNetworkExample, claim: Claim) -> Quantity:
    """The quantity that a claim is about: what its (corrected) label means, at the claim's index."""
    name = claim.erratum.correct if claim.erratum and claim.erratum.of_label else claim.name
    quantity = example.quantity(claim.block, name)
    return quantity._replace(entry=quantity.entry or claim.at)
