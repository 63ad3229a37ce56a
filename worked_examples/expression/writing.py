"""A step as the formula that one writes for it: the way back from function, operands and parameters to text."""

from collections.abc import Mapping, Sequence
from typing import Any

from worked_examples.expression.callables import IN_A_LIST, OPERATORS, called

PLAIN = ("shape", "num")  # as NumPy's programs write them: reshape(x, (2, 3)), linspace(0, 1, 5)


def formula(name: str, function: str, operands: Sequence[str], parameters: Mapping[str, Any]) -> str:
    """The line that gives ``name`` its value; an index may be a text or NumPy's tuple."""
    if function == "split":
        sections, part = parameters["sections"], parameters["part"]
        targets = ", ".join(name if place == part else "_" for place in range(sections)) + "," * (sections == 1)
        more = {key: value for key, value in parameters.items() if key == "axis"}
        return f"{targets} = split({', '.join([*operands, str(sections), *written(more)])})"
    if function == "index":
        return f"{name} = {operands[0]}[{index(parameters['index']).replace(',', ', ')}]"
    if function in OPERATORS:
        return f"{name} = {with_sign(function, operands)}"
    listed = [f"[{', '.join(operands)}]"] if function in IN_A_LIST else list(operands)
    return f"{name} = {called(function)}({', '.join([*listed, *written(parameters)])})"


def with_sign(function: str, operands: Sequence[str]) -> str:
    """A function of one or two operands that has a sign."""
    signs = OPERATORS[function].split("a", 1)
    if len(operands) == 1:
        return f"{signs[0]}{operands[0]}{signs[1]}"
    return f"{operands[0]}{signs[1].removesuffix('b')}{operands[1]}"


def written(parameters: Mapping[str, Any]) -> list[str]:
    """Parameters as arguments, with keywords where they need one."""
    return [f"{'' if name in PLAIN else f'{name}='}{value_of(name, value)}" for name, value in parameters.items()]


def value_of(name: str, value: Any) -> str:
    """The value of a parameter."""
    if name == "index":
        return f'"{index(value)}"'
    return str(tuple(value)) if isinstance(value, list) else str(value)


def index(entries: str | Sequence[int | slice]) -> str:
    """An index as a text."""
    return entries.replace(" ", "") if isinstance(entries, str) else ",".join(map(entry_of, entries))


def entry_of(entry: int | slice) -> str:
    """One entry of an index."""
    if not isinstance(entry, slice):
        return str(entry)
    limits = ["" if limit is None else str(limit) for limit in (entry.start, entry.stop)]
    return ":".join(limits + ([str(entry.step)] if entry.step is not None else []))
