"""The statistics of a sample."""

import numpy as np

from adapters.sample_statistics import BEYOND_TWO_SD, sample_statistics


def test_the_mean_the_deviation_about_0_and_the_fraction_beyond_two_of_them() -> None:
    """Of 9 zeros and a 10 the mean is 1, the deviation sqrt(10), and one tenth lies beyond two deviations."""
    statistics = sample_statistics(np.array([0.0] * 9 + [10.0]))
    assert statistics["mean"] == 1
    assert statistics["deviation"] == np.sqrt(10)
    assert statistics[BEYOND_TWO_SD] == 0.1
