"""Everything that a proof may use, by name: its own example's quantities, what is printed, and what holds for many seeds."""

from typing import Any

from verification.case import Case
from verification.proofs.by_kind import OF_KIND, Facts
from verification.proofs.exact import exact
from verification.seeds import seed_files
from worked_examples import Example


def facts(case: Case[Any]) -> Facts:
    """Everything that a proof of this example may use, by name."""
    found: Facts = next((of_kind(case) for kind, of_kind in OF_KIND.items() if isinstance(case.example, kind)), {})
    return {
        **found,
        "printed": printed(case.example),
        "printed_in": lambda name: printed(case.session.example(name)),
        "seed_claims_of": seed_claims,
    }


def printed(example: Example) -> Facts:
    """The printed numbers by name, those of unreproducible results included: one entry for each time that the name is printed."""
    found: Facts = {}
    for block in (*example.printed, *getattr(example, "unreproducible_results", ())):
        for item in block.items:
            found.setdefault(item.name, []).append(exact(item.values))
    return found


def seed_claims(name: str) -> Facts:
    """For every claim that was put to many seeds, the fraction for which it holds."""
    return dict(seed_files.claim_fractions(name))
