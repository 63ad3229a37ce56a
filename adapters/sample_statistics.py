"""The statistics of a sample of initial weights."""

import numpy as np

from adapters.protocol import Array

BEYOND_TWO_SD = "beyond two deviations"


def sample_statistics(sample: Array) -> dict[str, Array]:
    """A sample's mean, its standard deviation about 0, and the fraction that lies beyond two of them, each an array ``()``."""
    deviation = np.sqrt(np.mean(sample**2))
    return {
        "mean": np.asarray(np.mean(sample)),
        "deviation": np.asarray(deviation),
        BEYOND_TWO_SD: np.asarray(np.mean(np.abs(sample) > 2 * deviation)),
    }
