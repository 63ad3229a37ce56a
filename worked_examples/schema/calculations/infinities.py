"""Infinities of a calculation: what overflows float64, which books show, and what is exact, ``inf`` and poles such as 1/0.

What has no value, such as ``0 * inf``, ``inf - inf`` and ``0 / 0``, is refused where nothing overflows.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from reference.graph import DERIVATIVES, FUNCTIONS, Node
from worked_examples.number_types import Array

INSTEAD = "write where(CONDITION, x, -inf) for what is masked"
TAKES_INFINITIES = frozenset(
    (
        *("add", "subtract", "multiply", "divide", "negative", "identity", "exp", "log", "sqrt", "abs", "sigmoid", "tanh", "relu"),
        *("step", "step at zero", "greater", "greater or equal", "equal", "where", "maximum", "minimum", "max", "min", "argmax"),
        *(
            "softmax",
            "naive softmax",
            "sum",
            "mean",
            "dot",
            "sum of products",
            "pick",
            "transpose",
            "reshape",
            "flatten",
            "rows",
            "flip",
            "crop",
        ),
        *("stack", "concatenate", "split", "index", "assign", *DERIVATIVES),
    )
)
"""Functions that have the same value at an infinity in every number type and on every engine, or none."""


def is_finite(array: Array) -> bool:
    """Whether all entries are finite."""
    return bool(np.all(np.isfinite(array)))


def overflows(node: Node, values: Mapping[str, Array], overflown: Collection[str]) -> bool:
    """Whether a value is not finite because something overflows: this step, or one of ``overflown`` that it uses."""
    if is_finite(values[node.name]):
        return False
    if any(name in overflown for name in node.operands):
        return True
    operands, flags = [values[name] for name in node.operands], set[str]()
    if node.function in DERIVATIVES:
        return not np.any(np.isnan(values[node.name]))  # of what they use, nothing is left to tell by
    with np.errstate(all="call", under="ignore", call=lambda flag, _: flags.add(flag)):
        FUNCTIONS[node.function].value(node.parameters, *operands)
    return "overflow" in flags


def overflown_steps(nodes: Sequence[Node], values: Mapping[str, Array]) -> set[str]:
    """The steps that are not finite because something overflows."""
    overflown = set[str]()
    for node in nodes:
        if overflows(node, values, overflown):
            overflown.add(node.name)
    return overflown


def infinity_fault(node: Node, values: Mapping[str, Array]) -> str:
    """Why a step in which nothing overflows has no value, and what to write instead; empty where it has one."""
    infinite = [values[name] for name in node.operands if not is_finite(values[name])]
    if infinite and node.function not in TAKES_INFINITIES:
        return f"'{node.function}' takes finite numbers only; {INSTEAD}, and a softmax behind it"
    if not np.any(np.isnan(values[node.name])):
        return ""
    if not infinite:
        return f"'{node.function}' of these operands is not a number; write others"
    if node.function == "softmax" and not np.any(infinite[0] == np.inf):
        return "every entry of a row is -inf, so that its softmax is not a number; leave an entry of each row finite"
    if node.function == "softmax":
        return "the softmax of inf is not a number; write -inf for what is masked"
    return f"'{node.function}' is not a number where an operand is infinite, such as 0 * inf or inf - inf; {INSTEAD}"


def undefined_gradients(nodes: Sequence[Node], values: Mapping[str, Array], gradients: Mapping[str, Array]) -> dict[str, Array]:
    """Where gradients are no numbers because of infinities, such as ``0 * inf``, by name; none where something overflows."""
    if all(map(is_finite, values.values())) or overflown_steps(nodes, values):
        return {}
    return {name: np.isnan(gradient) for name, gradient in gradients.items() if np.any(np.isnan(gradient))}
