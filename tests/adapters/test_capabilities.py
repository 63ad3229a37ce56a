"""What an example needs of an engine."""

from collections.abc import Callable

from adapters import Engine
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


def test_so_does_a_network_on_images(image_example: Callable[[str], ImageExample]) -> None:
    """With the optimizer of its mini-batches."""
    capabilities = required_capabilities(image_example("backprop-notes/mnist-keras"))
    assert (capabilities[0], capabilities[-2:]) == ("image network", ["sparse cross entropy loss", "adam, epsilon hat optimizer"])


def test_a_block_is_an_architecture_and_a_calculation() -> None:
    """Other kinds need themselves."""
    examples = load_all()
    assert required_capabilities(examples["ours/residual-block"]) == ["architecture", "calculation"]
    assert required_capabilities(examples["ours/layers"]) == ["convention"]


def test_the_first_reason_is_given(network: Callable[[str], NetworkExample]) -> None:
    """Empty where all is supported."""
    reasons = {"sigmoid activation": "no sigmoid", "half squared error loss": "no loss"}
    assert reason_unsupported(network("numpy-dnn/317_1"), reasons) == "no sigmoid"
    assert reason_unsupported(network("numpy-dnn/317_1"), {"step activation": "no step"}) == ""
