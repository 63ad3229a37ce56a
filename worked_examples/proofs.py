"""The proofs of errata in words, as far as they can be checked without computing: which names they use, and that they use evidence.

A proof may use the quantities of its own example by the names below. Every proof may use ``printed`` (the numbers of the example by
printed name, a list with one entry for each time that the name is printed), ``printed_in("document/id")`` (those of another
example), ``quotes`` (its own quotes of the page), ``trainings_in("float16")`` (which trainings reach their printed epoch in a
smaller type, on the reference) and ``seed_claims_of("document/id")`` (the fraction of seeds for which a claim holds).
"""

from collections.abc import Collection, Iterator, Mapping
from math import prod

from worked_examples.evidence import without_ground
from worked_examples.expression.evaluation import check, names
from worked_examples.expression.inserted import unreadable_outcome
from worked_examples.expression.refusals import INFINITY
from worked_examples.schema.errata import CONTENT, Proof
from worked_examples.schema.kinds.calculation import CalculationExample
from worked_examples.schema.kinds.images import ImageExample
from worked_examples.schema.kinds.network_sizes import SizedNetworkExample
from worked_examples.schema.page import ExampleBase

MOST_SETTINGS = 100  # combinations: each is tried for every content
QUOTES = "quotes"  # a fact of every proof that quotes the page: its quotes, as texts
EVERYWHERE = ("printed", "printed_in", "trainings_in", "seed_claims_of")
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "network": ("input", "target", "kernels", "biases", "outputs", "loss", "kernel_gradients", "bias_gradients", "stop_epoch"),
    "convention": ("parameters_after",),
}
OF_MODEL: Mapping[type[ExampleBase], tuple[str, ...]] = {
    SizedNetworkExample: ("kinds", "shapes", "weights", "biases", "macs", "depth"),
    ImageExample: ("seeds",),
}


def known(example: ExampleBase) -> set[str]:
    """The names of the facts that an example has."""
    of_kind = OF_MODEL.get(type(example)) or OF_KIND.get(getattr(example, "kind", ""), ())
    facts = {*EVERYWHERE, *of_kind}
    if isinstance(example, CalculationExample):
        quantities = set(example.names)
        facts |= quantities
        facts |= {f"d_{name}" for name in quantities} if example.gradients_of else set()
    return facts


def unproved(example: ExampleBase) -> Iterator[str]:
    """What is wrong with the proofs of an example: key and message."""
    facts = known(example)
    for position, erratum in enumerate(example.errata):
        if erratum.proof:
            yield from (f"errata[{position}].proof.{fault}" for fault in faults(erratum.proof, facts))
        if erratum.outcome and (fault := unreadable_outcome(erratum.outcome, facts)):
            yield f"errata[{position}].outcome: {fault}"


def faults(proof: Proof, known: Collection[str]) -> Iterator[str]:
    """What is wrong with a proof, as far as can be seen without computing: key and message."""
    named = {**{name: f"given.{name}" for name in proof.given}, **{name: f"settings.{name}" for name in proof.settings}}
    if taken := [name for name in named if name in (*known, CONTENT, INFINITY, QUOTES) or not name.isidentifier()]:
        yield f"{named[taken[0]]}: the name is taken, or is not an identifier; the example has {', '.join(sorted(known))}"
    if unreadable := unreadable_expression(proof, {*known, *([QUOTES] if proof.quotes else [])}):
        yield unreadable
        return
    if (count := prod(map(len, proof.settings.values()))) > MOST_SETTINGS:
        yield f"settings: {count:,} combinations; accepted: at most {MOST_SETTINGS}"
    yield from without_evidence(proof)
    yield from without_ground(proof, known)


def unreadable_expression(proof: Proof, known: Collection[str]) -> str:
    """The key and the message for the first expression that cannot be read or has an unknown name; empty where there is none."""
    facts = [*known, *proof.settings]
    settings = {f"settings.{name}[{i}]": text for name, texts in proof.settings.items() for i, text in enumerate(texts)}
    for key, text in {**settings, **{f"given.{name}": text for name, text in proof.given.items()}, **contents(proof)}.items():
        try:
            check(text, known if key in settings else [*facts, *([CONTENT] if key == "test" else [])])
        except ValueError as error:
            return f"{key}: {error}"
        facts += [key.removeprefix("given.")] if key.startswith("given.") else []
    return ""


def contents(proof: Proof) -> dict[str, str]:
    """The expressions that every proof has, and its further readings of the print."""
    readings = {f"readings[{position}]": text for position, text in enumerate(proof.readings)}
    return {"printed": proof.printed, **readings, "correct": proof.correct, "test": proof.test}


def without_evidence(proof: Proof) -> Iterator[str]:
    """What makes a proof empty: it ignores the content, or compares the content with nothing else."""
    used = {name for text in (*contents(proof).values(), *proof.given.values()) for name in names(text)}
    if CONTENT not in names(proof.test):
        yield f"test: '{proof.test}' does not use '{CONTENT}'"
    if names(proof.test) == {CONTENT}:
        yield f"test: '{proof.test}' uses no evidence: neither a fact that is given nor a quantity of the example"
    if unused := [f"given.{name}" for name in proof.given if name not in used]:
        yield f"{unused[0]}: not used"
    if unused := [f"settings.{name}" for name, texts in proof.settings.items() if name not in used or not texts]:
        yield f"{unused[0]}: not used, or without a value to try"
    if repeated := [name for name, text in proof.given.items() if text.strip() == proof.correct.strip()]:
        yield f"given.{repeated[0]}: repeats the correction and proves nothing"
    if proof.by != "computation" and not proof.source:
        yield f"source: missing; say where the evidence is found, for a proof by {proof.by}"
