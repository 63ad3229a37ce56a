"""The ledger: everything that a fixture claims, each claim by its words and a digest of all that is said of it.

A claim that is gone, or that says something else than it did, is a failure until the committed inventory is written anew, and then
a line of its difference.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from worked_examples import Example
from worked_examples.schema.base import Model
from worked_examples.schema.page import PrintedBlock

LENGTH = 12  # hexadecimal digits of a digest
LONGEST = 100  # characters of the words of a claim
AGAIN = "look at it, then write the inventory anew: python -m verification inventory"


def claims(example: Example) -> dict[str, str]:
    """Every claim of a fixture in its order; one with the words of another has its number behind them."""
    found = dict[str, str]()
    for kind, words, claim in spoken(example):
        label, count = shortened(f"{kind}: {words}"), 1
        while (numbered := label if count == 1 else f"{label} ({count})") in found:
            count += 1
        found[numbered] = digest(claim)
    return found


def spoken(example: Example) -> Iterator[tuple[str, str, Model]]:
    """The claims of a fixture with their kind and words: its blocks with their errata, its statements, its errata in words."""
    blocks: list[PrintedBlock] = [*example.blocks, *getattr(example, "unreproducible_results", [])]
    for block in blocks:
        yield "block", block.where, block
        yield from (("erratum", f"{each.number} {each.printed} -> {each.correct}", each) for each in block.errata)
    for statement in example.statements:
        yield "statement", statement.says, statement
    for erratum in example.errata:
        yield "erratum", f"{erratum.printed} -> {erratum.correct}", erratum


def shortened(words: str) -> str:
    """Words that are not too long for a line."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 3]}..."


def digest(claim: Model) -> str:
    """A digest of all that a claim says."""
    text = json.dumps(claim.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def changes(there: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    """Lines for the claims of the ledger that a fixture has no more, or has otherwise."""
    for label, committed in known.items():
        if label not in there:
            yield f"no longer claimed: {label}; {AGAIN}"
        elif there[label] != committed:
            yield f"claimed otherwise: {label}; {AGAIN}"
