"""A training that stops early by the loss of further data, and goes back to its best parameters, worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.records import Findings
from worked_examples import FixtureError

FIXTURE = """
kind = "network"
data = { input = [["1"]], target = [["0"]] }
further_data.validation = { input = [["1"]], target = [["1"]] }

[network]
loss = "half squared error"
layers = [{ kernel = [["2"]], bias = "none", activation = "identity" }]

[training]
optimizer = "gradient descent"
learning_rate = "0.5"
max_epochs = 10
stopping_criterion = { patience = 2, of = "validation", restores_best = true, epoch = 3 }

[names]
w = "layer 1 kernel"
val_loss = "loss for validation"

[[printed]]
where = "console"
epoch = 1
text = "w = 1, val_loss = 0"

[[log]]
where = "console"
taken = "after the epoch"
text = "epoch = 0, val_loss = 0"
"""
LAST = """
[[printed]]
where = "console"
epoch = 3
text = "w = 0.25"
"""


def test_every_engine_stops_after_the_epochs_that_lowered_nothing(checked: Callable[[str], list[Findings]]) -> None:
    """The weight is halved from 2 on: the losses of further data are 0, 1/8 and 9/32."""
    found = {findings.check: findings for findings in checked(FIXTURE)}
    count = found["epochs"].epochs
    assert count is not None
    assert (count.printed, count.certified, count.reached) == (3, 3, 3)


def test_what_is_printed_in_the_end_is_of_the_restored_epoch(written: Callable[[str], Any]) -> None:
    """A block of the last epoch would be of other parameters than the program has."""
    with pytest.raises(FixtureError) as caught:
        written(FIXTURE + LAST)
    assert str(caught.value).partition("1.toml: ")[2] == (
        "printed[1].epoch: 3; training ends there, with the parameters of epoch 1 restored; write epoch = 1"
    )


def test_it_is_the_epoch_at_which_keras_stops() -> None:
    """By its own callback of fit."""
    keras = pytest.importorskip("keras")
    np = pytest.importorskip("numpy")
    layer = keras.layers.Dense(1, use_bias=False)
    model = keras.Sequential([keras.Input((1,)), layer])
    layer.set_weights([np.array([[2.0]])])
    model.compile(keras.optimizers.SGD(0.5), loss="mse", loss_weights=0.5)
    stops = keras.callbacks.EarlyStopping("val_loss", patience=2, restore_best_weights=True)
    one, zero = np.ones((1, 1)), np.zeros((1, 1))
    history = model.fit(one, zero, validation_data=(one, one), epochs=10, callbacks=[stops], verbose=0)
    assert len(history.history["loss"]) == 3
    assert layer.get_weights()[0].item() == 1
