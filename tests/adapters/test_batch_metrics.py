"""Metrics of batches."""

import numpy as np

from adapters import BatchMetrics
from adapters.batch_metrics import combined, min_margin


def test_the_minimum_margin_is_between_the_two_largest() -> None:
    """Of two rows the smaller margin; two metrics together have the smaller of both."""
    assert min_margin(np.array([[1.0, 5.0, 4.5], [3.0, 0.0, 1.0]])) == 0.5
    assert combined(BatchMetrics(1.0, 2, 0.5), BatchMetrics(2.0, 3, 0.25)) == (3.0, 5, 0.25)


def test_a_margin_that_is_nan_stays_so() -> None:
    """Whichever comes first; an output that is not a number does not vanish behind the margins of others."""
    known, unknown = BatchMetrics(0.0, 0, 0.5), BatchMetrics(0.0, 0, np.nan)
    assert combined(known, BatchMetrics(0.0, 0, 0.25)).min_margin == 0.25
    assert np.isnan([combined(known, unknown).min_margin, combined(unknown, known).min_margin]).all()
