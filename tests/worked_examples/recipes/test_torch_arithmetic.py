"""PyTorch's arithmetic behind normal numbers."""

from fractions import Fraction

import numpy as np
import pytest

from worked_examples.recipes import torch_arithmetic
from worked_examples.recipes.torch_arithmetic import SINGLE


def test_a_fused_sum_is_rounded_once() -> None:
    """Also where a rounding to float64 in between would end at a tie."""
    a, b, c = SINGLE(1 + 2.0**-23), SINGLE(2.0**-24), SINGLE(1)
    assert torch_arithmetic.fused(a, b, c) == SINGLE(1 + 2.0**-23)
    tie_and_a_bit = torch_arithmetic.fused(SINGLE(2.0**-24), SINGLE(1 + 2.0**-23) * SINGLE(1), SINGLE(1))
    assert tie_and_a_bit == SINGLE(1 + 2.0**-23)


def test_fused_random_sums_are_the_exact_ones() -> None:
    """A thousand of them, each against fractions rounded once."""
    a, b, c = np.random.RandomState(1).standard_normal((3, 1000)).astype(SINGLE)
    exact = [Fraction(float(x)) * Fraction(float(y)) + Fraction(float(z)) for x, y, z in zip(a, b, c, strict=True)]
    computed = torch_arithmetic.fused(a, b, c)
    for value, number in zip(computed, exact, strict=True):
        distance = abs(Fraction(float(value)) - number)
        assert distance <= min(abs(Fraction(float(np.nextafter(value, SINGLE(side)))) - number) for side in (-np.inf, np.inf))


@pytest.mark.parametrize("count", [1000])
def test_functions_are_close_to_numpy_s(count: int) -> None:
    """Within a few units in the last place."""
    x = np.random.RandomState(2).random_sample(count).astype(SINGLE) + SINGLE(2.0**-24)
    np.testing.assert_allclose(torch_arithmetic.logarithm(x), np.log(x.astype(float)), rtol=3e-7)
    sine, cosine = torch_arithmetic.sine_and_cosine(SINGLE(2 * np.pi) * x)
    angle = (SINGLE(2 * np.pi) * x).astype(float)
    np.testing.assert_allclose(sine, np.sin(angle), atol=2e-7)
    np.testing.assert_allclose(cosine, np.cos(angle), atol=2e-7)


def test_both_types_have_a_method() -> None:
    """Of groups of 16 numbers."""
    groups = np.random.RandomState(3).random_sample((4, 16))
    single = torch_arithmetic.NORMAL["float32"](groups.astype(SINGLE))
    np.testing.assert_allclose(single, torch_arithmetic.NORMAL["float64"](groups), rtol=1e-4, atol=1e-5)
