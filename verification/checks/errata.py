"""Every erratum in words: is what is printed wrong, and what is given as correct right? What only reading shows is counted."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verification.case import Case
from verification.proofs.facts import facts
from verification.records import Findings
from worked_examples import Example
from worked_examples.expression.evaluation import evaluate, names
from worked_examples.schema.errata import CONTENT, Proof, WordErratum

LONGEST = 200  # characters of a value in a message
NEXT_STEP = "read the place again: correct the proof, or take out an erratum that is none"


def check_errata(case: Case[Example], findings: Findings) -> Iterator[str]:
    """Every erratum in words that has a proof is one: its test fails for what is printed, and holds for what is correct."""
    known = facts(case)
    findings.proofs = dict(Counter(erratum.evidence for erratum in case.example.errata))
    for erratum in case.example.errata:
        if erratum.proof:
            yield from unproved_sides(erratum, erratum.proof, known)


def unproved_sides(erratum: WordErratum, proof: Proof, known: dict[str, Any]) -> Iterator[str]:
    """A line for each side of an erratum that its proof does not bear out."""
    for side, expected in (("printed", False), ("correct", True)):
        try:
            holds, values = tried(proof, getattr(proof, side), known)
        except ValueError as error:
            yield f"'{erratum.printed}': {side}: {error}"
            continue
        if holds is not expected:
            yield f"'{getattr(erratum, side)}': {verdict(side, holds)}: {proof.test}, where {described(values)}{cited(proof)}"


def tried(proof: Proof, content: str, known: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The outcome of the test for a content, and the values of the names in it."""
    scope = dict(known)
    for name, text in proof.given.items():
        scope[name] = evaluate(text, scope)
    scope[CONTENT] = evaluate(content, scope)
    return evaluate(proof.test, scope), {name: scope[name] for name in sorted(names(proof.test))}


def verdict(side: str, holds: Any) -> str:
    """What the outcome means."""
    if not isinstance(holds, bool):
        return f"the test is neither true nor false but {shortened(written(holds))}"
    return (
        "printed, and passes the test, so that it is not an erratum"
        if side == "printed"
        else "given as correct, but fails the test"
    )


def described(values: dict[str, Any]) -> str:
    """Names and values, the long ones cut off."""
    return ", ".join(f"{name} = {shortened(written(value))}" for name, value in values.items() if not callable(value))


def shortened(text: str) -> str:
    """A text that is not too long for a line."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def written(value: Any) -> str:
    """A value as one writes it: whole numbers and lists of them without their types."""
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{written(key)}: {written(entry)}' for key, entry in value.items())}}}"
    if isinstance(value, Fraction):
        return str(value) if max(abs(value.numerator), value.denominator) < 10**LONGEST else f"a fraction of over {LONGEST} digits"
    return repr(value)


def cited(proof: Proof) -> str:
    """The source of the evidence."""
    return f" (by {proof.by}{f': {proof.source}' if proof.source else ''})"
