"""Balls enclose the exact value, bounds come from their radii, and digits are counted from the worst entry."""

import math
from collections.abc import Callable

import flint
import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.engine import Engine
from reference.comparisons import UndecidedError
from verification.exact import arithmetic
from verification.records import Findings, Outcome
from worked_examples import NetworkExample


@pytest.fixture
def example(network: Callable[[str], NetworkExample]) -> NetworkExample:
    """Two sigmoid layers."""
    return network("numpy-dnn/317_1")


def test_more_bits_enclose_less(example: NetworkExample) -> None:
    """The balls of 200 bits lie within those of 53, and those within the balls of 24."""
    fine, middle, coarse = (list(arithmetic.named(arithmetic.evaluate(example, None, bits))) for bits in (200, 53, 24))
    for (_, _, a), (_, _, b), (_, _, c) in zip(fine, middle, coarse, strict=True):
        arrays = zip(*(np.ravel(np.asarray(array, dtype=object)) for array in (a, b, c)), strict=True)
        assert all(y.overlaps(x) and z.overlaps(y) and x.rad() < y.rad() < z.rad() for x, y, z in arrays if x.rad() != 0)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_the_reference_is_within_its_bounds(example: NetworkExample, dtype: str) -> None:
    """In every type each entry is as near to the exact one as its bound says, and the bounds are not idle."""
    exact, bounds = arithmetic.evaluate(example, None, arithmetic.EXACT), arithmetic.bounds(example, None, dtype)
    computed = Engine().evaluate(example, None, dtype)
    for (_, name, a), (_, _, b), (_, _, e) in zip(*map(arithmetic.named, (computed, exact, bounds)), strict=True):
        distance = arithmetic.distance(arithmetic.balls(np.asarray(a).astype(object)), b)
        assert np.all(np.asarray(distance, dtype=float) <= e), name
        assert np.all(np.asarray(e) < 1), name


def test_every_array_is_named(example: NetworkExample) -> None:
    """Outputs, loss, the gradients of both parameters of each layer, that of the input, and what is computed on the way."""
    names = [(kind, name) for kind, name, _ in arithmetic.named(Engine().evaluate(example, None, "float64"))]
    assert names == [
        ("output", "output of layer 1"),
        ("output", "output of layer 2"),
        ("loss", "loss"),
        ("gradient", "gradient of layer 1 kernel"),
        ("gradient", "gradient of layer 1 bias"),
        ("gradient", "gradient of layer 2 kernel"),
        ("gradient", "gradient of layer 2 bias"),
        ("gradient", "gradient of input"),
        ("output", "pre-activation of layer 1"),
        ("gradient", "gradient of layer 1 pre-activation"),
        ("gradient", "gradient of layer 1 output"),
        ("output", "pre-activation of layer 2"),
        ("gradient", "gradient of layer 2 pre-activation"),
        ("gradient", "gradient of layer 2 output"),
        ("loss", "loss per output"),
    ]


def test_floats_become_balls_without_error() -> None:
    """0.1 means its binary value."""
    (pair,) = arithmetic.exactly([Parameters(np.array([[0.1]]), np.array([1.0]))])
    assert pair.kernel[0, 0] == flint.arb(0.1)


def test_an_update_is_that_of_the_reference(network: Callable[[str], NetworkExample]) -> None:
    """One epoch of a linear network: the kernel less 0.01 times the outer product of inputs and errors."""
    example = network("numpy-dnn/311_1")
    (pair,) = arithmetic.update(example, arithmetic.initial(example, "float64"), 200)
    x, y, t = np.array([2.0, 3.0]), np.array([19.0, 30.0]), np.array([27.0, -30.0])
    expected = np.array([[3.0, 5.0], [4.0, 6.0]]) - 0.01 * np.outer(x, y - t)
    assert np.allclose(np.asarray(arithmetic.middle(pair.kernel), dtype=float), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("computed", "exact", "digits"),
    [
        ([1.0, 2.0], [1, 2], math.inf),
        ([1.001, 2.0], [1, 2], -math.log10(0.001 / 2)),
        ([0.0], [0], math.inf),
        ([1e-3], [0], 0.0),
        ([1.0], [1, 2], 0.0),
        ([[1.0, 2.0]], [1, 2], 0.0),
        ([], [], 0.0),
        ([2.0, 4.0], [1, 2], 0.0),
    ],
)
def test_digits_are_counted_from_the_worst_entry(computed: list[float], exact: list[int], digits: float) -> None:
    """Relative to the greatest exact entry; another shape has none, and a number beside an exact 0 neither."""
    balls = np.array([flint.arb(number) for number in exact], dtype=object)
    assert arithmetic.digits(np.array(computed), balls) == pytest.approx(digits, rel=1e-9)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_has_no_digits(value: float) -> None:
    """Neither nan nor an infinite error is taken for exact."""
    assert arithmetic.digits(np.array([1.0, value]), np.array([flint.arb(1), flint.arb(1)], dtype=object)) == 0.0


@pytest.mark.parametrize("value", ["nan", "inf", "0 +/- inf"])
def test_nothing_has_digits_beside_what_is_not_finite(value: str) -> None:
    """An exact value that is none, or any number, confirms no digit."""
    assert arithmetic.digits(np.array([1.0, 1.0]), np.array([flint.arb(1), flint.arb(value)], dtype=object)) == 0.0


PRINTED = """
[[printed]]
where = "console"
epoch = 2
text = "y = [[0.]]"
"""


def test_equal_decimals_are_equal(tie: Callable[..., NetworkExample]) -> None:
    """0.1 * 0.3 - 0.1 * 0.3 is 0: exact numbers decide the ReLU that balls leave open; at 53 bits it stays open."""
    exact = arithmetic.evaluate(tie(PRINTED), None, arithmetic.EXACT)
    assert exact.outputs[0][0, 0] == 0
    assert exact.gradients[0].kernel[0, 0] == 0
    with pytest.raises(UndecidedError):
        arithmetic.evaluate(tie(PRINTED), None, 53)


def test_what_rounding_may_turn_is_not_judged(tie: Callable[..., NetworkExample], judged: Callable[..., Findings]) -> None:
    """The printed number is judged by its exact value; the comparison of the engine with it is not applicable, with the reason."""
    assert judged("printed", tie(PRINTED)).outcome is Outcome.PASSED
    findings = judged("gradients", tie(PRINTED))
    assert findings.outcome is Outcome.NOT_APPLICABLE
    assert findings.reason.startswith("rounding in float64 may turn a comparison: the sign of a number")


@pytest.mark.parametrize(
    ("radii", "left"),
    [((0.0, 0.0), float("inf")), ((2.0**-53, 2.0**-54), 15.75), ((1.0, 0.0), 0.0), ((float("inf"), 0.0), 0.0)],
)
def test_the_widest_ball_says_how_many_digits_rounding_leaves(radii: tuple[float, float], left: float) -> None:
    """Relative to the greatest entry, here 5, and with the safety factor: 8 * 2^-53 / 5 is 10^-15.75."""
    rough = np.array([flint.arb(5, radii[0]), flint.arb(1, radii[1])], dtype=object)
    assert arithmetic.digits_left(rough) == pytest.approx(left, abs=0.01)


def test_zero_with_a_radius_has_no_digit_left() -> None:
    """There is nothing that it could be compared with."""
    assert arithmetic.digits_left(np.array([flint.arb(0, 1e-17)], dtype=object)) == 0
