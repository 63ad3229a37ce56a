"""What one formula is, without those inside of it: a function of the reference, the formulas of its operands, its parameters."""

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from worked_examples.expression.calls import call
from worked_examples.expression.refusals import INFINITY, refusal

BINARY: Mapping[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
    ast.MatMult: "dot",
}
COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Gt: "greater",
    ast.GtE: "greater or equal",
    ast.Lt: "greater",
    ast.LtE: "greater or equal",
    ast.Eq: "equal",
}
LARGEST_INDEX = 10**9


class Operation(NamedTuple):
    """A function of the reference, its operands, and its parameters."""

    function: str
    operands: tuple[ast.expr, ...]
    parameters: Mapping[str, Any] = MappingProxyType({})


def operation(node: ast.expr) -> Operation:
    """The function that a formula calls last.

    Raises:
        ValueError: for what formulas do not have; it says what to write instead.

    """
    if is_number(node) or isinstance(node, ast.Name):
        return Operation("identity", (node,))
    rule = RULES.get(type(node))
    found = rule(node) if rule else None
    if found is None:
        raise ValueError(refusal(node))
    return found


def is_infinity(node: ast.expr) -> bool:
    """Whether a formula is ``inf``."""
    return isinstance(node, ast.Name) and node.id == INFINITY


def is_number(node: ast.expr) -> bool:
    """Whether a formula is a number alone, with or without a minus; ``inf`` is one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant | ast.Name) and is_number(node.operand)
    if is_infinity(node):
        return True
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def binary(node: ast.BinOp) -> Operation | None:
    """``a + b`` and its like."""
    function = BINARY.get(type(node.op))
    return Operation(function, (node.left, node.right)) if function else None


def negative(node: ast.UnaryOp) -> Operation | None:
    """``-a``."""
    return Operation("negative", (node.operand,)) if isinstance(node.op, ast.USub) else None


def comparison(node: ast.Compare) -> Operation | None:
    """``a > b`` and its like; ``a < b`` is ``b > a``."""
    if len(node.ops) > 1 or type(node.ops[0]) not in COMPARED:
        return None
    a, b = node.left, node.comparators[0]
    is_less = isinstance(node.ops[0], ast.Lt | ast.LtE)
    return Operation(COMPARED[type(node.ops[0])], (b, a) if is_less else (a, b))


def attribute(node: ast.Attribute) -> Operation | None:
    """``a.T``."""
    return Operation("transpose", (node.value,)) if node.attr == "T" else None


def index(node: ast.Subscript) -> Operation:
    """``a[0, 1:3]``."""
    entries = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if not entries:
        raise ValueError(refusal(node))
    return Operation("index", (node.value,), {"index": tuple(place(node, entry) for entry in entries)})


def place(node: ast.Subscript, entry: ast.expr) -> int | slice:
    """One entry of an index: a whole number, or a slice of whole numbers."""
    if isinstance(entry, ast.Slice):
        return slice(*(limit and whole(node, limit) for limit in (entry.lower, entry.upper, entry.step)))
    return whole(node, entry)


def whole(node: ast.Subscript, number: ast.expr) -> int:
    """A whole number that is written out."""
    sign, digits = (-1, number.operand) if isinstance(number, ast.UnaryOp) else (1, number)
    value = digits.value if is_number(number) and isinstance(digits, ast.Constant) else None
    if type(value) is not int or value >= LARGEST_INDEX:
        raise ValueError(refusal(node))
    return sign * value


RULES: Mapping[type[ast.expr], Callable[[Any], Operation | None]] = {
    ast.BinOp: binary,
    ast.UnaryOp: negative,
    ast.Compare: comparison,
    ast.Attribute: attribute,
    ast.Subscript: index,
    ast.Call: lambda node: Operation(*call(node)),
}
