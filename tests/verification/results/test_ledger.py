"""Whatever a fixture claims is in the ledger; what is gone or weakened is told by name."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.results.ledger import AGAIN, changes, claims
from worked_examples import load_all

EXAMPLES = load_all()
SMALL = "numpy-dnn/311_1"


def without_erratum(example: Any) -> Any:
    """The first erratum in words is gone."""
    return example.model_copy(update={"errata": example.errata[1:]})


def invented_quote(example: Any) -> Any:
    """The first erratum quotes something else."""
    return example.model_copy(
        update={"errata": [example.errata[0].model_copy(update={"quote": "no such words"}), *example.errata[1:]]}
    )


def weakened_proof(example: Any) -> Any:
    """The proof of the last erratum tests something else."""
    last = example.errata[-1]
    proof = last.proof.model_copy(update={"test": f"({last.proof.test}) or content == 0"})
    return example.model_copy(update={"errata": [*example.errata[:-1], last.model_copy(update={"proof": proof})]})


def weakened_statement(example: Any) -> Any:
    """The sentence is said of one pass less."""
    (statement,) = example.statements
    return example.model_copy(update={"statements": [statement.model_copy(update={"passes": statement.passes - 1})]})


def changed_number(example: Any) -> Any:
    """A number of the first block is another."""
    first, *others = example.printed
    return example.model_copy(
        update={"printed": [first.model_copy(update={"text": first.text.replace("27.000", "27.001", 1)}), *others]}
    )


def moved_block(example: Any) -> Any:
    """The first block stands in another example."""
    return example.model_copy(update={"printed": example.printed[1:]})


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (without_erratum, "no longer claimed: erratum: training (79+1) and (665+1) are complete"),
        (invented_quote, "claimed otherwise: erratum: training (79+1) and (665+1) are complete"),
        (weakened_proof, "claimed otherwise: erratum: the loop carries out lines 13 to 36 -> lines 13 to 35"),
        (weakened_statement, "claimed otherwise: statement: training is complete on pass (79+1)"),
        (changed_number, "claimed otherwise: block: console of 311_1.py"),
        (moved_block, "no longer claimed: block: console of 311_1.py"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_gone_or_weakened_is_told_by_name(change: Callable[[Any], Any], line: str) -> None:
    """One line for each, with the command that accepts it."""
    known = claims(EXAMPLES[SMALL])
    (found,) = changes(claims(change(EXAMPLES[SMALL])), known)
    assert found.startswith(line)
    assert found.endswith(f"; {AGAIN}")
    assert list(changes(known, known)) == []


def test_every_claim_has_a_line() -> None:
    """Blocks, errata of both kinds and statements, however alike they are."""
    for example in EXAMPLES.values():
        blocks = [*example.blocks, *getattr(example, "unreproducible_results", [])]
        of_blocks = sum(1 + len(block.errata) for block in blocks)
        assert len(claims(example)) == of_blocks + len(example.statements) + len(example.errata)
