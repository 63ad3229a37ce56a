"""A small language of expressions: exact numbers, texts, lists, comparisons and named functions, read and never executed.

``"sum(y) / len(y) > 0.1"`` is parsed by Python (``grammar.py``) and evaluated here by ``RULES``. A decimal is the exact fraction
of its digits. Functions, ``a @ b`` and ``a.T`` are those of formulas, called as in formulas and computed by the reference; besides
there are lists, texts and what ``functions.py`` has for them.
"""

import ast
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import inf, isnan
from typing import Any, TypeAlias

from worked_examples.expression.calls import call as called
from worked_examples.expression.functions import LISTS, computed
from worked_examples.expression.grammar import BINARY, COMPARED, UNARY, is_of_formulas, of_call, parsed_formula
from worked_examples.expression.names import check, names
from worked_examples.expression.refusals import INFINITY
from worked_examples.limits import ITERATIONS

__all__ = ["Values", "check", "evaluate", "names"]
Values: TypeAlias = Mapping[str, Any]
BUDGET = " budget"  # no name in an expression begins with a blank


def evaluate(text: str, values: Values) -> Any:
    """The value of an expression whose names mean ``values``: a fraction, float, truth value, text, list or dictionary.

    Raises:
        ValueError: where the text is not an expression, a name is unknown, or the expression has no value (1/0, a missing entry).

    """
    check(text, values)
    try:
        return walk(parsed_formula(text), {**values, BUDGET: Budget()})
    except (TypeError, ArithmeticError, LookupError, AttributeError, ValueError) as error:
        raise ValueError(f"'{text}' has no value: {type(error).__name__}: {error}") from None


class Budget:
    """How many entries the loops of one expression may still make."""

    def __init__(self) -> None:
        self.left = ITERATIONS

    def spend(self, entry: Any) -> None:
        """Count an entry, and if it is a list, its own entries."""
        self.left -= 1 + (len(entry) if isinstance(entry, list) else 0)
        if self.left < 0:
            raise ValueError(f"its loops make more than {ITERATIONS:,} entries")


def walk(node: ast.expr, values: Values) -> Any:
    """The value of a node."""
    return RULES[type(node)](node, values)


def call(node: ast.Call, values: Values) -> Any:
    """A function of formulas, one of lists, or one among the values; what the first two make counts."""
    if of_call(node) in values:
        return values[of_call(node)](*(walk(argument, values) for argument in node.args))
    if is_of_formulas(node):
        name, operands, parameters = called(node)
        result = computed(name, [walk(operand, values) for operand in operands], parameters)
    else:
        result = LISTS[of_call(node)](*(walk(argument, values) for argument in node.args))
    values[BUDGET].spend(result)
    return result


def binary(node: ast.BinOp, values: Values) -> Any:
    """An operation of two numbers, or ``a @ b``."""
    operands = [walk(node.left, values), walk(node.right, values)]
    if isinstance(node.op, ast.MatMult):
        return computed("dot", operands, {})
    result = BINARY[type(node.op)](*operands)
    if isinstance(result, float) and isnan(result):  # 0 * inf, which no comparison would tell
        raise ValueError("not a number for these operands")
    return result


def compare(node: ast.Compare, values: Values) -> bool:
    """A chain of comparisons, from left to right."""
    parts = [walk(operand, values) for operand in (node.left, *node.comparators)]
    return all(COMPARED[type(op)](a, b) for op, a, b in zip(node.ops, parts, parts[1:], strict=False))


def logic(node: ast.BoolOp, values: Values) -> bool:
    """``and`` and ``or``, evaluated only as far as needed."""
    parts = (bool(walk(operand, values)) for operand in node.values)
    return all(parts) if isinstance(node.op, ast.And) else any(parts)


def whole(node: ast.expr | None, values: Values) -> Any:
    """An index: a whole fraction as a Python integer, anything else unchanged."""
    value = None if node is None else walk(node, values)
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def subscript(node: ast.Subscript, values: Values) -> Any:
    """An entry, a slice, or the value of a key."""
    value, index = walk(node.value, values), node.slice
    if isinstance(index, ast.Slice):
        return value[slice(*(whole(limit, values) for limit in (index.lower, index.upper, index.step)))]
    return value[whole(index, values)]


def comprehension(node: Any, values: Values) -> list[Any]:
    """``[f(a, b) for a, b in pairs if a]``, as a list."""
    loop, entries = node.generators[0], []
    for entry in walk(loop.iter, values):
        single = isinstance(loop.target, ast.Name)
        targets = [loop.target.id] if single else [target.id for target in loop.target.elts]
        scope = {**values, **dict(zip(targets, [entry] if single else entry, strict=True))}
        if all(walk(condition, scope) for condition in loop.ifs):
            entries.append(walk(node.elt, scope))
        values[BUDGET].spend(entries[-1] if entries else None)
    return entries


def listed(node: Any, values: Values) -> list[Any]:
    """A list or a tuple: both are lists here."""
    return [walk(entry, values) for entry in node.elts]


RULES: Mapping[type[ast.AST], Callable[[Any, Values], Any]] = {
    ast.Constant: lambda node, _: getattr(node, "exact", node.value),
    ast.Name: lambda node, values: values.get(node.id, inf) if node.id == INFINITY else values[node.id],
    ast.BinOp: binary,
    ast.Attribute: lambda node, values: computed("transpose", [walk(node.value, values)], {}),
    ast.UnaryOp: lambda node, values: UNARY[type(node.op)](walk(node.operand, values)),
    ast.BoolOp: logic,
    ast.Compare: compare,
    ast.Subscript: subscript,
    ast.List: listed,
    ast.Tuple: listed,
    ast.Dict: lambda node, values: {walk(k, values): walk(v, values) for k, v in zip(node.keys, node.values, strict=True)},
    ast.Call: call,
    ast.ListComp: comprehension,
    ast.GeneratorExp: comprehension,
}
