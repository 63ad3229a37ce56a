"""The benchmark of one epoch: more samples of the same stream, and distances from the first engine."""

import numpy as np
import pytest

from adapters import load_engine
from benchmarks.examples import chosen
from benchmarks.one_epoch import EXAMPLE, flat, rows, timed_epoch, with_samples
from worked_examples import NetworkExample


def test_the_samples_are_of_the_same_stream() -> None:
    """The first inputs of 4 samples are those of 3; targets come after all inputs."""
    example = chosen(EXAMPLE, NetworkExample)
    three, four = (with_samples(example, samples).data.numbers("float64")[0] for samples in (3, 4))
    assert four.shape == (4, 784)
    assert np.array_equal(three, four[:3])


def test_printed_data_cannot_be_extended() -> None:
    """The error names the example."""
    with pytest.raises(ValueError, match="numpy-dnn/317_1: its data are printed"):
        with_samples(chosen("numpy-dnn/317_1", NetworkExample), 3)


def test_a_row_tells_path_seconds_and_distance() -> None:
    """The first engine is at distance 0 from itself."""
    (row,) = rows(with_samples(chosen(EXAMPLE, NetworkExample), 2), ["reference"])
    assert row.startswith("reference  eager ")
    assert row.endswith(" s, 0.0e+00 from the reference, relative to its norm")


def test_the_epoch_starts_from_the_initial_parameters() -> None:
    """The epoch before it, which compiles, leaves no trace."""
    example = with_samples(chosen(EXAMPLE, NetworkExample), 2)
    trainer = load_engine("reference").trainer(example, "float64", compiled=False)
    trainer.advance(1)
    assert np.array_equal(timed_epoch("reference", example)[2], flat(trainer))
