"""The chain of rounded intermediates of a network: its layers, loss and update as the nodes of a calculation."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np

from adapters import Array, Evaluation, Intermediates, Parameters
from adapters.reference.network import design
from adapters.schedule import training_of
from reference.graph import Node
from reference.losses import LOSSES as LOSS_RULES
from reference.network import over_outputs
from verification.arithmetics.floating_point import UNKNOWN
from verification.arithmetics.rounded_chain import Carried, chained, collected
from verification.case import Case
from verification.certification.certified_value import CertifiedValue, certified_value
from verification.certification.when_judged import certified
from verification.runs.intermediates import exact_numbers
from verification.runs.quantity_values import Snapshot, entry, position
from worked_examples import NetworkExample, numbers
from worked_examples.printed.claims import claims, quantity_of
from worked_examples.printed.quantities import LOSS_TERMS, Quantity

# Nodes by name, function and operands; ``outputs`` is the last layer's output. The loss is the last node times ``factor``.
Nodes: TypeAlias = "list[tuple[str, str, tuple[str, ...]]]"
BIPOLAR = "bipolar "
HALF: Nodes = [("half", "half squared error", ("outputs", "target"))]
LOSSES: Mapping[str, Nodes] = {
    "half squared error": HALF,
    "squared error": HALF,
    "mean squared error": HALF,
    "cross entropy": [("entropy", "cross entropy", ("outputs", "target", "zero"))],
    "binary cross entropy": [
        ("others", "subtract", ("one", "outputs")),
        ("of others", "subtract", ("one", "target")),
        ("entropy of target", "cross entropy", ("outputs", "target", "zero")),
        ("entropy of others", "cross entropy", ("others", "of others", "zero")),
        ("entropy", "add", ("entropy of target", "entropy of others")),
    ],
}


def network_value(case: Case[NetworkExample], quantity: Quantity, epoch: int) -> CertifiedValue | None:
    """The value of a quantity at an epoch, computed from what the page prints of the others; None where training ends earlier.

    Without a finite radius where a step is none of the chain's, and where the update is not gradient descent at one learning rate:
    no page prints the state of an optimizer.
    """
    if not quantity.is_chained and quantity.part not in LOSS_TERMS:
        return UNKNOWN._replace(of=f"no rounded chain of {quantity}")
    training = case.example.training
    if not case.example.is_plain:
        return UNKNOWN._replace(of="no rounded chain of other layers than dense ones")
    if reason := not_chained(case.example):
        return UNKNOWN._replace(of=f"no rounded chain with {reason}")
    if epoch + quantity.after_update and training and not training.constant_rate:
        return UNKNOWN._replace(of=f"no rounded chain with {training.method.name}")
    snapshot = snapshot_at(case, epoch + quantity.after_update)
    if snapshot is None:
        return None
    known = entry(quantity, case.example, snapshot)
    return certified_value(known, "by the rounded chain")


def not_chained(example: NetworkExample) -> str:
    """What of a network is none of a reader's steps; empty where all is."""
    if example.network.loss not in LOSSES:
        return f"the loss '{example.network.loss}'"
    if example.network.penalty:
        return "a penalty"
    rules = {"perceptron": "the perceptron's rule", "updated weights": "deltas from updated weights"}
    return rules.get(example.training.rule, "") if example.training else ""


def snapshot_at(case: Case[NetworkExample], epoch: int) -> Snapshot | None:
    """Parameters and evaluation at an epoch, computed from the printed numbers of that epoch and those before it."""
    return case.session.once(("rounded chain", case.example.id, epoch), lambda: computed(case, epoch))


def computed(case: Case[NetworkExample], epoch: int) -> Snapshot | None:
    """See ``snapshot_at``."""
    example, parameters = case.example, parameters_at(case, epoch)
    if parameters is None:
        return None
    carried = printed_at(example, epoch, parameters)
    return Snapshot(parameters, evaluation(example, carried_layers(parameters, carried), carried))


def carried_layers(parameters: list[Parameters], carried: Carried) -> list[Parameters]:
    """The parameters with their printed entries."""
    return [
        Parameters(*(carried.value(f"layer {number} {name}", array) for name, array in zip(Parameters._fields, layer, strict=True)))
        for number, layer in enumerate(parameters, 1)
    ]


def parameters_at(case: Case[NetworkExample], epoch: int) -> list[Parameters] | None:
    """The parameters at an epoch: updated from the chain of the epoch before where numbers of it are printed, else exact ones."""
    example = case.example
    before = epoch > 0 and any(claim.epoch == epoch - 1 for claim in claims(example))
    previous = snapshot_at(case, epoch - 1) if before and training_of(example).is_full_batch(example.data.samples) else None
    if previous is None:
        layers = certified(case.session, example).layers.get(epoch, [])[: len(example.network.layers)]
        return [Parameters(*(exact_numbers(array) for array in layer)) for layer in layers] if layers else None
    carried, rate = printed_at(example, epoch - 1, previous.parameters), numbers(training_of(example).constant_rate, "exact")[()]
    return [
        Parameters(
            *(
                array - rate * carried.gradient(f"layer {number} {name}", gradient)
                if name in example.trained[number - 1]
                else array
                for name, array, gradient in zip(Parameters._fields, layer, of_layer, strict=True)
            )
        )
        for number, (layer, of_layer) in enumerate(
            zip(carried_layers(previous.parameters, carried), previous.evaluation.gradients, strict=True), 1
        )
    ]


def printed_at(example: NetworkExample, epoch: int, parameters: list[Parameters]) -> Carried:
    """What the page prints of an epoch, with the parameters after the update of the epoch before."""
    return collected(printed_numbers(example, epoch, parameters))


def printed_numbers(
    example: NetworkExample, epoch: int, parameters: list[Parameters]
) -> Iterator[tuple[bool, str, tuple[int, ...], str]]:
    """Every print of an epoch: whether it is a gradient, the node that it is of, its index there, its text."""
    samples = example.data.samples
    shapes: dict[str, tuple[int, ...]] = {
        "loss": (),
        "input": np.shape(example.data.pair[0]),
        "target": np.shape(example.data.pair[1]),
    }
    for number, layer in enumerate(parameters, 1):
        shapes |= {f"layer {number} kernel": layer.kernel.shape, f"layer {number} bias": layer.bias.shape}
        shapes |= {f"layer {number} {name}": (samples, layer.bias.size) for name in ("pre-activation", "output")}
    for claim in claims(example):
        quantity = quantity_of(example, claim)
        if quantity.is_chained and quantity.part != "epoch" and claim.epoch + quantity.after_update == epoch:
            name = str(Quantity(quantity.part, quantity.layer or (len(parameters) if quantity.part == "output" else 0)))
            yield (
                quantity.gradient,
                name,
                position(quantity, shapes[name], example),
                opposite(claim.text) if quantity.negated else claim.text,
            )


def opposite(text: str) -> str:
    """A printed number with the other sign."""
    return text[1:] if text.startswith("-") else f"-{text.removeprefix('+')}"


def evaluation(example: NetworkExample, parameters: list[Parameters], carried: Carried) -> Evaluation:
    """One pass through the nodes of the network, from printed numbers where there are any."""
    x, t = example.data.numbers("exact")
    inputs = {"input": x, "target": t, "zero": numbers("0", "exact"), "one": numbers("1", "exact"), "factor": factor(example)}
    for number, layer in enumerate(parameters, 1):
        inputs |= {f"layer {number} kernel": layer.kernel, f"layer {number} bias": layer.bias}
    known = chained(nodes(example), {name: np.asarray(array) for name, array in inputs.items()}, carried, "loss")
    count = len(parameters)
    return Evaluation(
        [known.values[f"layer {number} output"] for number in range(1, count + 1)],
        known.values["loss"],
        [Parameters(*(known.gradients[f"layer {number} {name}"] for name in ("kernel", "bias"))) for number in range(1, count + 1)],
        known.gradients["input"],
        Intermediates(
            [known.values[f"layer {number} pre-activation"] for number in range(1, count + 1)],
            [known.gradients[f"layer {number} pre-activation"] for number in range(1, count + 1)],
            [known.gradients[f"layer {number} output"] for number in range(1, count + 1)],
            over_outputs(
                design(example, "float64"), LOSS_RULES[example.network.loss].terms(known.values[f"layer {count} output"], t), t
            ),
        ),
    )


def nodes(example: NetworkExample) -> list[Node]:
    """The network and its loss as a calculation."""
    steps: list[Node] = []
    below = "input"
    for number, layer in enumerate(example.network.layers, 1):
        head = f"layer {number}"
        steps.append(Node(f"{head} product", "dot", (below, f"{head} kernel"), {}))
        steps.append(Node(f"{head} pre-activation", "add", (f"{head} product", f"{head} bias"), {}))
        steps += activation_nodes(layer.activation, head)
        below = f"{head} output"
    for name, function, operands in LOSSES[example.network.loss]:
        steps.append(Node(name, function, tuple(below if operand == "outputs" else operand for operand in operands), {}))
    return [*steps, Node("loss", "multiply", (steps[-1].name, "factor"), {})]


def activation_nodes(activation: str, head: str) -> list[Node]:
    """The output of a layer from its pre-activations; a bipolar step is ``2 y - 1`` of the step ``y``."""
    if not activation.startswith(BIPOLAR):
        return [Node(f"{head} output", activation, (f"{head} pre-activation",), {})]
    return [
        Node(f"{head} step", activation.removeprefix(BIPOLAR), (f"{head} pre-activation",), {}),
        Node(f"{head} doubled step", "add", (f"{head} step", f"{head} step"), {}),
        Node(f"{head} output", "subtract", (f"{head} doubled step", "one"), {}),
    ]


def factor(example: NetworkExample) -> Array:
    """What the last node of ``LOSSES`` is multiplied by."""
    n_outputs = example.data.shapes[1][1]
    of_sum = {"squared error": numbers("2", "exact"), "mean squared error": numbers("2", "exact") / n_outputs}
    one: Array = of_sum.get(example.network.loss, numbers("1", "exact"))
    one = one / n_outputs if example.network.output_reduction == "mean" else one
    return np.asarray(one / example.data.samples if example.network.reduction == "mean" else one)
