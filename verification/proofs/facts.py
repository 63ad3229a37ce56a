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
    blocks = (*example.blocks, *getattr(example, "unreproducible_results", ()))
    by_name = PrintedNumbers({erratum.number for block in blocks for erratum in block.errata if not erratum.of_label})
    for block in blocks:
        for item in block.items:
            by_name.setdefault(item.name, []).append(exact_numbers(item.values))
    return by_name


class PrintedNumbers(dict[str, Any]):
    """Printed numbers by name; those of a name of which some are wrong in print prove nothing, and are refused."""

    def __init__(self, wrong: set[str]) -> None:
        super().__init__()
        self.wrong = wrong

    def __getitem__(self, name: str) -> Any:
        """The numbers of a name.

        Raises:
            ValueError: where an erratum is listed of one of them.

        """
        if name in self.wrong:
            raise ValueError(f"printed['{name}'] is wrong in print, as an erratum says; use what is computed")
        return super().__getitem__(name)
