"""Values in a line of words: ``{expression}`` or ``{expression:.8f}`` is the expression's value."""

import re
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from worked_examples.expression.evaluation import Values, check, evaluate

INSERTED = re.compile(r"\{([^{}]*?)(?::(\.[0-9]{1,2}[efg]))?\}")


class Inserted(NamedTuple):
    """An expression in a line, and how its value is written; "" for as it is."""

    expression: str
    spec: str


def inserted(line: str) -> Iterator[Inserted]:
    """The expressions of a line."""
    yield from (Inserted(match[1], match[2] or "") for match in INSERTED.finditer(line))


def unreadable_outcome(line: str, known: Collection[str]) -> str:
    """What is wrong with the expressions of a line; empty where nothing is."""
    if set(INSERTED.sub("", line)) & set("{}"):
        return "a brace that is not one of a pair; accepted: {expression} or {expression:.8f}"
    for expression, _ in inserted(line):
        try:
            check(expression, known)
        except ValueError as error:
            return str(error)
    return ""


def filled_in(line: str, values: Values) -> str:
    """The line with the values of its expressions.

    Raises:
        ValueError: where one of them has no value, or is no number although a format is written.

    """
    return INSERTED.sub(lambda match: written(evaluate(match[1], values), match[2] or ""), line)


def written(value: Any, spec: str) -> str:
    """A value as it is written in words; lists with every number formatted."""
    if isinstance(value, list):
        return f"[{', '.join(written(entry, spec) for entry in value)}]"
    if spec:
        return format(float(value), spec)
    return str(float(value)) if isinstance(value, Fraction) and value.denominator != 1 else str(value)
