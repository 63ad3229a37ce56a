"""Capabilities: the words by which an engine says what it does not support, and an example what it needs.

A capability is a kind of example (``"network"``, ``"network on images"``, ``"calculation"``, ``"convention"``), ``"layer sizes"``,
``"<type> layer"`` of a network where it is not dense, a GRU's with the place of its reset gate: ``"gru, reset before layer"``;
``"shared bias"`` of dense layers whose units share one,
``"<name> activation"``, ``"<name> loss"``, ``"mean reduction"``, ``"penalty"``, ``"<name> optimizer"``,
``"<form> weight decay with <name>"``, ``"<name> with repeated words"`` of an embedding, ``"perceptron rule"`` (in place of the
activation), ``"updated weights rule"``, ``"stopping by change"``, ``"stopping by errors"``, ``"stopping by patience"``, or
``"compiled training"``. The optimizer of a
network is named by its rule, with what frameworks differ about (``worked_examples.schema.trainings.optimizer``):
``"adagrad, epsilon inside the root optimizer"``.
"""

from collections.abc import Mapping, Sequence

from adapters.protocol import Engine
from worked_examples import Example, ImageExample, NetworkExample, SizedNetworkExample
from worked_examples.schema.layers.any_layer import AnyLayer
from worked_examples.schema.trainings.training import Training

SIZES = "layer sizes"


def required_capabilities(example: Example) -> list[str]:
    """The capabilities that an example needs: its kind, and for a network its activations, its loss and its optimizer."""
    if isinstance(example, SizedNetworkExample):
        return [SIZES, *layer_types(example.network.layers)]
    if not isinstance(example, NetworkExample | ImageExample):
        return [of_kind(example)]
    names = [layer.activation for layer in example.network.layers]
    types = layer_types(example.network.layers)
    optimizers = [f"{rule_of(example.training)} optimizer", *decay_of(example.training)] if example.training else []
    optimizers += [*criterion_of(example.training), *repeated_words(example)]
    reduction = ["mean reduction"] if "mean" in (example.network.reduction, example.network.output_reduction) else []
    penalty = ["penalty"] if example.network.penalty else []
    is_perceptron = example.training is not None and example.training.rule == "perceptron"
    activations = ["perceptron rule"] if is_perceptron else [f"{name} activation" for name in dict.fromkeys(names)]
    if example.training and example.training.rule == "updated weights":
        optimizers.append("updated weights rule")
    loss = f"{example.network.loss} loss"
    return [of_kind(example), *types, *activations, loss, *reduction, *penalty, *optimizers]


def of_kind(example: Example) -> str:
    """The kind of an example; networks on images are trained by their batches, which an engine may lack."""
    return "network on images" if isinstance(example, ImageExample) else example.kind


def layer_types(layers: Sequence[AnyLayer]) -> list[str]:
    """The types of layers that are not dense, and a bias that units share, as capabilities."""
    types = [f"gru, reset {layer.reset}" if layer.type == "gru" else layer.type for layer in layers]
    shared = ["shared bias"] if any(layer.type == "dense" and layer.shared_bias for layer in layers) else []
    return [f"{name} layer" for name in dict.fromkeys(types) if name != "dense"] + shared


def rule_of(training: Training) -> str:
    """The words by which an engine says that it does not have a training's optimizer."""
    return training.method.rule


def criterion_of(training: Training | None) -> list[str]:
    """The words by which an engine says that it does not test what a training's criterion tests; none where that is the loss."""
    tests = training.criterion.tests if training else "loss"
    return [] if tests == "loss" else [f"stopping by {tests}"]


def stops_by_further_data(example: NetworkExample) -> bool:
    """Whether the loss of further data stops the training, which no compiled loop watches."""
    return example.training is not None and example.training.criterion.of is not None


def decay_of(training: Training) -> list[str]:
    """The words by which an engine says that it does not have a training's weight decay; none without one."""
    decay = training.weight_decay
    if decay is None:
        return []
    words = [f"{decay.form} weight decay with {training.method.name}"]
    inside = training.method.name == "momentum" and training.method.option("velocity") == "rate inside"
    changes = [f"{decay.form} weight decay with momentum inside at changing rates"]
    return words + (changes if inside and not isinstance(training.learning_rate, str) else [])


def repeated_words(example: NetworkExample | ImageExample) -> list[str]:
    """The words by which an engine says that an optimizer does not add up the gradients of a word that comes twice in a batch.

    None where no batch can have one, or no embedding is trained.
    """
    if isinstance(example, ImageExample) or example.training is None or example.data.input is None:
        return []
    is_trained = any(
        layer.type == "embedding" and names for layer, names in zip(example.network.layers, example.trained, strict=True)
    )
    rows = [[float(text) for text in row] for row in example.data.input]
    batches = rows if example.training.batch_size == 1 else [[number for row in rows for number in row]]
    is_repeated = any(len(set(batch)) < len(batch) for batch in batches)
    return [f"{example.training.method.name} with repeated words"] if is_trained and is_repeated else []


def written_by_hand(example: Example, engine: Engine) -> list[str]:
    """What of an example an engine computes by its own layers with a step written by hand: its framework has no such rule."""
    known: Mapping[str, str] = getattr(engine, "by_hand", {})
    return [known[name] for name in required_capabilities(example) if name in known]


def reason_unsupported(example: Example, unsupported: Mapping[str, str]) -> str:
    """The reason for the first required capability that is unsupported; empty where all are supported."""
    return next((unsupported[name] for name in required_capabilities(example) if name in unsupported), "")
