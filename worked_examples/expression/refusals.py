"""What formulas do not have, each with what to write instead."""

import ast
from collections.abc import Mapping

INFINITY = "inf"
NO_LOOP = "no loops; functions take whole arrays"
REFUSALS: Mapping[type[ast.AST], str] = {
    ast.BinOp: "accepted operators: + - * / ** @",
    ast.UnaryOp: "accepted before a formula: -; for 'not a' write 1 - a",
    ast.Compare: "accepted: one comparison by >, >=, <, <= or ==; for a != b write 1 - (a == b), for a < b < c write "
    "(a < b) * (b < c)",
    ast.BoolOp: "for 'a and b' write a * b, for 'a or b' write maximum(a, b)",
    ast.IfExp: "for a condition write where(CONDITION, a, b)",
    ast.Attribute: "accepted attribute: .T; for another write a function, such as sum(x)",
    ast.Subscript: "an index is whole numbers and slices, such as x[0, 1:3]; for an entry by label write pick(x, labels)",
    ast.List: "for an array of numbers write an input, for one of formulas stack([a, b])",
    ast.Tuple: "write one formula; for an array of several stack([a, b])",
    ast.ListComp: NO_LOOP,
    ast.GeneratorExp: NO_LOOP,
    ast.SetComp: NO_LOOP,
    ast.DictComp: NO_LOOP,
    ast.Constant: "not a number; accepted: decimal digits such as 0.05 or 1e-7",
    ast.Starred: "write the operands one by one",
    ast.NamedExpr: "write a line of its own: NAME = FORMULA",
}


def refusal(node: ast.AST) -> str:
    """What is accepted in place of a formula that is not."""
    match node:
        case ast.Attribute(attr=name) if name == INFINITY:
            return f"write {INFINITY}"
    return REFUSALS.get(type(node), "accepted: numbers, names, + - * / ** @, comparisons, x[0, 1:3], x.T and functions by name")
