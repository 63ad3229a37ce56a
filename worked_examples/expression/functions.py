"""What expressions compute with: the functions of formulas on nested lists, and functions of lists, counts and number types.

Numbers are exact as long as they stay rational, then float64.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from reference.graph import Node, value_of
from reference.initializers import STANDARD_DEVIATIONS
from worked_examples.schema.calculations.step_sizes import size_fault

LARGEST = 100_000  # digits of a power, entries of a range


def plain(value: Any) -> Any:
    """NumPy's results as nested lists and Python's numbers; whole numbers are fractions, so that division stays exact."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return Fraction(int(value))
    return float(value) if isinstance(value, np.floating) else value


def on_arrays(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of arrays for nested lists: on fractions if it can, else on float64; refuses what is not a number."""

    def applied(*operands: Any) -> Any:
        try:
            return plain(function(*(np.array(operand, dtype=object) for operand in operands)))
        except (TypeError, AttributeError):  # what NumPy raises for exp and its like on fractions
            value = function(*(np.array(operand, dtype=float) for operand in operands))
        if np.any(np.isnan(np.asarray(value, dtype=float))):
            raise ValueError("not a number for these operands")
        return plain(value)

    return applied


def computed(function: str, operands: Sequence[Any], parameters: Mapping[str, Any]) -> Any:
    """The value of a function of formulas, by its name in the reference."""
    names = tuple(map(str, range(len(operands))))
    node = Node("", function, names, parameters)

    def value(*arrays: Any) -> Any:
        by_name = dict(zip(names, arrays, strict=True))
        if fault := size_fault(node, by_name):
            raise ValueError(fault)
        return value_of(node, by_name)

    return on_arrays(value)(*operands)


def power(base: Any, exponent: Any) -> Any:
    """``base ** exponent``, exact for whole exponents; refuses what would have too many digits."""
    digits = math.log10(max(abs(base), 1 / abs(base))) if base else 0
    if abs(exponent) * digits > LARGEST:
        raise ValueError(f"a power of more than {LARGEST:,} digits")
    return base**exponent


def upto(*bounds: Any) -> list[Fraction]:
    """Python's ``range`` as a list."""
    numbers = range(*map(int, bounds))
    if len(numbers) > LARGEST:
        raise ValueError(f"a range of more than {LARGEST:,} numbers")
    return [Fraction(number) for number in numbers]


def rounded(number: Any, decimals: Any = 0) -> Fraction:
    """The nearest number of so many decimals, the even one of two."""
    return Fraction(round(Fraction(number), int(decimals)))


def shape(array: Any) -> list[Fraction]:
    """The lengths of a nest of lists at each depth; refuses one that is not rectangular."""
    if not isinstance(array, list):
        return []
    inner = [shape(entry) for entry in array]
    if any(lengths != inner[0] for lengths in inner):
        raise ValueError("lists of different lengths at one depth")
    return [Fraction(len(array)), *(inner[0] if inner else [])]


def floating(name: str) -> Callable[[Any], Any]:
    """The number of a floating-point type that is nearest to an exact number, exactly."""
    kind = np.dtype(name).type
    return lambda number: Fraction(float(kind(str(number)) if isinstance(number, str) else kind(float(number))))


LISTS: Mapping[str, Callable[..., Any]] = {
    **{f"{name}_deviation": on_arrays(function) for name, function in STANDARD_DEVIATIONS.items()},
    **{name: floating(name) for name in ("float64", "float32", "float16")},
    "all": all,
    "any": any,
    "sorted": sorted,
    "len": lambda entries: Fraction(len(entries)),
    "count": lambda entries, entry: Fraction(entries.count(entry)),
    "position": lambda entries, entry: Fraction(entries.index(entry)),
    "zip": lambda *lists: [list(entries) for entries in zip(*lists, strict=True)],
    "range": upto,
    "round": rounded,
    "ceil": lambda number: Fraction(math.ceil(number)),
    "floor": lambda number: Fraction(math.floor(number)),
    "shape": shape,
}
"""What expressions have besides the functions of formulas."""
