"""Which texts are expressions: Python's parser reads them, and everything but ``NODES`` and operators is refused."""

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from worked_examples.expression.callables import CALLABLES, SIGNS
from worked_examples.expression.functions import power
from worked_examples.limits import DEEPEST_EXPRESSION, LONGEST_EXPRESSION, number_fault
from worked_examples.schema.base import DECIMAL

BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: power,
}
UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {ast.USub: operator.neg, ast.Not: operator.not_}
COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
NODES = (
    *(ast.Constant, ast.Name, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Subscript, ast.List, ast.Tuple, ast.Dict),
    *(ast.Call, ast.ListComp, ast.GeneratorExp),
)
FORMULAS = (ast.Attribute, ast.MatMult, ast.keyword)  # what formulas have and draws do not
PARTS = (ast.boolop, ast.Load, ast.Store, ast.comprehension, ast.Slice, *BINARY, *UNARY, *COMPARED)


def is_of_formulas(node: ast.Call) -> bool:
    """Whether a call is one of the functions of formulas."""
    return of_call(node) in CALLABLES or of_call(node) in SIGNS


def of_call(node: ast.Call) -> str:
    """The name that is called."""
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def parsed(text: str) -> ast.expr:
    """The tree of an expression without what only formulas have, its numbers exact; its calls may have named arguments.

    Raises:
        ValueError: where the text is not an expression, or holds something that is not accepted.

    """
    tree, line = tree_of(text).body, " ".join(text.split())
    for node in ast.walk(tree):
        check_accepted(node, accepted(node) or is_named(node), text)
        if is_number(node):
            setattr(node, "value", exactly(ast.get_source_segment(line, node) or ""))  # noqa: B010 -- a fraction in Python's tree
    return tree


@cache
def parsed_formula(text: str) -> ast.expr:
    """The tree of an expression with all that formulas have; the exact value of a number is its attribute ``exact``.

    Raises:
        ValueError: where the text is not an expression, or holds something that is not accepted.

    """
    tree, line = tree_of(text).body, " ".join(text.split())
    for node in ast.walk(tree):
        check_accepted(node, accepted(node) or of_formulas(node), text)
        if is_number(node):
            setattr(node, "exact", exactly(ast.get_source_segment(line, node) or ""))  # noqa: B010 -- Python's tree has no such
    return tree


def is_number(node: Any) -> bool:
    """Whether a node is a number; True and False are none."""
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def check_accepted(node: ast.AST, is_accepted: bool, text: str) -> None:
    """Refuse a node that is not accepted, quoted."""
    if not is_accepted:
        segment = ast.get_source_segment(" ".join(text.split()), node) or type(node).__name__
        raise ValueError(
            f"'{segment}' in '{text}' is not accepted ({type(node).__name__}); see worked_examples/expression/grammar.py"
        )


def of_formulas(node: ast.AST) -> bool:
    """Whether a node is one that formulas have besides: ``a @ b``, ``a.T``, and parameters of their functions."""
    if isinstance(node, ast.Call):
        return is_of_formulas(node) and all(keyword.arg for keyword in node.keywords)
    return isinstance(node, FORMULAS) and (not isinstance(node, ast.Attribute) or node.attr == "T")


def tree_of(text: str, mode: str = "eval") -> Any:
    """The tree of an expression, or of a statement in the mode ``exec``.

    Raises:
        ValueError: where the text is none, or too long or too deep.

    """
    if len(text) > LONGEST_EXPRESSION:
        raise ValueError(f"an expression of {len(text):,} characters; accepted: at most {LONGEST_EXPRESSION:,}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree: Any = ast.parse(" ".join(text.split()), mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"'{text}' is not {'an expression' if mode == 'eval' else 'a formula'}") from None
    if is_too_deep(tree.body if mode == "eval" else tree):
        raise ValueError(f"'{text}' has more than {DEEPEST_EXPRESSION} operations in each other; accepted: at most so many")
    return tree


def is_too_deep(tree: ast.AST) -> bool:
    """Whether operations are nested deeper than the limit, found without recursion."""
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST_EXPRESSION):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return bool(level)


def accepted(node: ast.AST) -> bool:
    """Whether a node is part of the language, and has nothing that its rule would ignore."""
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float, bool, str)
    if isinstance(node, ast.ListComp | ast.GeneratorExp):
        target, single = node.generators[0].target, len(node.generators) == 1 and not node.generators[0].is_async
        return single and all(isinstance(name, ast.Name) for name in (target.elts if isinstance(target, ast.Tuple) else [target]))
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and not node.keywords
    if isinstance(node, ast.Dict):
        return None not in node.keys
    return isinstance(node, (*NODES, *PARTS))


def is_named(node: ast.AST) -> bool:
    """Whether a node is a call with named arguments, or such an argument."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name)
    return isinstance(node, ast.keyword) and node.arg is not None


def exactly(text: str) -> Fraction:
    """The exact number of decimal digits.

    Raises:
        ValueError: for other notations, and for numbers beyond the limits.

    """
    if not DECIMAL.fullmatch(text) or number_fault(text):
        raise ValueError(f"'{text}' is not a number; accepted: decimal digits such as 0.05 or 1e-7")
    return Fraction(text)
