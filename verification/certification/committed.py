"""Committed certified files belong to the fixtures as they are."""

from collections.abc import Iterator

from verification.case import Case
from verification.certification import files
from verification.records import Findings
from worked_examples import NetworkExample

NEXT_STEP = "where the change of the fixture is meant: python -m verification certify ID --update"


def check_committed(case: Case[NetworkExample], _: Findings) -> Iterator[str]:
    """The certified file of an example was computed from this very fixture. A run never uses one that was not."""
    if files.committed_run(case.example) is None:
        yield (
            f"{files.path(case.example.id)} is of another network, other data or another training than {case.example.file}; "
            "this run did not use it, and has certified the example anew as far as the budget goes"
        )
