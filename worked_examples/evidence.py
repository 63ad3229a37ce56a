"""What a proof rests on, as far as its texts show: facts of the page stand in its quotes, those of literature in its citation."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Any

from reference.activations import ACTIVATIONS
from reference.initializers import STANDARD_DEVIATIONS
from reference.layer_operations import LAYERS
from reference.losses import LOSSES
from worked_examples.expression.callables import called
from worked_examples.expression.evaluation import names
from worked_examples.expression.grammar import is_number, of_call, parsed_formula
from worked_examples.schema.errata import Proof

NUMBER = re.compile(r"(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
COUNTING = (0, 1, 2)  # numbers that count and halve, and say nothing of their own
OF_THE_FIELD = frozenset(map(called, (*ACTIVATIONS, *LOSSES, *LAYERS))) | {f"{name}_deviation" for name in STANDARD_DEVIATIONS}
"""The functions that know something: what a network computes with. All others only reckon with what they are given."""


def without_ground(proof: Proof, facts: Collection[str]) -> Iterator[str]:
    """Key and message for what rests on nothing: a fact that is only typed in, or a computation of no quantity of the example."""
    if proof.by == "computation":
        if not used(proof) & {*facts, *OF_THE_FIELD}:
            yield (
                "test: computes with typed facts only; use a quantity or a printed number of the example, or a function "
                'of the field; a fact of the page needs by = "page" and its quote'
            )
        return
    if proof.by == "page" and not proof.quotes:
        yield "quotes: missing; quote the words of the page on which a proof by page rests"
    texts, key = (proof.quotes, "quotes") if proof.by == "page" else ([proof.source], "source")
    for name, text in proof.given.items():
        if absent := next((literal for literal in literals(text) if not stands_in(literal, texts)), None):
            yield f"given.{name}: {shown(absent)} does not stand in {key}; a proof by {proof.by} has its facts from there"


def used(proof: Proof) -> set[str]:
    """The names that the test and the contents use, also by way of other facts, and the functions that they call."""
    facts: Mapping[str, list[str]] = {**{name: [text] for name, text in proof.given.items()}, **proof.settings}
    found, texts = set[str](), [proof.test, proof.printed, proof.correct]
    while texts:
        words = names(text := texts.pop()) | {
            of_call(node) for node in ast.walk(parsed_formula(text)) if isinstance(node, ast.Call)
        }
        texts += [text for name in words - found if name in facts for text in facts[name]]
        found |= words
    return found


def literals(text: str) -> Iterator[str | Fraction]:
    """The strings and the numbers that are written out in an expression, but for numbers that only count."""
    for node in ast.walk(parsed_formula(text)):
        value: Any = getattr(node, "exact", getattr(node, "value", None)) if isinstance(node, ast.Constant) else None
        if (is_number(node) and value not in COUNTING) or (isinstance(value, str) and value.strip()):
            yield value


def shown(literal: str | Fraction) -> str:
    """A string in quotation marks, a number with a point."""
    return repr(literal) if isinstance(literal, str) else f"{float(literal):.15g}"


def stands_in(literal: str | Fraction, texts: Collection[str]) -> bool:
    """Whether a string, whatever its white space, or a number stands in one of some texts."""
    if isinstance(literal, str):
        return any("".join(literal.split()) in "".join(text.split()) for text in texts)
    return any(Fraction(match[0].replace(",", "").rstrip(".")) == literal for text in texts for match in NUMBER.finditer(text))
