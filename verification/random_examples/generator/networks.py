"""Random dense networks: layers, loss, data, and what is printed of them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.columns import COLUMNS, by_columns, may_have_columns, with_columns
from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.derived.measured import Point
from verification.random_examples.generator.derived.printed import derived
from verification.random_examples.generator.layer_names import named_layers
from verification.random_examples.generator.quantity_items import MOST_PRINTED, at_epoch, quantity_item
from verification.random_examples.generator.snapshots import Snapshot, quantities
from verification.random_examples.generator.training.losses import biases, penalties, reductions
from verification.random_examples.generator.training.targets import OF_CLASSES, as_labels, targets
from verification.random_examples.generator.training.trained_parameters import trained_parameters
from verification.random_examples.generator.trainings import Trained, trained
from verification.random_examples.texts.blocks import Block, Item
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.network import ACTIVATIONS, DENSE, Layer, Network
from verification.random_examples.truth.numbers import DIGITS, Array, numbers, sign
from verification.random_examples.truth.operations import total


class Given(NamedTuple):
    """A network as a fixture gives it, and as the oracle takes it."""

    table: dict[str, Any]
    data: dict[str, Any]
    network: Network
    parameters: tuple[Array, ...]
    x: Array
    t: Array


LAST = {  # the activation of the last layer that a loss is of
    "cross entropy": "softmax",
    "sparse cross entropy": "softmax",
    "binary cross entropy": "sigmoid",
    "cross entropy from logits": "identity",
    "binary cross entropy from logits": "identity",
}
NEVER_MOVES = (  # of messages for trainings that change nothing
    *("the loss changes no parameter", "the loss does not change the one trained kernel"),
    *("so that no parameter is changed", "no layer has a parameter that is trained"),
)


@st.composite
def networks(draw: st.DrawFn, loss: str, activation: str) -> RandomExample:
    """A network with this loss; its first layer (or its only one, where the loss admits it) has this activation."""
    with mpmath.workdps(DIGITS):
        given = draw(given_networks(loss, activation))
        given = given if draw(st.integers(0, 7)) else draw(in_columns(given))
        known = given.network, given.parameters, given.x, given.t
        training = draw(trained(*known)) if draw(st.integers(0, 3)) else None
        return draw(printed_networks(given, training))


@st.composite
def given_networks(draw: st.DrawFn, loss: str, activation: str) -> Given:
    """Layers of 1 to 4 units, and 1 to 4 samples."""
    units = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4).filter(lambda units: sum(units) <= MOST_PRINTED - 2))
    samples, last = draw(st.integers(1, 4)), LAST.get(loss, "")
    names = [activation, *(draw(st.sampled_from(ACTIVATIONS)) for _ in units[2:])]
    names[-1] = last or names[-1]
    layers, parameters = [], []
    for rows, columns, name in zip(units, units[1:], names, strict=False):
        kernel, (bias, of_bias) = draw(texts((rows, columns), plain=True)), draw(biases(columns))
        layers.append({"kernel": kernel, **of_bias, "activation": name})
        parameters += [numbers(kernel), numbers(bias)]
    x = draw(texts((samples, units[0]), plain=True))
    t = draw(targets(samples, units[-1], loss))
    table: dict[str, Any] = {"loss": loss, **draw(reductions(loss)), "layers": layers}
    network = Network(tuple(names), loss, table["reduction"], table.get("output_reduction", "sum"))
    network = network._replace(penalty=draw(penalties(table, network)))
    data = {"input": x, "target": draw(as_labels(t))}
    if network.penalty is None:
        network = network._replace(layers=tuple(draw(frozen(layers))))
    return Given(table, data, network, tuple(parameters), numbers(x), numbers(t))


@st.composite
def frozen(draw: st.DrawFn, layers: list[dict[str, Any]]) -> list[Layer]:
    """Dense layers in a chain, some of which keep parameters as they are, as their tables then say."""
    found = []
    for number, table in enumerate(layers):
        trained_names, written = draw(trained_parameters(DENSE.parameters))
        table.update(written)
        found.append(DENSE._replace(inputs=(number,), trained=trained_names))
    return found


@st.composite
def in_columns(draw: st.DrawFn, given: Given) -> Given:
    """The network as a book writes it whose samples are columns, where it can be."""
    if not may_have_columns(given.network, given.parameters, given.x):
        return given
    table, network, parameters = draw(with_columns(given.table, given.network, given.parameters))
    return given._replace(table=table, network=network, parameters=parameters)


@st.composite
def printed_networks(draw: st.DrawFn, given: Given, training: Trained | None) -> RandomExample:
    """The network with its printed blocks, each at an epoch."""
    names: dict[str, str] = {}
    blocks = list[Block]()
    epochs = draw(st.lists(st.sampled_from(training.epochs), min_size=1, max_size=2)) if training else [0]
    for epoch in epochs:
        found = draw(printed_items(given, training, epoch, names))
        blocks += [at_epoch(found, training, epoch, in_text=draw(st.booleans()))] if found else []
    more = draw(derived(given.network, Point(given.parameters, given.x, given.t), training, names))
    blocks += more.blocks
    count = sum(len(block.numbers) for block in blocks)
    ups = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    tables, quantities_of = draw(named_layers(given.table["layers"], names))
    network = {**given.table, "layers": tables}
    contents: Mapping[str, Any] = {"network": network, "data": given.data, "names": quantities_of, **more.tables}
    if given.network.has_columns:
        contents = by_columns(contents)
    types = (layer.type for layer in given.network.layers)
    by_names = ["names of layers"] if quantities_of != names else []
    words = frozenset(["network", given.network.loss, *given.network.activations, *types, *more.words, *words_of(given), *by_names])
    may_refuse = (*refusals(given, training), *more.may_refuse)
    if training is None:
        return RandomExample("network", contents, blocks, ups, may_refuse, words)
    return RandomExample("network", {**contents, "training": training.table}, blocks, ups, may_refuse, words | training.words)


def words_of(given: Given) -> list[str]:
    """What of a loss and its targets was drawn, for the count of what was tried."""
    reductions_of = [f"{key} mean" for key in ("reduction", "output_reduction") if given.table.get(key) == "mean"]
    kept = ["trainable of a layer"] if any("trainable" in layer for layer in given.table["layers"]) else []
    sharing = ["shared bias"] if any(layer.get("shared_bias") for layer in given.table["layers"]) else []
    columns = [COLUMNS] if given.network.has_columns else []
    labels = ["labels"] if isinstance(given.data["target"], str) else []
    return [*reductions_of, *(f"penalty {key}" for key in given.table.get("penalty", {})), *labels, *kept, *sharing, *columns]


def refusals(given: Given, training: Trained | None) -> tuple[str, ...]:
    """The words with which the loader may refuse a network: that it never moves, or that targets are not probabilities."""
    words = list(NEVER_MOVES) if training and training.never_moves else []
    is_probability = all(not sign(total(row) - 1) for row in given.t)
    return (*words, *([] if is_probability or given.network.loss not in OF_CLASSES else ["sums to"]))


@st.composite
def printed_items(draw: st.DrawFn, given: Given, training: Trained | None, epoch: int, names: dict[str, str]) -> list[Item]:
    """Some quantities at an epoch, or after its update; their names are added to ``names``."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        after = training is not None and epoch < training.last and not draw(st.integers(0, 3))
        parameters = training.parameters[epoch + after] if training else given.parameters
        known = Snapshot(given.network, parameters, given.x, given.t)
        words = draw(st.sampled_from(quantities(given.network)))
        value, extra = known.value(words), " after update" if after else ""
        item = draw(quantity_item(f"q{len(names)}", words, value, extra, names, after_training=epoch + after > 0))
        found += [item] if item else []
    return found
