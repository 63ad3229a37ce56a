"""Everything that a proof may use, by name: its own example's quantities, what is printed, and what holds for many seeds."""

from typing import Any

from verification.case import Case
from verification.proofs.by_kind import OF_KIND, Facts
from verification.proofs.exact import exact_numbers
from verification.runs.smaller_types import reached
from verification.seeds import seed_files
from worked_examples import Example


def facts(case: Case[Any]) -> Facts:
    """Everything that a proof of this example may use, by name."""
    known: Facts = next((of_kind(case) for kind, of_kind in OF_KIND.items() if isinstance(case.example, kind)), {})
    return {
        **known,
        "printed": printed_numbers(case.example),
        "printed_in": lambda name: printed_numbers(case.session.example(name)),
        "trainings_in": lambda dtype: reached(case.session, dtype, "reference"),
        "seed_claims_of": lambda name: dict(seed_files.claim_fractions(name, seed_files.folder_of(case.example))),
    }


def printed_numbers(example: Example) -> Facts:
    """The printed numbers by name, those of unreproducible results included: one entry for each time that the name is printed."""
    by_name: Facts = {}
    for block in (*example.blocks, *getattr(example, "unreproducible_results", ())):
        for item in block.items:
            by_name.setdefault(item.name, []).append(exact_numbers(item.values))
    return by_name
