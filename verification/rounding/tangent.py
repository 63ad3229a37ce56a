"""A number type for a running error bound: an enclosure, its derivatives, and how far rounding may have taken it.

``z = x * y``, computed from values that are wrong by ``e_x`` and ``e_y``, is wrong by ``|y| e_x + |x| e_y``, and by the rounding of
the product itself, a unit of the precision that is set. Every operation does the same with its own derivatives, which hold as far
as the enclosures reach. The reference computes with such numbers as with any others.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from flint import arb, arb_mat, ctx

Term: TypeAlias = "tuple[Any, Tangent]"


class Tangent:
    """An enclosure ``value``, its derivatives ``slopes (1, n)`` by the variables, and a bound ``error`` of its rounding errors."""

    __slots__ = ("error", "slopes", "value")

    def __init__(self, value: arb, slopes: arb_mat, error: Any = 0) -> None:
        self.value, self.slopes, self.error = value, slopes, arb(error)

    def exp(self) -> "Tangent":
        """``dz = z dx``."""
        value = self.value.exp()
        return result(value, [(value, self)])

    def log(self) -> "Tangent":
        """``dz = dx / x``."""
        return result(self.value.log(), [(1 / self.value, self)])

    def tanh(self) -> "Tangent":
        """``dz = (1 - z^2) dx``."""
        value = self.value.tanh()
        return result(value, [(1 - value * value, self)])

    def sqrt(self) -> "Tangent":
        """``dz = dx / 2z``."""
        value = self.value.sqrt()
        return result(value, [(1 / (2 * value), self)])

    def nonnegative_part(self) -> "Tangent":
        """The same number, which is known not to be negative."""
        return Tangent(self.value.nonnegative_part(), self.slopes, self.error)

    def __neg__(self) -> "Tangent":
        return Tangent(-self.value, -self.slopes, self.error)

    def __add__(self, other: Any) -> "Tangent":
        return result(self.value + plain(other), [(1, self), *by(1, other)])

    def __sub__(self, other: Any) -> "Tangent":
        return result(self.value - plain(other), [(1, self), *by(-1, other)])

    def __rsub__(self, other: Any) -> "Tangent":
        return result(plain(other) - self.value, [(-1, self)])

    def __mul__(self, other: Any) -> "Tangent":
        return result(self.value * plain(other), [(plain(other), self), *by(self.value, other)])

    def __truediv__(self, other: Any) -> "Tangent":
        quotient = self.value / plain(other)
        return result(quotient, [(1 / plain(other), self), *by(-quotient / plain(other), other)])

    def __rtruediv__(self, other: Any) -> "Tangent":
        quotient = plain(other) / self.value
        return result(quotient, [(-quotient / self.value, self)])

    def __pow__(self, exponent: Any) -> "Tangent":
        n = plain(exponent)
        return result(self.value**n, [(n * self.value ** (n - 1) if n != 0 else arb(0), self)])

    __radd__, __rmul__ = __add__, __mul__

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < plain(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.value <= plain(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > plain(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.value >= plain(other))

    def __eq__(self, other: object) -> bool:
        return bool(self.value == plain(other))

    def __ne__(self, other: object) -> bool:
        return bool(self.value != plain(other))

    __hash__ = None  # type: ignore[assignment]  # as of every number that is only enclosed

    def __repr__(self) -> str:
        return repr(self.value)


def plain(number: Any) -> Any:
    """The enclosure of a number of any type."""
    if isinstance(number, Tangent):
        return number.value
    return number if isinstance(number, arb | int) else arb(float(number))


def by(slope: Any, operand: Any) -> Sequence[Term]:
    """A term for an operand that has derivatives; nothing for a constant."""
    return [(slope, operand)] if isinstance(operand, Tangent) else []


def result(value: arb, terms: Sequence[Term]) -> Tangent:
    """A result with the derivatives and errors of its operands, each times its slope, and the rounding of the operation itself."""
    rounding = abs(value) * arb(2.0**-ctx.prec)
    slopes, error = terms[0][1].slopes * terms[0][0], abs(arb(terms[0][0])) * terms[0][1].error
    for slope, operand in terms[1:]:
        slopes, error = slopes + operand.slopes * slope, error + abs(arb(slope)) * operand.error
    return Tangent(value + arb(0, rounding.upper()), slopes, (error + rounding).upper())


def as_tangent(number: Any, n: int) -> Tangent:
    """A number of any type, with derivatives by ``n`` variables: 0 of a constant, which is wrong by its width at most."""
    if isinstance(number, Tangent):
        return number
    value = arb(plain(number))
    return Tangent(value, arb_mat(1, n), 2 * arb(value.rad()))


def variables(centres: Sequence[float], radius: float) -> list[Tangent]:
    """Variables as far as ``radius`` around their centres, the derivatives by which all results carry."""
    n = len(centres)
    units = [arb_mat(1, n, [int(j == i) for j in range(n)]) for i in range(n)]
    return [Tangent(arb(float(centre), radius), unit) for centre, unit in zip(centres, units, strict=True)]
