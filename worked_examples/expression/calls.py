"""A call in a formula: the function by its name, its operands, and its parameters."""

import ast
from collections.abc import Sequence
from typing import Any

from reference.functions import ANY_NUMBER, Function
from reference.graph import FUNCTIONS
from worked_examples.errors import nearest
from worked_examples.expression.callables import CALLABLES, IN_A_LIST, PARAMETERS, SIGNS, literal, operand_count, parameters_of
from worked_examples.expression.derivatives import FORMS

Called = tuple[str, tuple[ast.expr, ...], dict[str, Any]]


def call(node: ast.Call) -> Called:
    """The function's name in the reference, the formulas of its operands, its parameters.

    Raises:
        ValueError: for an unknown function, and for operands and parameters that it does not take.

    """
    name = name_of(node)
    function = FUNCTIONS[CALLABLES[name]]
    operands, more = given(name, function, node.args)
    parameters = parameters_given(name, function, more, node.keywords)
    if absent := [key for key in function.required if key not in (*parameters, "part")]:
        raise ValueError(f"'{name}' needs {absent[0]}; write {absent[0]}=...")
    return CALLABLES[name], with_defaults(name, operands), parameters


def name_of(node: ast.Call) -> str:
    """The name of the function that is called."""
    match node.func:
        case ast.Attribute(attr=name):
            raise ValueError(f"no function of an array or a module is called; write {name}(...)")
        case ast.Name(id=name) if name in SIGNS:
            raise ValueError(f"'{name}' has a sign; write {SIGNS[name]}")
        case ast.Name(id="float"):
            raise ValueError("'float' is not a function; for float('-inf') write -inf, for another number its digits")
        case ast.Name(id=name) if name not in CALLABLES:
            raise ValueError(f"'{name}' is not a function; {nearest(name, [*CALLABLES, *FORMS])}")
        case ast.Name(id=name):
            return name
    raise ValueError("functions are called by their names; write NAME(...)")


def given(name: str, function: Function, listed: Sequence[ast.expr]) -> tuple[tuple[ast.expr, ...], Sequence[ast.expr]]:
    """The operands among the arguments without a keyword, and the rest of these."""
    if name in IN_A_LIST:
        first = listed[0] if listed else None
        if not isinstance(first, ast.List | ast.Tuple):
            raise ValueError(f"the operands of '{name}' are one list; write {name}([a, b])")
        operands, more = tuple(first.elts), listed[1:]
    else:
        most = function.operands[1]
        operands, more = tuple(listed[:most]), listed[most:]
    least = 1 if name == "arange" else function.operands[0]
    if len(operands) < least:
        raise ValueError(
            f"{counted(len(operands))} given; '{name}' takes {'1 to 3' if name == 'arange' else operand_count(function)}"
        )
    return operands, more


def counted(count: int) -> str:
    """So many operands, in words."""
    return "1 operand" if count == 1 else f"{count} operands"


def parameters_given(name: str, function: Function, more: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> dict[str, Any]:
    """The parameters by name: required ones may stand behind the operands, the others have a keyword."""
    required = [key for key in function.required if key != "part"]
    if len(more) > len(required):
        wanted = operand_count(function)
        extra = f" and {', '.join(required)}" if required else ""
        total = min(function.operands[1], ANY_NUMBER) + len(more)
        raise ValueError(f"{total} arguments without a keyword; '{name}' takes {wanted}{extra}")
    parameters: dict[str, Any] = {}
    for key, value in [*zip(required, more, strict=False), *((keyword.arg, keyword.value) for keyword in keywords)]:
        if key in parameters:
            raise ValueError(f"'{key}' is given twice; write it once")
        if key is None or key not in parameters_of(function):
            raise ValueError(f"'{name}' has no parameter '{key or '**'}'; {kept(function)}")
        parameters[key] = read(key, value)
    return parameters


def kept(function: Function) -> str:
    """What a call of the function may give beside its operands."""
    known = parameters_of(function)
    return f"accepted: {', '.join(known)}" if known else "it has operands only"


def read(key: str, value: ast.expr) -> Any:
    """The value of a parameter."""
    try:
        return PARAMETERS[key](literal(value))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def with_defaults(name: str, operands: tuple[ast.expr, ...]) -> tuple[ast.expr, ...]:
    """The operands; a range of one or two gets its start 0 and its step 1."""
    if name != "arange" or len(operands) == 3:
        return operands
    start, stop = operands if len(operands) == 2 else (ast.Constant(0), *operands)
    return start, stop, ast.Constant(1)
