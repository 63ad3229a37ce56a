"""The reference's compiled training is the eager one, as far as rounding goes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters.reference.traced import trainer as traced
from adapters.reference.traced.compiler import compiler
from adapters.reference.traced.program import flat
from adapters.reference.traced.recording import RecordingError
from adapters.reference.traced.trainer import TracedTrainer, why_eager
from adapters.reference.training import Trainer
from adapters.training import train
from verification.images.data import as_network, initial, scaled, stand_in
from verification.rounding.error_bounds import divergence_bounds
from verification.session import Session
from worked_examples import NetworkExample

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler (cc) is at hand: the reference trains eagerly")
Network = Callable[[str], NetworkExample]
NAMES = [
    *("numpy-dnn/311_1", "numpy-dnn/3110_2", "numpy-dnn/317_2", "numpy-dnn/318_1", "numpy-dnn/318_3", "numpy-dnn/323_1"),
    *("numpy-dnn/321_1", "ours/adam", "ours/momentum", "ours/lstm", "ours/batch-normalized", "ours/one-by-one", "ours/loss-table"),
    *("backprop-notes/network-class", "backprop-notes/xor-functional", "linear-algebra/cheese-batch"),
]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_training_is_the_eager_one(name: str, dtype: str, network: Network) -> None:
    """Over the first 20 epochs, within the divergence bound of the type twice: neither of the two is exact."""
    example = network(name)
    limit = min(20, example.training.max_epochs if example.training else 0)
    compiled, eager = train(TracedTrainer(example, dtype), limit), train(Trainer(example, dtype), limit)
    assert (compiled.path, compiled.stop, compiled.epochs) == ("compiled", eager.stop, eager.epochs)
    bounds = divergence_bounds(example, train(Trainer(example, "float64"), limit).parameters, dtype)
    for epoch, bound in bounds.items():
        pairs = zip(compiled.parameters[epoch], eager.parameters[epoch], strict=True)
        away = [np.ravel(a) - np.ravel(b) for first, second in pairs for a, b in zip(first, second, strict=True)]
        assert np.linalg.norm(np.concatenate(away)) <= 2 * bound
        assert compiled.parameters[epoch][0].kernel.dtype == dtype


@pytest.mark.parametrize(
    ("name", "epoch"), [("numpy-dnn/317_1", 1_078_011), ("numpy-dnn/3110_2", 207_888), ("numpy-dnn/318_3", 56_961)]
)
def test_long_trainings_stop_where_the_book_says(name: str, epoch: int, network: Network) -> None:
    """By one loop, and by one that is begun anew at every checkpoint; the last epoch is not made twice."""
    run = train(TracedTrainer(network(name), "float64"), 10_000_000)
    assert (run.stop, run.restarted_stop) == (epoch, epoch)


@pytest.mark.parametrize("name", ["numpy-dnn/316_1", "numpy-dnn/323_1", "ours/adam"])
def test_a_training_can_be_interrupted_and_go_back(name: str, network: Network) -> None:
    """Its state and the number of its steps go with it, bit for bit."""
    whole, parts = TracedTrainer(network(name), "float64"), TracedTrainer(network(name), "float64")
    whole.advance(9)
    parts.advance(4)
    kept = parts.parameters()
    parts.advance(6)
    parts.restore(4, kept)
    assert parts.advance(9).loss == whole.epoch_loss
    assert np.array_equal(flat(parts), flat(whole))


@pytest.mark.parametrize(
    ("name", "dtype", "reason"),
    [
        ("ours/perceptron", "float64", "the stopping criterion tests something else than the loss of the training data"),
        ("numpy-dnn/311_1", "float16", "no arithmetic of float16 in C"),
        ("numpy-dnn/324_1", "float64", "an update has 50,890 operations or more; accepted: 20,000"),
    ],
)
def test_a_training_that_cannot_be_compiled_is_eager_and_says_why(name: str, dtype: str, reason: str, network: Network) -> None:
    """Nothing is left out of it."""
    assert traced.trainer(network(name), dtype).path == "eager"
    assert why_eager(network(name), dtype) == reason
    assert why_eager(network("numpy-dnn/311_1"), "float64") == ""


def test_a_training_on_images_is_handed_its_batches(example: Callable[[str], Any]) -> None:
    """It is eager, whatever is asked for."""
    on_digits = example("numpy-dnn/325_1")
    samples = scaled(Session([on_digits]), stand_in(on_digits), "train", "255")
    network = as_network(on_digits, initial(on_digits, samples.x.shape[1]), samples)
    assert why_eager(network, "float64") == "it is handed its batches"


def test_a_rate_for_each_of_too_many_epochs_is_refused(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are a table in memory."""
    monkeypatch.setattr(traced, "RATES", 5)
    with pytest.raises(RecordingError, match="a learning rate for each of 20 epochs"):
        TracedTrainer(network("ours/adam"), "float64")
