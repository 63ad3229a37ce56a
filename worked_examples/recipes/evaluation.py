"""A draw is evaluated by rules, never executed: float64 arithmetic (in PyTorch's default type for tensors) in the order written."""

import ast
import inspect
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from worked_examples.errors import nearest
from worked_examples.limits import GENERATED, entries_fault, product
from worked_examples.recipes.arguments import Array, Value, array, whole
from worked_examples.recipes.functions import functions
from worked_examples.recipes.generators import Stream
from worked_examples.recipes.statements import Statement, statements

OPERATIONS = 10 * GENERATED  # entries that all operations of a draw make
EVALUATED = 150_000  # expressions that are evaluated, those in loops many times: a second or two
ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
FAULTS = (ValueError, TypeError, ArithmeticError, LookupError, MemoryError)
Names: TypeAlias = dict[str, Value]


def run(text: str, stream: Stream, known: Mapping[str, float] = MappingProxyType({})) -> Names:
    """Every name of a draw with its value; ``stream`` stands behind the last number drawn.

    ``known`` are numbers that the statements may use, and that are no names of theirs.

    Raises:
        ValueError: where the text is not a draw, or a statement has no value.

    """
    draw = Draw(stream, known)
    for statement in statements(text):
        draw.perform(statement)
    return draw.values


class Draw:
    """A draw under way: the calls that it may make, its names so far, and how many entries its operations may still make."""

    def __init__(self, stream: Stream, known: Mapping[str, float] = MappingProxyType({})) -> None:
        self.calls: Mapping[str, Callable[..., Value]] = {**functions(stream.dtype), **stream.calls}
        self.signatures = {name: inspect.signature(call) for name, call in self.calls.items()}
        self.known, self.values, self.left, self.evaluated = known, Names(), OPERATIONS, 0

    def perform(self, statement: Statement) -> None:
        """Evaluate one statement, and keep what it names.

        Raises:
            ValueError: where it has no value; the message quotes the statement.

        """
        try:
            with np.errstate(over="raise", divide="raise", invalid="raise"):
                self.keep(statement.targets, self.value(statement.tree, {}))
        except FAULTS as error:
            raise ValueError(f"'{statement.text}': {error}") from None

    def keep(self, targets: tuple[str, ...], value: Value) -> None:
        """Give names their values."""
        if taken := [name for name in targets if name in self.calls or name in self.known]:
            what = "a function" if taken[0] in self.calls else "known already"
            raise ValueError(f"'{taken[0]}' is {what}; write another name")
        if targets and value is None:
            raise ValueError("a shuffle is made in place and has no value; write it on a line of its own")
        values = [value] if len(targets) <= 1 else value
        if not isinstance(values, (list, tuple)) or len(values) != max(len(targets), 1):
            raise ValueError(f"{len(targets)} names, but not as many values")
        self.values |= dict(zip(targets, values, strict=False))

    def spend(self, value: Value) -> Value:
        """Count the entries of a value that was made; a scalar of NumPy becomes a float, or keeps its type as an array."""
        if isinstance(value, np.generic):
            value = float(value) if isinstance(value, np.float64) else np.asarray(value)
        self.left -= value.size if isinstance(value, np.ndarray) else len(value) if isinstance(value, list) else 1
        if self.left < 0:
            raise ValueError(f"more than {OPERATIONS:,} numbers in all; accepted: at most so many")
        return value

    def value(self, node: ast.expr, bound: Names) -> Value:
        """The value of a node; ``bound`` are the names of loops around it."""
        if type(node) not in RULES:
            raise ValueError(f"{type(node).__name__} is no part of a draw; accepted: calls, arithmetic, lists and loops in lists")
        self.evaluated += 1
        if self.evaluated > EVALUATED:
            raise ValueError(f"its loops evaluate more than {EVALUATED:,} expressions; draw arrays instead")
        return self.spend(RULES[type(node)](self, node, bound))

    def call(self, node: Any, bound: Names) -> Value:
        """One call."""
        name = node.func.id
        if name not in self.calls:
            raise ValueError(f"'{name}' is not a call of this generator; {nearest(name, self.calls)}")
        arguments = [self.value(argument, bound) for argument in node.args]
        given = [keyword.arg for keyword in node.keywords]
        if twice := [name for name in given if given.count(name) > 1]:
            raise ValueError(f"{name}: '{twice[0]}' is given twice; write it once")
        keywords = {str(keyword.arg): self.value(keyword.value, bound) for keyword in node.keywords}
        try:
            self.signatures[name].bind(*arguments, **keywords)
        except TypeError as error:
            raise ValueError(f"{name}: {error}") from None
        return self.calls[name](*arguments, **keywords)

    def named(self, node: Any, bound: Names) -> Value:
        """The value of a name."""
        known = {**self.known, **self.values, **bound}
        if node.id not in known:
            raise ValueError(f"'{node.id}' has no value; {nearest(node.id, known)}")
        return known[node.id]

    def operands(self, nodes: list[ast.expr], bound: Names) -> list[Value]:
        """Numbers or arrays that fit each other."""
        values = [self.value(node, bound) for node in nodes]
        if not all(isinstance(value, (float, np.ndarray)) for value in values):
            raise ValueError("a list has no arithmetic; write array([...])")
        if product(np.broadcast_shapes(*map(np.shape, values))) > self.left:
            raise ValueError(f"more than {OPERATIONS:,} numbers in all; accepted: at most so many")
        return values

    def arithmetic(self, node: Any, bound: Names) -> Value:
        """One operation; of two numbers in float64."""
        result = ARITHMETIC[type(node.op)](*self.operands([node.left, node.right], bound))
        if isinstance(result, complex):
            raise ValueError("a root of a negative number")  # noqa: TRY004 -- pydantic turns ValueError into its own
        return result

    def negative(self, node: Any, bound: Names) -> Value:
        """A sign."""
        if not isinstance(node.op, ast.USub):
            raise ValueError("'not' is no part of a draw")  # noqa: TRY004 -- pydantic turns ValueError into its own
        return -self.operands([node.operand], bound)[0]

    def compare(self, node: Any, bound: Names) -> Value:
        """1 where a comparison holds, else 0."""
        if len(node.ops) != 1 or type(node.ops[0]) not in COMPARISONS:
            raise ValueError("accepted: one comparison, <, <=, > or >=")
        holds = COMPARISONS[type(node.ops[0])](*self.operands([node.left, node.comparators[0]], bound))
        return holds.astype(float) if isinstance(holds, np.ndarray) else float(holds)

    def subscript(self, node: Any, bound: Names) -> Value:
        """An entry, or a part of an array or list."""
        value, indices = self.value(node.value, bound), node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if not isinstance(value, (np.ndarray, list, tuple)):
            raise ValueError("a number has no entries")  # noqa: TRY004 -- pydantic turns ValueError into its own
        index = tuple(self.index(part, bound) for part in indices)
        if isinstance(value, np.ndarray) or len(index) > 1 or isinstance(index[0], np.ndarray):
            return chosen(array(value), index)
        return value[index[0]]

    def index(self, node: ast.expr, bound: Names) -> Any:
        """A whole number, a slice, or an array of whole numbers, as a random permutation is."""
        if isinstance(node, ast.Slice):
            limits = (node.lower, node.upper, node.step)
            return slice(*(None if limit is None else whole(self.value(limit, bound), -GENERATED) for limit in limits))
        value = self.value(node, bound)
        entries = array(value)
        if not np.array_equal(entries, np.floor(entries)):
            raise ValueError("an index is a whole number")
        return int(value) if isinstance(value, float) else entries.astype(int)

    def comprehension(self, node: Any, bound: Names) -> list[Value]:
        """``[random() for i in range(3)]``, without conditions."""
        loop = node.generators[0]
        if loop.ifs or not isinstance(loop.target, ast.Name):
            raise ValueError("a loop has one name and no condition")
        entries = self.value(loop.iter, bound)
        if isinstance(entries, float):
            raise ValueError("a loop runs over a list, as in [random() for i in range(3)]")  # noqa: TRY004 -- as above
        return [self.value(node.elt, {**bound, loop.target.id: entry}) for entry in entries]


def chosen(entries: Array, index: tuple[Any, ...]) -> Value:
    """Entries of an array; whole numbers in an array choose rows, and stand alone.

    Raises:
        ValueError: where they do not, or there would be too many entries.

    """
    if any(isinstance(part, np.ndarray) for part in index):
        if len(index) > 1:
            raise ValueError("an array of whole numbers is the only index, as in x[permutation(4)]")
        if fault := entries_fault(index[0].size * product(entries.shape[1:])):
            raise ValueError(fault)
    return entries[index]


def constant(_: Draw, node: Any, bound: Names) -> Value:  # noqa: ARG001 -- the signature of a rule
    """A number in float64, or a truth value."""
    if isinstance(node.value, str):
        raise ValueError(f"the text '{node.value}' is no part of a draw")  # noqa: TRY004 -- pydantic turns ValueError into its own
    return float(node.value) if isinstance(node.value, Fraction) else node.value


RULES: Mapping[type[ast.AST], Callable[[Draw, Any, Names], Value]] = {
    ast.Constant: constant,
    ast.Name: Draw.named,
    ast.BinOp: Draw.arithmetic,
    ast.UnaryOp: Draw.negative,
    ast.Compare: Draw.compare,
    ast.Subscript: Draw.subscript,
    ast.Call: Draw.call,
    ast.List: lambda draw, node, bound: [draw.value(entry, bound) for entry in node.elts],
    ast.Tuple: lambda draw, node, bound: tuple(draw.value(entry, bound) for entry in node.elts),
    ast.ListComp: Draw.comprehension,
}
