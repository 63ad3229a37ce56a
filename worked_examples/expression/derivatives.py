"""Derivatives in formulas, ``gradient(E, w)`` and ``numerical_gradient(E, w, h)``: the nodes of E that depend on w."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from reference.graph import DERIVATIVES, GRADIENT, NUMERICAL_GRADIENT, Node

FORMS: Mapping[str, str] = {"gradient": "gradient(E, w)", "numerical_gradient": "numerical_gradient(E, w, h)"}
"""How derivatives are written, by their names in formulas."""


class Derivative(NamedTuple):
    """A derivative as it is written: of which step, by which name, and the formula of the step of differences."""

    function: str
    of: str
    by: str
    step: ast.expr | None


def derivative_of(formula: ast.expr) -> Derivative | None:
    """The derivative that a formula calls; None for any other.

    Raises:
        ValueError: where it does not have the two names, and the step of differences.

    """
    if not isinstance(formula, ast.Call) or not isinstance(formula.func, ast.Name) or formula.func.id not in FORMS:
        return None
    name, arguments = formula.func.id, formula.args
    is_complete = len(arguments) == FORMS[name].count(",") + 1 and not formula.keywords
    match arguments if is_complete else []:
        case [ast.Name(id=of), ast.Name(id=by)]:
            return Derivative(GRADIENT, of, by, None)
        case [ast.Name(id=of), ast.Name(id=by), step]:
            return Derivative(NUMERICAL_GRADIENT, of, by, step)
    raise ValueError(f"'{name}' takes the names of a step and of what it is differentiated by; write {FORMS[name]}")


def derivative_node(name: str, written: Derivative, of: str, by: str, step: str, nodes: Sequence[Node]) -> Node:
    """The node of a derivative; ``of``, ``by`` and ``step`` are names of values, ``nodes`` are all that come before it.

    Raises:
        ValueError: where the step does not depend on the name, or depends on it through a gradient.

    """
    path = between(nodes, by, of)
    if not path:
        raise ValueError(f"'{written.of}' does not depend on '{written.by}' here; write names of which one depends on the other")
    inner = [node for node in path if node.function in DERIVATIVES]
    if inner and written.function == GRADIENT:
        raise ValueError(
            f"'{written.of}' depends on '{written.by}' through a gradient, which is not differentiated again; "
            f"write {FORMS['numerical_gradient']}"
        )
    if any(by == node.name for derivative in inner if derivative.function == GRADIENT for node in derivative.parameters["nodes"]):
        raise ValueError(
            f"'{written.of}' depends on '{written.by}' inside of a gradient, which goes through it; "
            "write a name that this gradient takes as given"
        )
    parameters: dict[str, Any] = {"nodes": tuple(path), "final": of, "by": by}
    made = {node.name for node in path}
    used = [operand for node in path for operand in node.operands]
    if written.function == GRADIENT:
        return Node(name, GRADIENT, unique([by, *used, *(node.name for node in path)]), parameters)
    fixed = [operand for operand in used if operand not in made]
    return Node(name, NUMERICAL_GRADIENT, unique([by, step, *fixed]), {**parameters, "step": step})


def between(nodes: Sequence[Node], by: str, of: str) -> list[Node]:
    """The nodes on the ways from one name to another, in their order; none where there is no way."""
    reached = {by}
    forward = []
    for node in nodes:
        if reached.intersection(node.operands):
            reached.add(node.name)
            forward.append(node)
    needed, found = {of}, list[Node]()
    for node in reversed(forward):
        if node.name in needed:
            needed |= set(node.operands)
            found.append(node)
    return found[::-1]


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Every name once, in their order."""
    return tuple(dict.fromkeys(names))


def renamed(node: Node, names: Mapping[str, str]) -> Node:
    """A node with other names, those inside of a derivative among them."""
    parameters = node.parameters
    if node.function in DERIVATIVES:
        keys = {key: names.get(parameters[key], parameters[key]) for key in ("final", "by", "step") if key in parameters}
        parameters = {"nodes": tuple(renamed(inner, names) for inner in parameters["nodes"]), **keys}
    operands = tuple(names.get(operand, operand) for operand in node.operands)
    return Node(names.get(node.name, node.name), node.function, operands, parameters)
