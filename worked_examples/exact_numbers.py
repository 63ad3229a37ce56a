"""Exact numbers: rational as long as the arithmetic is rational and small, else an enclosure at the current precision.

A comparison of rationals is always decided. One of enclosures is true only where it is certain, so that neither it nor its opposite
holds where they overlap; a number compared with itself is equal.
"""

from collections.abc import Callable
from fractions import Fraction
from math import inf
from numbers import Integral, Real
from typing import Any, TypeAlias

from flint import arb, fmpq

from worked_examples.number_types import INFINITIES

HEIGHT = 20_000  # bits of numerator or denominator; a longer rational becomes an enclosure
LARGEST_ROOT = 64
Value: TypeAlias = Any  # flint.fmpq or flint.arb


def is_small(value: fmpq) -> bool:
    """Whether a rational may stay one."""
    return bool(value.height_bits() <= HEIGHT)


def is_infinity(value: Value) -> bool:
    """Whether a value is plus or minus infinity, and no other number."""
    return isinstance(value, arb) and not value.is_finite() and not value.is_nan() and bool(value.rad().is_finite())


def reduced(value: Value) -> Value:
    """A small rational where the value is one: also an enclosure without radius, such as the root of 4. Else an enclosure.

    An infinity has no radius: a finite number that is added to one does not change it.
    """
    if isinstance(value, arb):
        if is_infinity(value):
            return arb(inf) if value > 0 else arb(-inf)
        is_short = value == 0 or 2.0**-1000 < abs(float(value)) < 2.0**1000
        return value.fmpq() if value.is_exact() and is_short else value
    return value if is_small(value) else arb(value)


def value_of(number: Any) -> Value:
    """The value of a number of another type; ``NotImplemented`` for what is not a number."""
    if isinstance(number, Exact):
        return number.value
    if isinstance(number, fmpq | arb):
        return number
    if isinstance(number, Fraction):
        return fmpq(number.numerator, number.denominator)
    if isinstance(number, Integral) or type(number).__name__ in ("bool", "bool_"):
        return fmpq(int(number))
    if isinstance(number, Real):
        number = float(number)
        return fmpq(*number.as_integer_ratio()) if abs(number) < inf else arb(number)
    return NotImplemented


def quotient(a: Value, b: Value) -> Value:
    """``a / b``; by zero, which has no sign here, the infinity of the sign of ``a``, and nan where that is none."""
    if b != 0 or isinstance(b, arb):
        return a / b
    return arb(inf) if a > 0 else arb(-inf) if a < 0 else arb("nan")


def logarithm(value: Value) -> Value:
    """``log value``, as in floating point minus infinity for 0."""
    return arb(-inf) if value == 0 else arb(value).log()


def exact_root(value: fmpq, degree: int) -> fmpq | None:
    """The root of a rational that is not negative, where it is rational."""
    if degree > LARGEST_ROOT or value < 0:
        return None
    parts = [part.root(degree) for part in (value.p, value.q)]
    return fmpq(*parts) if fmpq(*parts) ** degree == value else None


def raised(base: Value, exponent: Value) -> Value:
    """``base ^ exponent``: rational where it is; nan for a fractional power of a negative number, infinite for ``0^-1``."""
    if base == 0 and exponent < 0:
        return arb(inf)
    if isinstance(exponent, fmpq) and isinstance(base, fmpq):
        root = exact_root(base, int(exponent.q)) if exponent.q > 1 else base
        whole = int(exponent.p)
        if root is not None and root.height_bits() * abs(whole) <= HEIGHT:
            return root**whole
    return arb(base) ** exponent


def binary(operation: Callable[[Value, Value], Value]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """An operator's method, and the one for a left operand of another type."""

    def method(self: "Exact", other: Any) -> Any:
        right = value_of(other)
        return NotImplemented if right is NotImplemented else Exact(operation(self.value, right))

    def reflected(self: "Exact", other: Any) -> Any:
        left = value_of(other)
        return NotImplemented if left is NotImplemented else Exact(operation(left, self.value))

    return method, reflected


def comparison(operation: Callable[[Value, Value], Any], of_itself: bool) -> Callable[..., Any]:
    """A comparison's method; ``of_itself``: what it says of a number and the same number."""

    def method(self: "Exact", other: Any) -> Any:
        if other is self and not self.is_nan():
            return of_itself
        right = value_of(other)
        return NotImplemented if right is NotImplemented else bool(operation(self.value, right))

    return method


def unary(name: str) -> Callable[..., Any]:
    """The method that NumPy's function of this name calls on arrays of objects."""
    return lambda self: Exact(getattr(arb(self.value), name)())


class Exact:
    """A number that is known exactly, as a rational or as an enclosure."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = reduced(value_of(value))

    @classmethod
    def read(cls, text: Any) -> "Exact":
        """A decimal string, one with a radius (``"0.25 +/- 0.005"``), or a number of any type."""
        if isinstance(text, str):
            return cls(arb(text) if "+/-" in text or text in INFINITIES else Fraction(text))
        return cls(text)

    def ball(self) -> arb:
        """The enclosure at the precision that is set."""
        return arb(self.value)

    @property
    def rational(self) -> Fraction | None:
        """The number as a fraction; none where it is only enclosed."""
        return Fraction(int(self.value.p), int(self.value.q)) if isinstance(self.value, fmpq) else None

    def is_nan(self) -> bool:
        """Whether it is the result of an operation that is not defined, such as the logarithm of -1."""
        return isinstance(self.value, arb) and bool(self.value.is_nan())

    def nonnegative_part(self) -> "Exact":
        """The same number, which is known not to be negative."""
        return Exact(self.value.nonnegative_part()) if isinstance(self.value, arb) else self

    def log(self) -> "Exact":
        """The natural logarithm."""
        return Exact(logarithm(self.value))

    def __repr__(self) -> str:
        return f"Exact({self.value})"

    def __float__(self) -> float:
        return float(self.ball())

    def __bool__(self) -> bool:
        return self != 0

    def __neg__(self) -> "Exact":
        return Exact(-self.value)

    def __pos__(self) -> "Exact":
        return self

    def __abs__(self) -> "Exact":
        return Exact(abs(self.value))

    __hash__ = None  # type: ignore[assignment]  # equal numbers may be enclosures of another radius
    __add__, __radd__ = binary(lambda a, b: a + b)
    __sub__, __rsub__ = binary(lambda a, b: a - b)
    __mul__, __rmul__ = binary(lambda a, b: a * b)
    __truediv__, __rtruediv__ = binary(quotient)
    __pow__, __rpow__ = binary(raised)
    __lt__ = comparison(lambda a, b: a < b, of_itself=False)
    __gt__ = comparison(lambda a, b: a > b, of_itself=False)
    __le__ = comparison(lambda a, b: a <= b, of_itself=True)
    __ge__ = comparison(lambda a, b: a >= b, of_itself=True)
    __eq__ = comparison(lambda a, b: a == b, of_itself=True)
    __ne__ = comparison(lambda a, b: a != b, of_itself=False)
    exp, sqrt, expm1, log1p = (unary(name) for name in ("exp", "sqrt", "expm1", "log1p"))
    sin, cos, tan, sinh, cosh, tanh = (unary(name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh"))
