"""What an example needs of an engine."""

from collections.abc import Callable
from typing import Any

import pytest

from adapters import Engine, installed, load_engine
from adapters.capabilities import reason_unsupported, required_capabilities, written_by_hand
from worked_examples import ImageExample, NetworkExample, load_all
from worked_examples.schema.trainings.optimizer import Optimizer
from worked_examples.schema.trainings.regularization import Penalty, WeightDecay


def test_a_network_needs_its_activations_its_loss_and_its_optimizer(network: Callable[[str], NetworkExample]) -> None:
    """Each once, after the kind."""
    assert required_capabilities(network("numpy-dnn/317_1")) == [
        *("network", "sigmoid activation", "half squared error loss", "gradient descent optimizer")
    ]


def test_an_optimizer_is_named_by_its_rule(network: Callable[[str], NetworkExample]) -> None:
    """With the place of epsilon, about which frameworks differ."""
    example = network("numpy-dnn/317_1")
    assert example.training
    training = example.training.model_copy(update={"optimizer": Optimizer(name="rmsprop", epsilon="1e-7", eps_in_sqrt=True)})
    required = required_capabilities(example.model_copy(update={"training": training}))
    assert required[-1] == "rmsprop, epsilon inside the root optimizer"


def test_a_penalty_and_a_weight_decay_are_named(network: Callable[[str], NetworkExample]) -> None:
    """So that an engine that does not have them does not leave them out."""
    example = network("numpy-dnn/317_1")
    assert example.training
    training = example.training.model_copy(update={"weight_decay": WeightDecay(decoupled="0.1")})
    net = example.network.model_copy(update={"penalty": Penalty(l2="0.1"), "output_reduction": "mean"})
    required = required_capabilities(example.model_copy(update={"training": training, "network": net}))
    assert required[-4:] == [
        *("mean reduction", "penalty", "gradient descent optimizer", "decoupled weight decay with gradient descent")
    ]


def test_a_stopping_criterion_of_another_kind_is_named(network: Callable[[str], NetworkExample]) -> None:
    """By what it tests; every engine tests losses."""
    assert "stopping by errors" in required_capabilities(network("ours/adaline"))


def test_a_perceptron_needs_its_rule_in_place_of_its_activation(
    engine: Engine, engine_name: str, network: Callable[[str], NetworkExample]
) -> None:
    """A framework without a perceptron computes it by its own layers and a step written by hand, and says so."""
    example = network("ours/perceptron")
    assert required_capabilities(example)[1] == "perceptron rule"
    assert reason_unsupported(example, engine.unsupported) == ""
    assert (
        written_by_hand(example, engine)
        == {
            "reference": [],
            "keras": ["Keras has no perceptron: Dense and SGD, with a step of ours whose derivative is taken to be 1"],
            "torch": ["PyTorch has no perceptron: nn.Linear and SGD, with a step of ours whose derivative is taken to be 1"],
        }[engine_name]
    )
    assert written_by_hand(network("ours/adaline"), engine) == []


def test_a_rule_of_updated_weights_is_named(network: Callable[[str], NetworkExample]) -> None:
    """Beside the activations."""
    example = network("numpy-dnn/317_1")
    assert example.training
    changed = example.model_copy(update={"training": example.training.model_copy(update={"rule": "updated weights"})})
    assert required_capabilities(changed) == [*required_capabilities(example), "updated weights rule"]


def test_so_does_a_network_on_images(image_example: Callable[[str], ImageExample]) -> None:
    """With the types of its layers, and the optimizer of its mini-batches."""
    capabilities = required_capabilities(image_example("ours/lenet"))
    types = [f"{name} layer" for name in ("reshape", "convolution", "max pooling", "flatten")]
    activations = [f"{name} activation" for name in ("identity", "tanh", "softmax")]
    rest = ["sparse cross entropy loss", "mean reduction", "momentum optimizer"]
    assert capabilities == ["network on images", *types, *activations, *rest]


def test_a_network_without_data_needs_its_layers_counted() -> None:
    """Other kinds need themselves."""
    examples = load_all()
    of_layers = [f"{name} layer" for name in ("reshape", "convolution", "max pooling", "concatenate")]
    assert required_capabilities(examples["dl-python/cnn-inception"]) == ["layer sizes", *of_layers]
    assert required_capabilities(examples["ours/layers"]) == ["convention"]


def test_the_first_reason_is_given(network: Callable[[str], NetworkExample]) -> None:
    """Empty where all is supported."""
    reasons = {"sigmoid activation": "no sigmoid", "half squared error loss": "no loss"}
    assert reason_unsupported(network("numpy-dnn/317_1"), reasons) == "no sigmoid"
    assert reason_unsupported(network("numpy-dnn/317_1"), {"step activation": "no step"}) == ""


WORDS = """
kind = "network"
network = {{ loss = "half squared error", layers = [
  {{ type = "embedding", kernel = [["1"], ["2"]], trainable = {trainable} }},
  {{ type = "flatten" }},
  {{ kernel = [["1"], ["3"]], bias = "none", activation = "identity" }},
] }}
data = {{ input = {input}, target = [["1"], ["2"]] }}
training = {{ optimizer = "{optimizer}", learning_rate = "0.1", max_epochs = 1, batch_size = {batch_size} }}
"""
TWICE, ONCE = '[["0", "0"], ["1", "0"]]', '[["0", "1"], ["1", "0"]]'


@pytest.mark.parametrize(
    ("words", "optimizer", "batch_size", "trainable", "needed"),
    [
        (TWICE, "adam", 1, "true", ["adam with repeated words"]),
        (ONCE, "adam", 2, "true", ["adam with repeated words"]),
        (ONCE, "adam", 1, "true", []),
        (TWICE, "adam", 1, "false", []),
        (TWICE, "gradient descent", 1, "true", ["gradient descent with repeated words"]),
    ],
)
def test_a_word_that_comes_twice_in_a_batch_is_named(
    words: str, optimizer: str, batch_size: int, trainable: str, needed: list[str], written: Callable[[str], Any]
) -> None:
    """With the optimizer, where its embedding is trained."""
    example = written(WORDS.format(input=words, optimizer=optimizer, batch_size=batch_size, trainable=trainable))
    assert [name for name in required_capabilities(example) if "words" in name] == needed


@pytest.mark.skipif(not installed("keras"), reason="keras is not installed")
def test_keras_does_not_add_up_the_gradients_of_a_word(written: Callable[[str], Any]) -> None:
    """Before an adaptive optimizer squares them; plain gradient descent subtracts each."""
    reasons = [
        reason_unsupported(
            written(WORDS.format(input=TWICE, optimizer=name, batch_size=1, trainable="true")), load_engine("keras").unsupported
        )
        for name in ("adam", "gradient descent")
    ]
    assert reasons == ["Keras squares the gradients of a word that comes twice in a batch one by one, not their sum", ""]
