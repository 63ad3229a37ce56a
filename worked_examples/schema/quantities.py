"""Formulas of a network's quantities, ``[quantities]``: what their names mean, and how they are computed from each other."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from worked_examples.errors import nearest
from worked_examples.expression.formulas import Formulas, formulas
from worked_examples.printed.quantities import Quantity, quantity

KNOWN: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in ("input", "target", "output", "loss", "epoch")},
        "learning_rate": "learning rate",
    }
)
"""Names that mean a quantity in every formula, and its words."""


class Formula(NamedTuple):
    """A formula with those that it uses, one a line of ``text``; ``name`` is the last. ``operands`` are the quantities in them."""

    name: str
    text: str
    operands: Mapping[str, Quantity]

    @property
    def compiled(self) -> Formulas:
        """The nodes in the reference's terms, and the numbers in them."""
        return formulas(self.text)


def formulas_of(texts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Formula]:
    """The formulas of ``[quantities]`` by name; ``names`` are the words of those of ``[names]``.

    Raises:
        ValueError: for what is no formula, and for a name that has no meaning or more than one; it begins with the formula's name.

    """
    found: dict[str, Formula] = {}
    for name, text in texts.items():
        try:
            found[name] = formula(name, text, names, found)
        except ValueError as error:
            raise ValueError(f"{name}: {str(error).removeprefix('line 1: ')}") from None
    return found


def formula(name: str, text: str, names: Mapping[str, str], above: Mapping[str, Formula]) -> Formula:
    """One formula; those ``above`` may be used in it."""
    if name in KNOWN:
        raise ValueError(f"'{name}' means '{KNOWN[name]}' in every formula; write another name")
    if name in names:
        raise ValueError(f"'{name}' is in [names] too; write another name")
    if not name.isidentifier():
        raise ValueError(f"'{name}' is not a name for formulas; accepted: letters, digits and '_', no digit first")
    line = f"{name} = {' '.join(text.split())}"
    used = formulas(line).used
    parts = [above[other] for other in used if other in above]
    operands = {other: operand(other, names, above) for other in used if other not in above}
    lines = dict.fromkeys(line for part in parts for line in part.text.split("\n"))
    return Formula(
        name, "\n".join([*lines, line]), {key: value for part in parts for key, value in part.operands.items()} | operands
    )


def operand(name: str, names: Mapping[str, str], above: Mapping[str, Formula]) -> Quantity:
    """The quantity that a name means in a formula."""
    words = names.get(name) or KNOWN.get(name)
    if not words:
        known = [*filter(str.isidentifier, names), *KNOWN, *above]
        raise ValueError(f"'{name}' is neither in [names] nor a formula above; {nearest(name, known)}")
    found = quantity(words, above)
    if found.after_update:
        raise ValueError(
            f"'{name}' means '{words}'; give a name to the quantity itself, and write 'after update' behind the formula's name"
        )
    return found


def of_further_data(name: str, known: Mapping[str, Formula]) -> Iterator[str]:
    """The names in a formula, and in those that it uses, that are of further data."""
    for operand_name, part in known[name].operands.items():
        if part.data:
            yield operand_name
        elif part.formula:
            yield from of_further_data(part.formula, known)
