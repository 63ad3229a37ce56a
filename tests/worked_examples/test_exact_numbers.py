"""Exact numbers: rational where they can be, else enclosures; comparisons are never guessed."""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import pytest

from worked_examples import numbers
from worked_examples.exact_numbers import HEIGHT, Exact

read = Exact.read


RATIONAL: Mapping[str, tuple[Callable[[], Exact], Fraction | int]] = {
    "sum": (lambda: read("0.1") + read("0.2"), Fraction(3, 10)),
    "difference": (lambda: 1 - read("0.1") * 2, Fraction(4, 5)),
    "quotient": (lambda: 1 / read("3"), Fraction(1, 3)),
    "square root as a power": (lambda: read("4") ** read("0.5"), 2),
    "cube root": (lambda: read("8") ** (1 / read("3")), 2),
    "fractional negative power": (lambda: read("0.25") ** read("-1.5"), 8),
    "power of a negative number": (lambda: read("-2") ** read("3"), -8),
    "0 to the power of 0": (lambda: read("0") ** 0, 1),
    "power of another type": (lambda: 2 ** read("3"), 8),
    "square root": (lambda: read("2.25").sqrt(), Fraction(3, 2)),
    "exp 0": (lambda: read("0").exp(), 1),
    "log 1": (lambda: read("1").log(), 0),
    "tanh 0": (lambda: read("0").tanh(), 0),
    "0 times irrational": (lambda: read("1").exp() * 0, 0),
    "absolute value": (lambda: abs(-read("0.5")), Fraction(1, 2)),
    "float32": (lambda: Exact(np.float32(0.1)), Fraction(float(np.float32(0.1)))),
    "bool": (lambda: Exact(np.array([3.5]).astype(bool)[0]), 1),
}


def test_an_infinity_stays_one() -> None:
    """Whatever finite number is added, also one that is only enclosed; of two there is no difference."""
    for number in (read("0.1"), read("2").sqrt(), read("2").exp()):
        for value, expected in ((read("-inf") + number, -np.inf), (number - read("-inf"), np.inf)):
            assert (value.value.is_exact(), float(value)) == (True, expected)
        assert (number / read("inf")).rational == 0
    assert (read("-inf").exp().rational, read("inf") == read("inf"), read("-inf") < read("inf")) == (0, True, True)
    assert (read("inf") - read("inf")).is_nan()
    assert (0 * read("inf")).is_nan()


@pytest.mark.parametrize("name", RATIONAL)
def test_what_is_rational_stays_so(name: str) -> None:
    """Sums, products, quotients, whole powers, roots that come out even, and functions at 0 and 1."""
    compute, expected = RATIONAL[name]
    assert compute().rational == expected


UNDEFINED: Mapping[str, Callable[[], Exact]] = {
    "root of a negative number as a power": lambda: read("-2") ** read("0.5"),
    "0 divided by 0": lambda: read("0") / 0,
    "infinity minus infinity": lambda: read("1") / 0 - read("1") / 0,
    "logarithm of a negative number": lambda: read("-1").log(),
    "root of a negative number": lambda: read("-1").sqrt(),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_what_is_not_defined_is_nan(name: str) -> None:
    """No exception: an array goes on."""
    assert UNDEFINED[name]().is_nan()
    assert np.isnan(float(UNDEFINED[name]()))


def test_a_pole_is_infinite_as_in_floating_point() -> None:
    """Zero has no sign here: it is taken as the positive one."""
    poles = [
        read("1") / 0,
        read("-2") / read("0"),
        read("1").exp() / 0,
        read("0").log(),
        read("0") ** read("-1"),
        read("0") ** -0.5,
    ]
    assert [float(pole) for pole in poles] == [np.inf, -np.inf, np.inf, -np.inf, np.inf, np.inf]
    assert float(read("0").log().exp()) == 0


def test_an_irrational_number_is_enclosed_at_the_precision_that_is_set() -> None:
    """The root of 2, at 100 bits; a rational as a ball too."""
    with flint.ctx.workprec(100):
        root = read("2") ** read("0.5")
        assert root.rational is None
        assert (root * root).ball().contains(flint.arb(2))
        assert float(root.ball().rad()) < 1e-29
        assert float(read("0.1").ball().rad()) < 1e-30


def test_a_long_rational_becomes_an_enclosure() -> None:
    """Above the stated number of bits the digits cost more than they are worth."""
    assert (read("3") ** 1000).rational == 3**1000
    assert (read("3") ** HEIGHT).rational is None
    number = read("1.1")
    for _ in range(20):
        number *= number
    assert number.rational is None


def test_comparisons_are_decided_or_false() -> None:
    """Of equal rationals, of distinct enclosures, of a number with itself; overlapping enclosures are neither less nor more."""
    third, e = 1 / read("3"), read("1").exp()
    assert third == Fraction(1, 3)
    assert third <= 1 / read("3")
    assert not third < 1 / read("3")
    assert e > third
    again = read("1").exp()
    assert [e < again, e <= again, e > again, e >= again, e == again, e != again] == [False] * 6
    itself = e
    assert [e < itself, e <= itself, e > itself, e >= itself, e == itself, e != itself] == [False, True, False, True, True, False]
    assert third < float("inf")
    nan = read("-1").log()
    assert not any(compare(nan, nan) for compare in (operator.eq, operator.le, operator.lt))
    assert third != "a third"


def test_arrays_of_exact_numbers_serve_numpy() -> None:
    """Its functions on objects, sums, products, selections, scalars of other types."""
    x = numbers(["1", "2"], "exact")
    computed: dict[str, Any] = {
        "dot": x @ x,
        "sum": np.sum(x),
        "times": (x * np.float64(0.5))[1],
        "scalar": np.float64(0.5) * x[1],
        "where": np.where(x > 1, x, 0)[1],
        "argmax": x[np.argmax(x)],
        "masked": x.sum(where=np.array([False, True]), initial=1) - 1,
    }
    assert {name: Exact(value).rational for name, value in computed.items()} == {
        "dot": 5,
        "sum": 3,
        "times": 1,
        "scalar": 1,
        "where": 2,
        "argmax": 2,
        "masked": 2,
    }
    for name in ("exp", "log", "sqrt", "sin", "cos", "tanh"):
        assert np.allclose(getattr(np, name)(x).astype(float), getattr(np, name)(x.astype(float)), rtol=1e-15)


def test_a_text_may_have_a_radius() -> None:
    """An input known only as printed is every number that rounds to it."""
    wide = read("0.25 +/- 0.005")
    assert wide.rational is None
    assert wide.ball().contains(flint.arb("0.2475"))
