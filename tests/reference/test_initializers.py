"""Initializers: printed variances, and the very numbers that NumPy's frozen stream gives."""

import numpy as np
import pytest

from reference.initializers import STANDARD_DEVIATIONS, draw


@pytest.mark.parametrize(
    ("name", "fans", "variance"), [("he", (10000, 7), 2e-4), ("lecun", (10000, 7), 1e-4), ("xavier", (3, 5), 0.25)]
)
def test_initial_standard_deviations(name: str, fans: tuple[int, int], variance: float) -> None:
    """The square of each standard deviation is the printed variance formula's value."""
    assert STANDARD_DEVIATIONS[name](*fans) ** 2 == pytest.approx(variance, rel=4 * np.finfo(float).eps)


def test_normal_numbers_are_scaled_ones_of_the_stream() -> None:
    """Bit for bit the deviation times ``standard_normal``, row by row."""
    expected = 0.5 * np.random.RandomState(3).standard_normal(6).reshape(2, 3)
    assert draw(np.random.RandomState(3), 0.5, (2, 3)).tobytes() == expected.tobytes()
