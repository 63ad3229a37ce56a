"""What a check must have recorded when it is over: one that reports nothing any more did not pass.

A number that needs data which are not available is recorded too, as not judged.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from verification.case import Case
from verification.checks.images.printed_tables import is_claim
from verification.exact.calculated_values import calculated
from verification.records import Findings
from worked_examples import CalculationExample, ConventionExample, Example, ImageExample, NetworkExample
from worked_examples.printed.claims import claims


def n_claims(example: Example) -> int:
    """The printed numbers that must be some number; in tables on images there are others, and some kinds print none."""
    if isinstance(example, ConventionExample):
        return 0
    every = claims(example)
    return sum(is_claim(example, claim) for claim in every) if isinstance(example, ImageExample) else len(list(every))


def numbers(case: Case[Any], findings: Findings) -> Iterator[str]:
    """A line where fewer printed numbers are judged than there are, but for steps that an engine does not support."""
    judged = len(findings.printed_numbers or []) + findings.n_not_judged + findings.n_unsupported
    wanted = n_claims(case.example)
    if isinstance(case.example, CalculationExample):
        wanted -= n_unsupported(case)
    if judged < wanted:
        yield f"only {judged} of {wanted} printed numbers were judged"


def n_unsupported(case: Case[CalculationExample]) -> int:
    """The printed numbers of steps that the engine does not support."""
    steps, example = calculated(case).unsupported, case.example
    labels = (
        (claim.block, claim.erratum.correct if claim.erratum and claim.erratum.of_label else claim.name, claim.epoch)
        for claim in claims(example)
        if not example.is_count(claim.block, claim.name)
    )
    return sum(example.part(*label).name in steps for label in labels)


def statements(case: Case[Any], findings: Findings) -> Iterator[str]:
    """A line where fewer statements are judged than there are."""
    judged, wanted = len(findings.statements or []), len(case.example.statements)
    if judged < wanted:
        yield f"only {judged} of {wanted} statements were judged"


def proofs(case: Case[Any], findings: Findings) -> Iterator[str]:
    """A line where fewer errata in words are proved than there are."""
    proved, wanted = sum((findings.proofs or {}).values()), len(case.example.errata)
    if proved < wanted:
        yield f"only {proved} of {wanted} errata were proved"


def recorded(what: str, look: Callable[[Findings], object]) -> Callable[[Case[Any], Findings], Iterator[str]]:
    """A line where nothing is recorded of a quantity that the check is about."""

    def find(_: Case[Any], findings: Findings) -> Iterator[str]:
        if not look(findings):
            yield f"no {what} was recorded: nothing was compared"

    return find


DIGITS = recorded("array", lambda findings: findings.correct_digits)
ENDING = recorded("ending", lambda findings: findings.ending)
MUST_RECORD: Mapping[tuple[str, type[Any] | None], Callable[[Case[Any], Findings], Iterator[str]]] = {
    ("printed", None): numbers,
    ("statements", None): statements,
    ("errata", None): proofs,
    ("page", None): recorded(
        "number or quote", lambda findings: findings.on_page and findings.on_page.numbers + findings.on_page.quotes
    ),
    ("outputs", None): DIGITS,
    ("gradients", NetworkExample): DIGITS,
    ("update", None): DIGITS,
    ("epochs", None): recorded("epoch count", lambda findings: findings.epochs),
    ("float32", None): ENDING,
    ("float16", None): ENDING,
    ("log_rows", None): recorded("log row", lambda findings: findings.images.log_rows),
    ("predictions", None): recorded("prediction", lambda findings: findings.images.predictions),
}
"""By the name of a check, and the kind of example (None: every kind that has a check of this name)."""


def unrecorded(case: Case[Any], findings: Findings) -> Iterator[str]:
    """Lines for what a check that has come to its end must have recorded, and did not."""
    for kind in (None, type(case.example)):
        if find := MUST_RECORD.get((findings.check, kind)):
            yield from find(case, findings)
