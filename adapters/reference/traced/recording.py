"""Numbers that record what is computed with them, so that a program of the reference becomes a list of operations."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from adapters.protocol import Array


class RecordingError(TypeError):
    """What is computed cannot be recorded: it decides by a number's value, or uses a function that is not recorded."""


def of_two(name: str) -> Callable[[Any, Any], Any]:
    """A method for an operation of two numbers; NumPy applies it to every entry of an array."""
    return lambda left, right: NotImplemented if isinstance(right, np.ndarray) else operation(name, left, right)


def turned(name: str) -> Callable[[Any, Any], Any]:
    """The same for the number on the right."""
    return lambda right, left: NotImplemented if isinstance(left, np.ndarray) else operation(name, left, right)


def of_one(name: str) -> Callable[[Any], Any]:
    """A method for a function of one number; NumPy calls those of its functions by their names."""
    return lambda number: operation(name, number)


class Recorded:
    """A number of a recorded program: an ``operation`` of ``operands``, each one ``Recorded`` or a Python number.

    An input is ``input`` of its text in C, a constant ``constant`` of its value. Comparisons give 1 or 0, later; nothing is decided
    while it is recorded.
    """

    __slots__ = ("operands", "operation")
    recorded = True
    __add__, __sub__, __mul__, __truediv__ = of_two("+"), of_two("-"), of_two("*"), of_two("/")
    __radd__, __rsub__, __rmul__, __rtruediv__ = turned("+"), turned("-"), turned("*"), turned("/")
    __gt__, __ge__, __lt__, __le__ = of_two(">"), of_two(">="), of_two("<"), of_two("<=")
    __and__ = of_two("*")  # of comparisons, which are 1 or 0
    __neg__, __abs__ = of_one("-"), of_one("fabs")
    exp, log, sqrt, tanh, sin, cos = map(of_one, ("exp", "log", "sqrt", "tanh", "sin", "cos"))

    def __init__(self, value: Any, operation: str = "constant", operands: tuple[Any, ...] = ()) -> None:
        self.operation, self.operands = operation, operands or (value,)

    def __bool__(self) -> bool:
        raise RecordingError("it decides by the value of a number")

    def __float__(self) -> float:
        raise RecordingError("it needs the value of a number")

    def __pow__(self, exponent: Any) -> "Recorded":
        return of_power(self, exponent)

    def __rpow__(self, base: Any) -> "Recorded":
        return operation("pow", base, self)

    def __invert__(self) -> "Recorded":
        return operation("-", 1, self)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> Any:
        return operation("==", self, other)

    def __ne__(self, other: object) -> Any:
        return operation("!=", self, other)


def operation(name: str, *operands: Any) -> Recorded:
    """The number that an operation gives."""
    return Recorded(None, name, operands)


def of_power(base: Any, exponent: Any) -> Recorded:
    """A power as NumPy computes it: small whole exponents and the root by their own operations."""
    if not isinstance(exponent, Recorded):
        match float(exponent):
            case 0.0:
                return Recorded(1)
            case 1.0:
                return operation("+", base, 0)
            case 2.0:
                return operation("*", base, base)
            case 0.5:
                return operation("sqrt", base)
            case -1.0:
                return operation("/", 1, base)
    return operation("pow", base, exponent)


def inputs(array: Array, name: str) -> Array:
    """An array of inputs in the shape of another one, in C ``name[0]``, ``name[1]``, ... in its order."""
    entries = [Recorded(f"{name}[{number}]", "input") for number in range(array.size)]
    recorded = np.empty(array.size, dtype=object)
    recorded[:] = entries
    return recorded.reshape(array.shape)


def in_order(results: Iterable[Recorded]) -> list[Recorded]:
    """All numbers on which some depend, each after those that it depends on; inputs and constants left out."""
    found, known = list[Recorded](), set[int]()
    for result in results:
        waiting = [result]
        while waiting:
            number = waiting[-1]
            missing = [each for each in number.operands if is_computed(each) and id(each) not in known]
            if missing and id(number) not in known:
                waiting += missing[::-1]
                continue
            waiting.pop()
            if is_computed(number) and id(number) not in known:
                known.add(id(number))
                found.append(number)
    return found


def is_computed(number: Any) -> bool:
    """Whether it is the result of an operation."""
    return isinstance(number, Recorded) and number.operation not in ("constant", "input")
