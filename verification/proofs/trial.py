"""The trial of a proof: its test for every reading of the print and for the correction, in every combination of its settings."""

import ast
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np

from verification.proofs.alternatives import alternatives
from verification.proofs.by_kind import Facts
from worked_examples.evidence import literals
from worked_examples.expression.evaluation import evaluate, names
from worked_examples.expression.grammar import parsed_formula
from worked_examples.proofs import QUOTES
from worked_examples.schema.errata import CONTENT, Proof

FEWEST = 3  # other contents, before a test that passes for all of them says nothing
MOST = 6  # facts that are changed together


class Trial(NamedTuple):
    """One content in one combination of settings: which side it is of, its text, and what the names of the test mean."""

    side: str
    content: str
    scope: Facts

    @property
    def expected(self) -> bool:
        """What a test that proves something says."""
        return self.side == "correct"


def scopes(proof: Proof, known: Facts) -> Iterator[Facts]:
    """What the names mean in each combination of the settings, in which the facts are computed anew.

    Raises:
        ValueError: where a fact has no value.

    """
    base = {**known, QUOTES: list(proof.quotes)}
    values = [[evaluate(text, known) for text in texts] for texts in proof.settings.values()]
    for combination in product(*values):
        scope = {**base, **dict(zip(proof.settings, combination, strict=True))}
        for name, text in proof.given.items():
            scope[name] = evaluate(text, scope)
        yield scope


def trials(proof: Proof, known: Facts) -> Iterator[Trial]:
    """Every content in every combination of settings.

    Raises:
        ValueError: where a fact or a content has no value.

    """
    for scope in scopes(proof, known):
        for side, text in (("printed", proof.printed), *(("reading", text) for text in proof.readings), ("correct", proof.correct)):
            yield Trial(side, text, {**scope, CONTENT: evaluate(text, scope)})


def outcome(proof: Proof, scope: Facts) -> Any:
    """What the test says.

    Raises:
        ValueError: where it has no value.

    """
    return evaluate(proof.test, scope)


def passes_for(proof: Proof, scope: Facts) -> bool | None:
    """Whether the test passes; None where it has no value."""
    try:
        with np.errstate(all="ignore"):  # other facts may be nonsense
            return outcome(proof, scope) is True
    except ValueError:
        return None


def passes_for_anything(proof: Proof, tried: list[Trial]) -> bool:
    """Whether the test passes for all other contents that are tried, so that it says nothing about the correction."""
    known = [trial.scope[CONTENT] for trial in tried]
    others = [other for content in known for other in alternatives(content) if other not in known]
    return len(others) >= FEWEST and all(passes_for(proof, {**tried[0].scope, CONTENT: other}) for other in others)


def without_influence(proof: Proof, tried: list[Trial]) -> bool:
    """Whether the test says the same however its evidence is changed, so that it rests on none of it."""
    evidence = sorted(names(proof.test) - {CONTENT})
    if any(callable(tried[0].scope[name]) for name in evidence):
        return False
    return all(
        passes_for(proof, {**trial.scope, **changed}) is trial.expected
        for trial in tried
        for changed in other_facts(trial, evidence)
    )


def other_facts(trial: Trial, evidence: list[str]) -> Iterator[Facts]:
    """Some of the evidence with other values: each fact alone, and any of them together, for a test may hang on several."""
    others = {name: list(alternatives(trial.scope[name])) for name in evidence[:MOST]}
    for number in range(max(map(len, others.values()), default=0)):
        for of_facts in range(1, len(others) + 1):
            for chosen in combinations([name for name in others if number < len(others[name])], of_facts):
                yield {name: others[name][number] for name in chosen}


def repeats(proof: Proof, tried: list[Trial]) -> str:
    """The name of a fact that is written out and is the correction itself, in whatever words; empty where there is none."""
    correct = next(trial for trial in tried if trial.expected)
    corrections = [trial.scope[CONTENT] for trial in tried if trial.expected]
    if proof.by == "computation" and any(all(literal == each for each in corrections) for literal in literals(proof.test)):
        return "in the test"
    written = [name for name, text in proof.given.items() if is_written_out(text)]
    return next((name for name in written if proof.by == "computation" and correct.scope[name] == correct.scope[CONTENT]), "")


def is_written_out(text: str) -> bool:
    """Whether an expression has its value without any name or function."""
    return not any(isinstance(node, ast.Name | ast.Call) for node in ast.walk(parsed_formula(text)))
