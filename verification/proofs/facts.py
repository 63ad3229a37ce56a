"""Everything that the proof of an erratum may use, by the names in ``worked_examples/schema/fact_names.py``."""

from verification import session
from verification.proofs.by_kind import Facts, facts_by_kind
from verification.proofs.exact import exact
from verification.seeds import seed_files
from worked_examples import Example
from worked_examples.loading import ROOT, load


def facts(example: Example) -> Facts:
    """Everything that a proof of this example may use, by name."""
    return {
        **facts_by_kind(example),
        "printed": printed_numbers(example),
        "printed_in": printed_in,
        "seed_claims_of": seed_files.claim_fractions,
    }


def printed_numbers(example: Example) -> Facts:
    """The printed numbers by name, unreproducible results included: one entry for each time that the name is printed."""
    numbers: Facts = {}
    for block in (*example.printed, *getattr(example, "unreproducible_results", ())):
        for item in block.items:
            numbers.setdefault(item.name, []).append(exact(item.values))
    return numbers


def printed_in(example_id: str) -> Facts:
    """The printed numbers of another example of this run, or of ours.

    Raises:
        FixtureError: where there is none of this id.

    """
    return printed_numbers(session.EXAMPLES.get(example_id) or load(ROOT / f"{example_id}.toml"))
