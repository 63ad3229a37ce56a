"""What correctly rounded operations in a floating-point type may give where programs square in more than one way.

A product is rounded correctly; the ``pow`` of a library, whose error is below a unit in the last place, gives one of the two
numbers next to the exact square. All results are listed as long as they are few. A correctly rounded operation is monotone, so that
beyond that the range of its results ends at results of the ends.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any

import numpy as np

MOST_LISTED = 64


@dataclass(frozen=True, slots=True)
class FloatRange:
    """Numbers that programs may get: these, in order, NumPy's scalars; where they are not listed, any number between them."""

    numbers: tuple[Any, ...]
    is_listed: bool = True

    def __neg__(self) -> "FloatRange":
        return FloatRange(tuple(-number for number in reversed(self.numbers)), self.is_listed)

    def __add__(self, other: Any) -> "FloatRange":
        return combined(add, self, other)

    def __sub__(self, other: Any) -> "FloatRange":
        return combined(sub, self, other)

    def __mul__(self, other: Any) -> "FloatRange":
        return combined(mul, self, other)

    def __truediv__(self, other: Any) -> "FloatRange":
        divisor = self.of(other)
        if divisor.low <= 0 <= divisor.high and not divisor.is_listed:
            return self.unbounded()
        return combined(truediv, self, divisor)

    def __radd__(self, other: Any) -> "FloatRange":
        return self.of(other) + self

    def __rsub__(self, other: Any) -> "FloatRange":
        return self.of(other) - self

    def __rmul__(self, other: Any) -> "FloatRange":
        return self.of(other) * self

    def __rtruediv__(self, other: Any) -> "FloatRange":
        return self.of(other) / self

    @property
    def low(self) -> Any:
        """The least of the numbers."""
        return self.numbers[0]

    @property
    def high(self) -> Any:
        """The greatest of the numbers."""
        return self.numbers[-1]

    @property
    def is_one_number(self) -> bool:
        """Whether all programs get the same number, or all of them nan."""
        return len(self.numbers) == 1

    def of(self, number: Any) -> "FloatRange":
        """A number, rounded to this type; a range is what it is."""
        return number if isinstance(number, FloatRange) else FloatRange((type(self.low)(number),))

    def unbounded(self) -> "FloatRange":
        """Any number of this type."""
        return FloatRange((type(self.low)(-np.inf), type(self.low)(np.inf)), is_listed=False)

    def squared(self) -> "FloatRange":
        """``x^2`` by a product or by ``pow``."""
        if not np.isfinite([self.low, self.high]).all():
            return self * self
        squares = [square for number in self.numbers for square in neighbours(number)]
        if not self.is_listed and self.low <= 0 <= self.high:
            squares.append(type(self.low)(0))
        return of_results(squares, self.is_listed)


def combined(operation: Callable[[Any, Any], Any], a: FloatRange, other: Any) -> FloatRange:
    """All results of an operation; unbounded where only some of them are nan."""
    b = a.of(other)
    with np.errstate(all="ignore"):
        results = [operation(x, y) for x in a.numbers for y in b.numbers]
    if any(np.isnan(result) for result in results):
        return FloatRange((results[0],)) if a.is_one_number and b.is_one_number else a.unbounded()
    return of_results(results, a.is_listed and b.is_listed)


def of_results(results: Iterable[Any], is_listed: bool) -> FloatRange:
    """The range of some numbers: all of them, or the ends of what is between them where these are not listed or too many."""
    found = sorted(set(results))
    listed = len(found) == 1 or (is_listed and len(found) <= MOST_LISTED)
    return FloatRange(tuple(found) if listed else (found[0], found[-1]), listed)


def neighbours(x: Any) -> tuple[Any, Any]:
    """The numbers of the type of ``x`` next to its exact square, below and above; the same twice where it is one of them."""
    with np.errstate(all="ignore"):
        product = x * x
        if np.isinf(product):
            return np.nextafter(product, type(x)(0)), product
        error = Fraction(float(x)) ** 2 - Fraction(float(product))
        if error == 0:
            return product, product
        if error > 0:
            return product, np.nextafter(product, type(x)(np.inf))
        return np.nextafter(product, type(x)(0)), product
