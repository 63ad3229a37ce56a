"""One update, recorded, and the program around it."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters.reference.traced.program import changing, flat, put, recorded_update, source
from adapters.reference.traced.recording import RecordingError
from adapters.reference.training import Trainer
from worked_examples import NetworkExample

Network = Callable[[str], NetworkExample]


def test_what_changes_is_a_row_and_back(network: Network) -> None:
    """Parameters, then the optimizer's state; none is lost."""
    trainer = Trainer(network("ours/adam"), "float64")
    row = np.arange(flat(trainer).size, dtype=float)
    put(trainer, row)
    assert np.array_equal(flat(trainer), row)
    assert len(changing(trainer)) == 3 * len(trainer.layers)
    assert trainer.steps
    assert len(trainer.steps.state) == 2


def test_a_program_has_an_update_for_every_size_of_a_batch(network: Network) -> None:
    """Of a full batch one; where the last batch of an epoch is a smaller one, two."""
    assert source(network("numpy-dnn/311_1"), "float64", 1).count("static real update_") == 1
    of_batches = network("ours/adam")
    assert source(of_batches, "float64", 5).count("static real update_") == 2
    assert source(of_batches, "float64", 4).count("static real update_") == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ours/digits-convolution", "an update cannot be recorded: "),
        ("numpy-dnn/324_1", "an update has .* operations or more; accepted: 20,000"),
    ],
)
def test_what_cannot_be_recorded_is_told(name: str, reason: str, network: Network) -> None:
    """A pooling decides by values; a large update is not worth it."""
    with pytest.raises(RecordingError, match=reason):
        recorded_update(network(name), "float64", 2)
