"""Keras's compiled loop on batches: what it is handed, and when it is compiled anew."""

import numpy as np
import pytest

from adapters.log_rows import Samples
from verification.images.data import as_network, initial
from worked_examples import ImageExample, load_all


def test_batches_of_one_size_are_compiled_once() -> None:
    """Two calls with as many samples are one program, a call with fewer another."""
    compiled_training = pytest.importorskip("adapters.keras.compiled_training")
    example = load_all()["numpy-dnn/325_2"]
    assert isinstance(example, ImageExample)
    samples = Samples(np.linspace(0, 1, 24).reshape(4, 6), np.eye(10)[[3, 1, 4, 1]])
    trainer = compiled_training.CompiledTrainer(as_network(example, initial(example, 6), samples), "float64")
    for rows in (slice(4), slice(4), slice(2)):
        trainer.train_batches(*samples.rows(rows), 1)
    assert trainer.path == "compiled"
    assert trainer.loop_over_batches.experimental_get_tracing_count() == 2
