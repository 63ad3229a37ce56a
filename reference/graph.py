"""Computational graphs: values forward through every node, gradients back (dl-python, chapter V)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from reference import operations
from reference.comparisons import Array, UndecidedError
from reference.finite_differences import numerical_gradient
from reference.functions import Function, Gradients, zeros_like
from reference.layer_operations import LAYERS

Carry: TypeAlias = Callable[[str, Array], Array]
FUNCTIONS: Mapping[str, Function] = {**operations.FUNCTIONS, **LAYERS}


GRADIENT, NUMERICAL_GRADIENT = "gradient", "numerical gradient"
DERIVATIVES = (GRADIENT, NUMERICAL_GRADIENT)
"""Nodes that differentiate others: by the chain rule, and by central differences.

Their parameters are ``nodes``, those that lead from the name ``by`` to the name ``final``, and for differences ``step``, the name
of their h. Their operands are all that these nodes use; what is not among the nodes is held fixed.
"""


class Node(NamedTuple):
    """One step of a calculation: a named function of inputs or earlier nodes."""

    name: str
    function: str
    operands: tuple[str, ...]
    parameters: Mapping[str, Any]


Value: TypeAlias = Callable[[Node, Mapping[str, Array]], Array]
Rule: TypeAlias = Callable[[Node, Mapping[str, Array], Array], Gradients]


def value_of(node: Node, values: Mapping[str, Array]) -> Array:
    """The value of one node, from those of its operands.

    Raises:
        UndecidedError: where a comparison is open; it says of which node.

    """
    if node.function in DERIVATIVES:
        return derivative(node, values)
    function = FUNCTIONS[node.function]
    try:
        with np.errstate(all="ignore"):  # an overflow that the book shows is a result here
            return np.asarray(function.value(node.parameters, *(values[name] for name in node.operands)))
    except UndecidedError as error:
        raise UndecidedError(str(error), node.name) from None


def operand_gradients(node: Node, values: Mapping[str, Array], upstream: Array) -> Gradients:
    """The gradient with respect to each operand of one node, for the gradient ``upstream`` of its value; None for a setting.

    Raises:
        UndecidedError: as ``value_of`` does.

    """
    if node.function in DERIVATIVES:
        return (None,) * len(node.operands)
    function = FUNCTIONS[node.function]
    try:
        with np.errstate(all="ignore"):
            return function.backward(node.parameters, [values[name] for name in node.operands], values[node.name], upstream)
    except UndecidedError as error:
        raise UndecidedError(str(error), node.name) from None


def unchanged(_: str, array: Array) -> Array:
    """The array itself: what later nodes use is what was computed."""
    return array


def forward(
    nodes: Sequence[Node], inputs: Mapping[str, Array], carry: Carry | None = None, value: Value = value_of
) -> dict[str, Array]:
    """The value of every input and node.

    ``carry(name, array)`` is what later nodes use in place of the computed value, such as its printed digits; the values that are
    returned are the computed ones. ``value`` computes one node.
    """
    values, used = dict(inputs), dict(inputs)
    for node in nodes:
        values[node.name] = value(node, used)
        used[node.name] = (carry or unchanged)(node.name, values[node.name])
    return values


def add_to(gradients: dict[str, Array], names: Sequence[str], terms: Gradients) -> None:
    """Add each term to the gradient with respect to its name; one name may occur twice."""
    for name, term in zip(names, terms, strict=True):
        if term is not None:
            with np.errstate(all="ignore"):
                gradients[name] = np.asarray(gradients[name] + term if name in gradients else term)


def backward(
    nodes: Sequence[Node],
    values: Mapping[str, Array],
    final: str,
    upstream: Array,
    carry: Carry | None = None,
    rule: Rule = operand_gradients,
) -> dict[str, Array]:
    """The gradient of ``final`` with respect to every input and node, for the gradient ``upstream`` of ``final``.

    Where several nodes use one operand, its gradient is the sum of theirs; zeros for what ``final`` does not depend on. A setting,
    and whatever ``final`` depends on through one, has no gradient and is absent. ``values`` are what the rules use;
    ``carry(name, array)`` is what earlier nodes use in place of the computed gradient with respect to ``name``. ``rule`` computes
    the gradients of one node's operands.
    """
    gradients, settings = {final: upstream}, set[str]()
    for node in reversed(nodes):
        if node.name in settings:
            settings |= set(node.operands)
        elif node.name in gradients:
            of_operands = rule(node, values, (carry or unchanged)(node.name, gradients[node.name]))
            settings |= {name for name, gradient in zip(node.operands, of_operands, strict=True) if gradient is None}
            add_to(gradients, node.operands, of_operands)
    zeros = {name: zeros_like(array) for name, array in values.items() if name not in gradients}
    return {name: gradient for name, gradient in {**gradients, **zeros}.items() if name not in settings}


def derivative(node: Node, values: Mapping[str, Array], value: Value = value_of, rule: Rule = operand_gradients) -> Array:
    """The gradient, or the central differences, that a node of ``DERIVATIVES`` stands for, in the shape of what it is by.

    ``value`` computes the nodes for differences, ``rule`` the gradients of a node's operands for a gradient.

    Raises:
        ValueError: where ``final`` has no gradient, or is not one number, as differences need.

    """
    nodes, final, by = (node.parameters[key] for key in ("nodes", "final", "by"))
    if node.function == GRADIENT:
        known = {name: values[name] for name in node.operands}
        gradients = backward(nodes, known, final, ones_like(values[final]), rule=rule)
        if by not in gradients:
            raise ValueError(f"'{final}' depends on '{by}' through a setting, which has no gradient")
        return gradients[by]

    def f(point: Array) -> Any:
        found = forward(nodes, {**values, by: point}, value=value)[final]
        if found.shape != ():
            raise ValueError(f"'{final}' has shape {found.shape}; differences are those of one number")
        return found[()]

    with np.errstate(all="ignore"):
        return numerical_gradient(f, values[by], values[node.parameters["step"]][()])


def ones_like(array: Array) -> Array:
    """Ones in the shape and number type of ``array``, also where that holds inf or nan."""
    return np.asarray(zeros_like(array) + 1, dtype=array.dtype)
