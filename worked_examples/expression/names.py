"""Which names an expression needs values for, and whether they are known."""

import ast
from collections.abc import Collection, Iterator

from worked_examples.errors import nearest
from worked_examples.expression.callables import CALLABLES, SIGNS
from worked_examples.expression.calls import call
from worked_examples.expression.functions import LISTS
from worked_examples.expression.grammar import is_of_formulas, of_call, parsed_formula
from worked_examples.expression.refusals import INFINITY

TABLE = frozenset((*CALLABLES, *SIGNS, *LISTS))


def check(text: str, known: Collection[str]) -> None:
    """Refuse a text that is not an expression, or has a name that is neither known nor a function.

    Raises:
        ValueError: the message quotes what is refused, and lists what is accepted.

    """
    for name in sorted(names(text)):
        if name not in known:
            called = any(isinstance(node, ast.Call) and of_call(node) == name for node in ast.walk(parsed_formula(text)))
            accepted_names = [*known, *((*CALLABLES, *LISTS) if called else ())]
            raise ValueError(f"'{name}' in '{text}' is unknown; {nearest(name, accepted_names)}")
    for node in ast.walk(parsed_formula(text)):
        if isinstance(node, ast.Call) and is_of_formulas(node):
            try:
                call(node)
            except ValueError as error:
                raise ValueError(f"'{ast.get_source_segment(' '.join(text.split()), node)}' in '{text}': {error}") from None


def names(text: str) -> set[str]:
    """The names that an expression needs values for: no functions of the tables, nothing that a loop binds, not ``inf``."""
    return set(free(parsed_formula(text), frozenset()))


def free(node: ast.AST, bound: frozenset[str]) -> Iterator[str]:
    """The names below a node that are neither bound nor called as a function of the tables."""
    if isinstance(node, ast.Name):
        yield from () if node.id in bound or node.id == INFINITY else (node.id,)
        return
    if isinstance(node, ast.ListComp | ast.GeneratorExp):
        yield from free(node.generators[0].iter, bound)
        bound |= {name.id for name in ast.walk(node.generators[0].target) if isinstance(name, ast.Name)}
    table = isinstance(node, ast.Call) and of_call(node) in TABLE
    for child in node.args if table and isinstance(node, ast.Call) else ast.iter_child_nodes(node):
        yield from free(child, bound)
