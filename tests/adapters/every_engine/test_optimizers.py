"""Every optimizer on every engine: the reference's parameters and state, in one go and from any epoch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import Array, Engine, Parameters, load_engine
from adapters.capabilities import reason_unsupported
from worked_examples import NetworkExample
from worked_examples.schema.trainings.regularization import Penalty
from worked_examples.schema.trainings.training import Training

Network = Callable[[str], NetworkExample]
EVERY: list[dict[str, Any]] = [
    {"name": "momentum", "momentum": "0.9"},
    {"name": "momentum", "momentum": "0.9", "velocity": "rate outside"},
    {"name": "momentum", "momentum": "0.9", "velocity": "average"},
    {"name": "momentum", "momentum": "0.9", "velocity": "rate outside", "dampening": "0.5"},
    {"name": "momentum", "momentum": "0.9", "nesterov": True},
    {"name": "momentum", "momentum": "0.9", "nesterov": True, "velocity": "rate outside"},
    {"name": "adagrad", "epsilon": "1e-3"},
    {"name": "adagrad", "epsilon": "1e-3", "eps_in_sqrt": True, "initial_accumulator": "0.1"},
    {"name": "adadelta", "epsilon": "1e-3"},
    {"name": "rmsprop", "epsilon": "1e-3"},
    {"name": "rmsprop", "epsilon": "1e-3", "eps_in_sqrt": True},
    {"name": "rmsprop", "epsilon": "1e-3", "centered": True},
    {"name": "rmsprop", "epsilon": "1e-3", "centered": True, "eps_in_sqrt": True},
    {"name": "rmsprop", "epsilon": "1e-3", "momentum": "0.5", "velocity": "rate outside"},
    {"name": "rmsprop", "epsilon": "1e-3", "momentum": "0.5", "eps_in_sqrt": True},
    {"name": "rmsprop", "epsilon": "0", "momentum": "0.5"},
    {"name": "adam", "epsilon": "1e-3"},
    {"name": "adam", "epsilon": "1e-3", "epsilon_hat": True},
]
DECOUPLED = "Keras's weight_decay is decoupled from the gradient"
COUPLED = "PyTorch has decoupled weight decay with Adam only (AdamW)"
RATE_INSIDE, RATE_OUTSIDE = (
    "Keras has the learning rate inside of the velocity",
    "PyTorch has the learning rate outside of the velocity",
)
COMPILED = [EVERY[number] for number in (3, 6, 10, 13, 17)]


def with_optimizer(example: NetworkExample, optimizer: dict[str, Any], **changes: Any) -> NetworkExample:
    """The example with this optimizer, and further changes of its training, for 9 epochs without a stopping criterion."""
    assert example.training is not None
    kept = example.training.model_dump(exclude={"stopping_criterion"}, exclude_none=True)
    training = Training.model_validate(kept | {"optimizer": optimizer, "max_epochs": 9} | changes)
    return example.model_copy(update={"training": training})


def in_a_row(parameters: list[Parameters]) -> Array:
    """All numbers."""
    return np.concatenate([array.ravel() for layer in parameters for array in layer])


def agrees(engine: Engine, example: NetworkExample, *, compiled: bool) -> None:
    """Five epochs are the reference's, and so are four more, also from the parameters after the first five."""
    if reason_unsupported(example, engine.unsupported):
        return
    trainer, reference = (
        engine.trainer(example, "float64", compiled),
        load_engine("reference").trainer(example, "float64", compiled),
    )
    start = trainer.parameters()
    assert trainer.advance(5).epoch == 5
    reference.advance(5)
    middle = trainer.parameters()
    np.testing.assert_allclose(in_a_row(middle), in_a_row(reference.parameters()), rtol=1e-11, atol=1e-14)
    trainer.advance(9)
    reference.advance(9)
    end = in_a_row(trainer.parameters())
    np.testing.assert_allclose(end, in_a_row(reference.parameters()), rtol=1e-11, atol=1e-14)
    trainer.restore(5, middle)
    trainer.advance(9)
    np.testing.assert_allclose(in_a_row(trainer.parameters()), end, rtol=1e-11, atol=1e-14)
    trainer.restore(0, start)
    trainer.advance(5)
    np.testing.assert_allclose(in_a_row(trainer.parameters()), in_a_row(middle), rtol=0, atol=0)


@pytest.mark.parametrize("optimizer", EVERY, ids=str)
def test_an_optimizer_is_that_of_the_reference(engine: Engine, network: Network, optimizer: dict[str, Any]) -> None:
    """Parameters and state, with full batches and without the biases."""
    agrees(engine, with_optimizer(network("numpy-dnn/317_1"), optimizer), compiled=False)
    agrees(engine, with_optimizer(network("numpy-dnn/317_1"), optimizer, trainable=["kernel"]), compiled=False)


@pytest.mark.parametrize("optimizer", COMPILED, ids=str)
def test_so_it_is_in_the_compiled_loop(engine: Engine, network: Network, optimizer: dict[str, Any]) -> None:
    """Carried from epoch to epoch, and from one loop to the next."""
    agrees(engine, with_optimizer(network("numpy-dnn/317_1"), optimizer), compiled=True)


def test_so_it_is_one_sample_after_the_other(engine: Engine, network: Network) -> None:
    """In either loop, with a state."""
    for compiled in (False, True):
        agrees(engine, with_optimizer(network("ours/one-by-one"), EVERY[0]), compiled=compiled)


DECAYS: list[dict[str, Any]] = [
    {"optimizer": "gradient descent", "weight_decay": {"l2": "0.1"}},
    {"optimizer": EVERY[0], "weight_decay": {"l2": "0.1", "of": ["kernel"]}},
    {"optimizer": EVERY[5], "weight_decay": {"decoupled": "0.1", "of": ["bias"]}},
    {"optimizer": EVERY[8], "weight_decay": {"decoupled": "0.1"}},
    {"optimizer": EVERY[16], "weight_decay": {"decoupled": "0.1", "of": ["kernel"]}},
]


@pytest.mark.parametrize("changes", DECAYS, ids=str)
def test_weight_decay_is_that_of_the_reference(engine: Engine, network: Network, changes: dict[str, Any]) -> None:
    """Of all parameters or of some, coupled and decoupled, at rates that change."""
    rates = {} if "l2" in changes["weight_decay"] else {"learning_rate": {"start": "0.1", "decay": "0.25"}}
    agrees(engine, with_optimizer(network("numpy-dnn/317_1"), **changes, **rates), compiled=False)


@pytest.mark.parametrize("changes", [DECAYS[0], DECAYS[1], DECAYS[4]], ids=str)
def test_so_is_weight_decay_in_the_compiled_loop(engine: Engine, network: Network, changes: dict[str, Any]) -> None:
    """Where all parameters decay, and where only some do."""
    agrees(engine, with_optimizer(network("numpy-dnn/317_1"), **changes), compiled=True)


@pytest.mark.parametrize("name", ["ours/lstm", "ours/batch-normalized"])
@pytest.mark.parametrize("of", [["kernel"], ["bias"], ["kernel", "bias"]], ids=str)
@pytest.mark.parametrize(("optimizer", "form"), [(EVERY[8], "decoupled"), (EVERY[16], "decoupled"), (EVERY[0], "l2")], ids=str)
def test_so_is_weight_decay_of_recurrent_layers_and_normalizations(
    engine: Engine, network: Network, name: str, of: list[str], optimizer: dict[str, Any], form: str
) -> None:
    """Recurrent kernels decay with the kernels, recurrent biases with the biases; scales as kernels, offsets as biases."""
    agrees(engine, with_optimizer(network(name), optimizer, weight_decay={form: "0.1", "of": of}), compiled=False)


@pytest.mark.parametrize("loss", ["hinge", "cross entropy from logits", "binary cross entropy from logits"])
def test_losses_of_outputs_without_bounds_are_those_of_the_reference(engine: Engine, network: Network, loss: str) -> None:
    """In the compiled loop too, one sample after the other, averaged over outputs."""
    example = with_optimizer(network("numpy-dnn/311_1"), {"name": "gradient descent"})
    changes = {"loss": loss, "output_reduction": "mean"}
    data = example.data.model_copy(update={"target": [["1", "-1" if loss == "hinge" else "0"]]})
    example = example.model_copy(update={"network": example.network.model_copy(update=changes), "data": data})
    for compiled in (False, True):
        agrees(engine, example, compiled=compiled)


@pytest.mark.parametrize("table", [{"l1": "0.01", "l2": "0.1", "half": True}, {"l2": "0.1", "of": ["kernel", "bias"]}], ids=str)
@pytest.mark.parametrize("compiled", [False, True])
def test_a_penalty_is_that_of_the_reference(engine: Engine, network: Network, table: dict[str, Any], *, compiled: bool) -> None:
    """Once in the loss of every batch."""
    example = with_optimizer(network("ours/one-by-one"), EVERY[0])
    net = example.network.model_copy(update={"penalty": Penalty.model_validate(table)})
    agrees(engine, example.model_copy(update={"network": net}), compiled=compiled)


SCHEDULES: list[dict[str, Any]] = [
    {"optimizer": EVERY[0], "learning_rate": {"start": "0.1", "decay": "0.25"}, "batch_size": 4},
    {"optimizer": EVERY[5], "learning_rate": {"start": "0.1", "times": "0.5", "every": 2}, "batch_size": 5},
    {"optimizer": "gradient descent", "learning_rate": ["0.1", "0.05"], "batch_size": 2, "order": [[0, 3, 1], [2, 2, 1]]},
    {"optimizer": EVERY[16], "learning_rate": {"start": "0.1", "decay": "0.25"}, "batch_size": "full"},
]


@pytest.mark.parametrize("changes", SCHEDULES, ids=str)
@pytest.mark.parametrize("compiled", [False, True])
def test_batches_and_learning_rates_are_those_of_the_reference(
    engine: Engine, network: Network, changes: dict[str, Any], *, compiled: bool
) -> None:
    """With ten samples: batches of another size at the end, and rates that change from epoch to epoch, of a mean loss."""
    example = with_optimizer(network("numpy-dnn/322_1"), **changes)
    mean = example.network.model_copy(update={"reduction": "mean"})
    agrees(engine, example.model_copy(update={"network": mean}), compiled=compiled)


def test_a_weight_decay_that_an_engine_does_not_have_is_named(engine: Engine, engine_name: str, network: Network) -> None:
    """With a reason; the reference has all."""
    rates = {"learning_rate": ["0.1", "0.05"]}
    examples = [with_optimizer(network("numpy-dnn/317_1"), **changes) for changes in [*DECAYS, DECAYS[1] | rates]]
    assert [reason_unsupported(example, engine.unsupported) for example in examples] == {
        "reference": [""] * 6,
        "keras": [DECOUPLED, DECOUPLED, RATE_INSIDE, "", "", DECOUPLED],
        "torch": ["", "", COUPLED, COUPLED, "", RATE_OUTSIDE],
    }[engine_name]


def test_an_optimizer_that_an_engine_does_not_have_is_named(engine: Engine, engine_name: str, network: Network) -> None:
    """By its rule, with a reason; the reference has all."""
    reasons = [reason_unsupported(with_optimizer(network("numpy-dnn/317_1"), table), engine.unsupported) for table in EVERY]
    assert [bool(reason) for reason in reasons].count(True) == {"reference": 0, "keras": 8, "torch": 5}[engine_name]
