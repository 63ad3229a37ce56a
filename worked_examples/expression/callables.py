"""The names of formulas: the reference's functions as one calls them, and their parameters as one writes them."""

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

from reference.functions import ANY_NUMBER, Function
from reference.graph import FUNCTIONS
from worked_examples.limits import AXES, SIZE
from worked_examples.schema.base import extent

WHOLE = "-?[0-9]{1,9}"
SLICE = re.compile(rf"{WHOLE}|({WHOLE})?:({WHOLE})?(:({WHOLE})?)?")
OPERATORS: Mapping[str, str] = {
    "add": "a + b",
    "subtract": "a - b",
    "multiply": "a * b",
    "divide": "a / b",
    "power": "a ** b",
    "negative": "-a",
    "dot": "a @ b",
    "greater": "a > b",
    "greater or equal": "a >= b",
    "equal": "a == b",
    "transpose": "a.T",
    "index": "a[0, 1:3]",
}
"""Functions that have a sign of their own, and how one writes them."""
IN_A_LIST = ("stack", "concatenate")
"""Functions whose operands are one list: ``stack([a, b])``."""


def called(name: str) -> str:
    """How a function of the reference is called in a formula."""
    return re.sub(r"\W+", "_", name)


CALLABLES: Mapping[str, str] = {called(name): name for name in FUNCTIONS if name not in OPERATORS}
SIGNS: Mapping[str, str] = {called(name): sign for name, sign in OPERATORS.items()}


def slices(text: str) -> tuple[int | slice, ...]:
    """NumPy's index text, ``"0:4,1"`` or ``"::-1"``, as a tuple of whole numbers and slices.

    Raises:
        ValueError: for any other text.

    """
    index: list[int | slice] = []
    for entry in text.replace(" ", "").split(","):
        if not SLICE.fullmatch(entry):
            raise ValueError(f'\'{text}\' is not an index; accepted: whole numbers and slices such as "0:4,1" or "::-1"')
        numbers = [int(number) if number else None for number in entry.split(":")]
        index.append(slice(*numbers) if len(numbers) > 1 else int(entry))
    return tuple(index)


def is_whole(value: Any, least: int, most: int) -> bool:
    """Whether a value is a whole number in a range."""
    return type(value) is int and least <= value <= most


def whole(least: int, most: int) -> Callable[[Any], Any]:
    """The check of a whole number."""

    def check(value: Any) -> Any:
        if not is_whole(value, least, most):
            raise ValueError(f"{value!r} is not accepted; accepted: a whole number from {least:,} to {most:,}")
        return value

    return check


def shape(value: Any) -> Any:
    """The check of a shape; -1 stands for what is left."""
    if not isinstance(value, list) or not value or len(value) > AXES or not all(is_whole(size, -1, SIZE) for size in value):
        raise ValueError(f"{value!r} is not a shape; accepted: whole numbers such as (2, 3), or (2, -1)")
    return value


def truth(value: Any) -> Any:
    """The check of True or False."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is not accepted; accepted: True or False")  # noqa: TRY004 -- a fault of the fixture
    return value


def index(value: Any) -> Any:
    """The check of an index that is a text."""
    if not isinstance(value, str):
        raise ValueError(f'{value!r} is not an index; accepted: whole numbers and slices in a text, such as "0:4,1"')  # noqa: TRY004
    return slices(value)


PARAMETERS: Mapping[str, Callable[[Any], Any]] = {
    "axis": whole(-AXES, AXES - 1),
    "keepdims": truth,
    "shape": shape,
    "index": index,
    "size": extent,
    "stride": extent,
    "padding": extent,
    "num": whole(1, SIZE),
    "sections": whole(1, SIZE),
}
"""The check of each parameter, by its name: it returns the parameter's value, or raises a ValueError."""


def literal(node: ast.expr) -> Any:
    """The value that a parameter's text stands for: whole numbers, texts, True and False, and lists of whole numbers.

    Raises:
        ValueError: for anything else.

    """
    if isinstance(node, ast.Tuple | ast.List):
        return [literal(entry) for entry in node.elts]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and type(number := literal(node.operand)) is int:
        return -number
    if isinstance(node, ast.Constant) and isinstance(node.value, int | str | bool):
        return node.value
    raise ValueError("a parameter must be written out: a whole number, (2, 3), True or False")


def parameters_of(function: Function) -> tuple[str, ...]:
    """The names of the parameters that a formula may give; the part of a split is told by the names on the left."""
    return tuple(name for name in (*function.required, *function.optional) if name != "part")


def operand_count(function: Function) -> str:
    """The accepted numbers of operands, in words."""
    least, most = function.operands
    if most >= ANY_NUMBER:
        return f"{least} or more"
    return str(least) if least == most else f"{least} or {most}"
