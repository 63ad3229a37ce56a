"""Steps as formulas in each other, and numbers in formulas: what a fixture's author writes, where no name is needed."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from worked_examples.expression.writing import formula

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e-?[0-9]+)?")


class Nested(NamedTuple):
    """The text of the steps, and the inputs that it needs."""

    steps: str
    inputs: dict[str, Any]


def nested(steps: Sequence[Mapping[str, Any]], inputs: Mapping[str, Any], kept: Collection[str]) -> Nested:
    """The steps with everything in each other that is used once and has no ``kept`` name, which is printed or differentiated.

    A step is a table of name, function, operands and parameters.
    """
    uses = Counter(operand for step in steps for operand in step["operands"])
    inside = {name: f"({text})" for name, text in inputs.items() if is_number(text) and name not in kept}
    further = {name: texts for name, texts in inputs.items() if name not in inside}
    lines = list[str]()
    for step in steps:
        name, function, operands, parameters = parts(**step)
        line = formula(name, function, [inside.get(operand, operand) for operand in operands], parameters)
        if uses[name] == 1 and name not in kept and function != "split":
            inside[name] = f"({line.removeprefix(f'{name} = ')})"
        else:
            lines.append(line)
    return Nested("\n".join(lines), further)


def is_number(texts: Any) -> bool:
    """Whether an input is one number, in a form that Python reads too."""
    return isinstance(texts, str) and bool(NUMBER.fullmatch(texts))


def parts(name: str, function: str, operands: Sequence[str], **parameters: Any) -> tuple[str, str, Sequence[str], dict[str, Any]]:
    """The parts of a step."""
    return name, function, operands, parameters
