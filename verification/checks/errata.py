"""Every erratum in words: is what is printed wrong, and what is given as correct right? What only reading shows is counted."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from verification.case import Case
from verification.proofs.by_kind import Facts
from verification.proofs.facts import facts
from verification.proofs.trial import Trial, outcome, passes_for_anything, repeats, trials, without_influence
from verification.records import Findings
from worked_examples import Example
from worked_examples.expression.evaluation import names
from worked_examples.expression.inserted import filled_in
from worked_examples.schema.errata import CONTENT, Proof, WordErratum

LONGEST = 200  # characters of a value in a message
NEXT_STEP = "read the place again: correct the proof, or take out an erratum that is none"
VERDICTS = {
    "printed": "printed, and passes the test, so that it is not an erratum",
    "reading": "a fair reading of the print, and passes the test, so that it is not an erratum",
    "correct": "given as correct, but fails the test",
}


def check_errata(case: Case[Example], findings: Findings) -> Iterator[str]:
    """Every erratum in words that has a proof is one: its test fails for what is printed, and holds for what is correct."""
    known = facts(case)
    findings.proofs = dict(Counter(erratum.evidence for erratum in case.example.errata))
    findings.outcomes = []
    for erratum in case.example.errata:
        findings.outcomes.append("")
        try:
            findings.outcomes[-1] = filled_in(erratum.outcome or "", known)
            yield from unproved(erratum, erratum.proof, known) if erratum.proof else ()
        except ValueError as error:
            yield f"'{erratum.printed}': {error}"


def unproved(erratum: WordErratum, proof: Proof, known: Facts) -> Iterator[str]:
    """A line for each side of an erratum that its proof does not bear out, and for a proof that proves nothing.

    Raises:
        ValueError: where a fact, a content or the test has no value.

    """
    tried = list(trials(proof, known))
    lines = list(dict.fromkeys(line for trial in tried for line in wrong_side(erratum, proof, trial)))
    yield from lines
    if lines:
        return
    if passes_for_anything(proof, tried):
        yield f"'{erratum.correct}': the test passes for any other content too: {proof.test}"
    if without_influence(proof, tried):
        yield f"'{erratum.correct}': the test says the same whatever its evidence is: {proof.test}"
    if name := repeats(proof, tried):
        yield f"'{erratum.correct}': the fact {name} is the correction in other words, and proves nothing"


def wrong_side(erratum: WordErratum, proof: Proof, trial: Trial) -> Iterator[str]:
    """A line where the test says of a content what it should not.

    Raises:
        ValueError: where it has no value.

    """
    if (holds := outcome(proof, trial.scope)) is trial.expected:
        return
    said = {"printed": erratum.printed, "reading": trial.content, "correct": erratum.correct}[trial.side]
    says = (
        VERDICTS[trial.side] if isinstance(holds, bool) else f"the test is neither true nor false but {shortened(written(holds))}"
    )
    values = {name: trial.scope[name] for name in sorted({CONTENT, *names(proof.test), *proof.settings})}
    yield f"'{said}': {says}: {proof.test}, where {described(values)}{cited(proof)}"


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
