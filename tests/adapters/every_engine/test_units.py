"""Every type of layer on every engine: one pass, and a training with momentum, are the reference's."""

from typing import Any

import numpy as np
import pytest

from adapters import Engine, Parameters, load_engine
from adapters.capabilities import reason_unsupported
from adapters.reference.training import Trainer
from verification.exact import arithmetic
from verification.exact.comparison import differences
from worked_examples import NetworkExample

COMPILED = ("shared bias", "masked attention", "convolution", "batch normalization", "lstm", "attention")
RANDOM = np.random.RandomState(3)


def texts(*shape: int) -> Any:
    """Random decimals from -1 to 1."""
    return np.array([f"{number:.4f}" for number in RANDOM.uniform(-1, 1, shape).ravel()]).reshape(shape).tolist()


def dense(n_inputs: int, n_outputs: int, activation: str = "tanh", /, **more: Any) -> dict[str, Any]:
    """A dense layer."""
    return {"kernel": texts(n_inputs, n_outputs), "bias": texts(n_outputs), "activation": activation, **more}


def gated(kind: str, n_gates: int, /, **more: Any) -> dict[str, Any]:
    """A recurrent layer of two units on sequences of two features."""
    width = 2 * n_gates
    return {"type": kind, "kernel": texts(2, width), "recurrent_kernel": texts(2, width), "bias": texts(width)} | more


FLAT: dict[str, Any] = {"type": "flatten"}
IMAGE: dict[str, Any] = {"type": "reshape", "shape": [2, 4, 4]}
SEQUENCE: dict[str, Any] = {"type": "reshape", "shape": [3, 2], "name": "x"}
SCALED: dict[str, Any] = {"scale": texts(4), "offset": texts(4), "epsilon": "0.01"}
LAYERS: dict[str, tuple[int, list[dict[str, Any]]]] = {
    "no bias": (3, [dense(3, 4), {"kernel": texts(4, 2), "bias": "none", "activation": "sigmoid"}]),
    "rows of units": (3, [{"layout": "(out, in)", "kernel": texts(2, 3), "bias": texts(2), "activation": "tanh"}]),
    "shared bias": (3, [dense(3, 4, bias="0.35", shared_bias=True), dense(4, 2, bias="0.6", shared_bias=True)]),
    "not trained": (3, [dense(3, 4, trainable=False), dense(4, 4, trainable=["bias"]), dense(4, 2)]),
    "convolution": (
        32,
        [
            IMAGE,
            {"type": "convolution", "kernel": texts(3, 2, 2, 2), "bias": texts(3), "padding": 1, "activation": "relu"},
            {"type": "max pooling", "size": 2},
            FLAT,
            dense(12, 2),
        ],
    ),
    "filters last": (
        32,
        [
            IMAGE,
            {"type": "convolution", "layout": "(rows, columns, in, out)", "kernel": texts(2, 1, 2, 3), "bias": texts(3)},
            FLAT,
            dense(36, 2),
        ],
    ),
    "groups": (
        32,
        [
            IMAGE,
            {"type": "convolution", "kernel": texts(4, 1, 2, 2), "bias": "none", "groups": 2, "stride": [1, 2]},
            {"type": "average pooling", "size": 2, "stride": 1, "padding": 1},
            FLAT,
            dense(48, 2),
        ],
    ),
    "max pooling with padding": (32, [IMAGE, {"type": "max pooling", "size": 3, "stride": 2, "padding": 1}, FLAT, dense(8, 2)]),
    "average pooling with padding": (
        32,
        [IMAGE, {"type": "average pooling", "size": 2, "padding": 1, "counts_padding": True}, FLAT, dense(18, 2)],
    ),
    "batch normalization": (3, [dense(3, 4), {"type": "batch normalization", **SCALED, "activation": "relu"}, dense(4, 2)]),
    "running statistics": (
        3,
        [
            dense(3, 4),
            {"type": "batch normalization", **SCALED, "running_mean": texts(4), "running_variance": ["1", "0.5", "2", "1"]},
            dense(4, 2),
        ],
    ),
    "layer normalization": (3, [dense(3, 4), {"type": "layer normalization", **SCALED}, dense(4, 2)]),
    "dropout": (3, [dense(3, 4), {"type": "dropout", "mask": ["1", "0", "1", "1"], "keep_prob": "0.75"}, dense(4, 2)]),
    "graph": (
        3,
        [
            dense(3, 4, name="a"),
            dense(4, 4, "identity", name="b"),
            {"type": "add", "inputs": ["a", "b"], "activation": "relu", "name": "c"},
            {"type": "concatenate", "inputs": ["c", "input"]},
            dense(7, 2),
        ],
    ),
    "recurrent": (6, [SEQUENCE, gated("recurrent", 1, initial_state=texts(2)), dense(2, 2)]),
    "sequences": (6, [SEQUENCE, gated("recurrent", 1, returns_sequences=True), dense(2, 2), FLAT, dense(6, 2)]),
    "lstm": (6, [SEQUENCE, gated("lstm", 4, gates=["forget", "input", "output", "candidate"]), dense(2, 2)]),
    "rows of gates": (
        6,
        [SEQUENCE, gated("lstm", 4, layout="(out, in)", kernel=texts(8, 2), recurrent_kernel=texts(8, 2)), dense(2, 2)],
    ),
    "gru, reset after": (6, [SEQUENCE, gated("gru", 3, reset="after", recurrent_bias=texts(6)), dense(2, 2)]),
    "gru, reset before": (6, [SEQUENCE, gated("gru", 3, reset="before", initial_state=texts(2)), dense(2, 2)]),
    "masked attention": (
        6,
        [
            SEQUENCE,
            *(dense(2, 2, "identity", name=name, inputs=["x"]) for name in ("q", "k", "v")),
            {"type": "attention", "inputs": ["q", "k", "v"], "mask": [["0", "0", "1"], ["1", "0", "1"], ["1", "1", "1"]]},
            FLAT,
            dense(6, 2),
        ],
    ),
    "attention": (
        6,
        [
            SEQUENCE,
            *(dense(2, 2, "identity", name=name, inputs=["x"]) for name in ("q", "k", "v")),
            {"type": "attention", "inputs": ["q", "k", "v"], "causal": True},
            FLAT,
            dense(6, 2),
        ],
    ),
    "inputs with several uses": (
        3,
        [
            {"type": "activation", "activation": "tanh", "name": "a"},
            {"type": "flatten", "inputs": ["input"], "name": "f"},
            {"type": "concatenate", "inputs": ["input", "a", "f"], "name": "c"},
            {"type": "activation", "activation": "identity", "name": "i"},
            {"type": "add", "inputs": ["c", "i"]},
            dense(9, 2),
        ],
    ),
}


def example_of(name: str, batch_size: int | str = "full") -> NetworkExample:
    """Four samples, and 4 epochs with momentum."""
    inputs, layers = LAYERS[name]
    table = {
        "kind": "network",
        "id": "a-book/1",
        "title": name,
        "provenance": "ours",
        "source": {"document": "a-book", "section": "1"},
        "network": {"layers": layers, "loss": "half squared error"},
        "data": {"input": texts(4, inputs), "target": texts(4, 2)},
        "training": {
            "optimizer": {"name": "momentum", "momentum": "0.9"},
            "learning_rate": "0.1",
            "batch_size": batch_size,
            "max_epochs": 4,
        },
    }
    return NetworkExample.model_validate(table)


def embedding() -> NetworkExample:
    """An embedding of whole numbers."""
    example = example_of("no bias")
    layers = [{"type": "embedding", "kernel": texts(5, 2)}, FLAT, dense(6, 2)]
    table = example.model_dump() | {"network": {"layers": layers, "loss": "half squared error"}}
    return NetworkExample.model_validate(
        table | {"data": {"input": [["0", "1", "4"], ["2", "2", "3"], ["1", "1", "1"], ["4", "0", "2"]], "target": texts(4, 2)}}
    )


def check_pass(engine: Engine, example: NetworkExample) -> None:
    """Every array of one pass is the exact one, within its rounding bound."""
    computed = {name: values for _, name, values in arithmetic.named(engine.evaluate(example, None, "float64"))}
    bounds = {name: bound for _, name, bound in arithmetic.named(arithmetic.bounds(example, None, "float64"))}
    for _, name, exact in arithmetic.named(arithmetic.evaluate(example, None, arithmetic.EXACT)):
        assert differences(name, computed.pop(name), exact, bounds[name]) == []
    assert not computed


def slipped(batch_size: int | str) -> NetworkExample:
    """Three layers whose deltas are taken from updated weights; one kernel is not trained."""
    example = example_of("shared bias", batch_size)
    layers = [dense(3, 4, bias="0.35", shared_bias=True), dense(4, 4, trainable=["bias"]), dense(4, 3), dense(3, 2)]
    training = {"rule": "updated weights", "optimizer": "gradient descent", "learning_rate": "0.5"}
    settings = {"batch_size": batch_size, "max_epochs": 4, **training}
    table = example.model_dump() | {"network": {"layers": layers, "loss": "half squared error"}, "training": settings}
    return NetworkExample.model_validate(table)


@pytest.mark.parametrize(("batch_size", "compiled"), [(3, False), (1, True), ("full", True)])
def test_deltas_may_be_taken_from_updated_weights(engine: Engine, batch_size: int | str, compiled: bool) -> None:
    """On every engine as on the reference, and not as without the rule; evaluations are without it."""
    example = slipped(batch_size)
    usual = example.model_copy(update={"training": example.training and example.training.model_copy(update={"rule": "gradient"})})
    trainer, reference, other = engine.trainer(example, "float64", compiled), Trainer(example, "float64"), Trainer(usual, "float64")
    for each in (trainer, reference, other):
        each.advance(4)
    assert farthest(trainer.parameters(), reference.parameters()) < 1e-12
    assert farthest(trainer.parameters(), other.parameters()) > 1e-3
    check_pass(engine, example)


def test_single_updates_are_by_the_rule_too(engine: Engine) -> None:
    """Parameters before the updates of an epoch, of which logs are printed, end where the epoch does."""
    example = slipped(1)
    whole, single = Trainer(example, "float64"), engine.trainer(example, "float64", compiled=False)
    before = single.before_updates()
    whole.advance(1)
    assert farthest(single.parameters(), whole.parameters()) < 1e-12
    assert farthest(before[0], before[-1]) > 1e-3


def farthest(first: list[Parameters], second: list[Parameters]) -> float:
    """The greatest difference of two trainings' parameters and states."""
    pairs = zip(first, second, strict=True)
    return max(float(np.abs(a - b).max()) for one, other in pairs for a, b in zip(one, other, strict=True) if a.size)


@pytest.mark.parametrize("name", LAYERS)
def test_a_pass_is_exact_within_its_rounding(engine: Engine, name: str) -> None:
    """Outputs, pre-activations and all gradients of every type of layer."""
    example = example_of(name)
    if not reason_unsupported(example, engine.unsupported):
        check_pass(engine, example)


def test_an_embedding_is_exact(engine: Engine) -> None:
    """Its input is of whole numbers, which have no gradient."""
    check_pass(engine, embedding())


@pytest.mark.parametrize("batch_size", [3, "full"])
@pytest.mark.parametrize("name", LAYERS)
def test_a_training_follows_the_reference(engine: Engine, name: str, batch_size: int | str) -> None:
    """With momentum, whose state is kept for every parameter; where batches are of one sample, statistics are refused."""
    if name == "batch normalization" and batch_size == 3:
        return
    example = example_of(name, batch_size)
    if reason_unsupported(example, engine.unsupported):
        return
    trainer, reference = engine.trainer(example, "float64", compiled=False), Trainer(example, "float64")
    start = trainer.parameters()
    for each in (trainer, reference):
        each.advance(4)
    assert farthest(trainer.parameters(), reference.parameters()) < 1e-12
    trainer.restore(0, start)
    assert farthest(trainer.parameters(), start) == 0
    trainer.advance(4)
    assert farthest(trainer.parameters(), reference.parameters()) < 1e-12


@pytest.mark.parametrize("name", COMPILED)
def test_a_compiled_training_follows_the_reference(engine: Engine, name: str) -> None:
    """In one loop."""
    example = example_of(name)
    trainer, reference = engine.trainer(example, "float64", compiled=True), Trainer(example, "float64")
    for each in (trainer, reference):
        each.advance(4)
    assert farthest(trainer.parameters(), reference.parameters()) < 1e-12


def test_a_gru_with_its_reset_gate_before_the_product_is_none_of_pytorch() -> None:
    """It is named as unsupported."""
    assert reason_unsupported(example_of("gru, reset before"), load_engine("torch").unsupported) == (
        "torch.nn.GRU has the reset gate after the product"
    )
