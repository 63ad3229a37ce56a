"""Random networks with a layer of a given type."""

from typing import Any

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.shapes import size, units
from verification.random_examples.generator.layered.table import COLUMNS, FEW_COLUMNS, LAYERS
from verification.random_examples.generator.layered.units import dense
from verification.random_examples.generator.networks import LAST, Given, in_columns, printed_networks
from verification.random_examples.generator.training.losses import penalties, reductions
from verification.random_examples.generator.training.targets import as_labels, targets
from verification.random_examples.generator.trainings import BATCHES, trained
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.losses import LOSSES
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import DIGITS, numbers
from worked_examples.schema.layers.network import PENALIZED

MOST_LAYERS = 3
MOST_OUTPUTS = 4
LARGEST = 24  # entries of a layer behind which no further one is added


@st.composite
def layered_networks(draw: st.DrawFn, kind: str) -> RandomExample:
    """A network with a layer of this type, among others."""
    with mpmath.workdps(DIGITS):
        given, batches = draw(given_layers(kind))
        given = given if draw(st.integers(0, 3)) else draw(in_columns(given))
        is_trained = draw(trains(given.network))
        training = draw(trained(given.network, given.parameters, given.x, given.t, sizes=batches)) if is_trained else None
        return draw(printed_networks(given, training))


def trains(network: Network) -> st.SearchStrategy[bool]:
    """Most often; seldom where there is no parameter that is trained, since the loader refuses this."""
    chances = (True, True, True, False) if network.trainable else (False,) * 7 + (True,)
    return st.sampled_from(chances)


@st.composite
def given_layers(draw: st.DrawFn, kind: str) -> tuple[Given, tuple[int, ...]]:
    """Up to 3 layers and a last one, for 1 to 3 samples; and the sizes that batches may have."""
    kinds = draw(st.lists(st.sampled_from(sorted(LAYERS)), max_size=MOST_LAYERS - 1))
    kinds.insert(draw(st.integers(0, len(kinds))), kind)
    if "embedding" in kinds:
        kinds = ["embedding", *(name for name in kinds if name != "embedding")]
    loss, samples = draw(st.sampled_from(sorted(LOSSES))), draw(st.integers(1, 3))
    columns = draw(st.sampled_from(COLUMNS.get(kinds[0], COLUMNS.get(kind, FEW_COLUMNS) if kinds[0] != "embedding" else (2, 3))))
    b = LayerBuilder(draw, samples, columns, draw(st.integers(1, 3)) if kinds[0] == "embedding" else 0)
    for name in kinds:
        if name == kind or size(b.shape) <= LARGEST:
            LAYERS[name](b)
    finish(b, LAST.get(loss, ""))
    x = draw(inputs(b))
    t = draw(targets(samples, b.shape[0], loss))
    table: dict[str, Any] = {"loss": loss, **draw(reductions(loss)), "layers": b.tables}
    network = Network(tuple(b.activations), loss, table["reduction"], table.get("output_reduction", "sum"), layers=tuple(b.layers))
    if network.is_chain_of_dense:
        without_inputs(b.tables)
    if may_be_penalized(b):
        network = network._replace(penalty=draw(penalties(table, network)))
    data = {"input": x, "target": draw(as_labels(t))}
    return Given(table, data, network, tuple(b.parameters), numbers(x), numbers(t)), batches_of(b)


def without_inputs(tables: list[dict[str, Any]]) -> None:
    """Let the tables of a chain name no inputs: only then may deltas go back through updated weights."""
    for table in tables:
        table.pop("inputs", None)


def may_be_penalized(b: LayerBuilder) -> bool:
    """Whether the loader takes a penalty: with layers whose kernels and biases are all trained, without a list of them."""
    with_parameters = [(layer.type, table) for layer, table in zip(b.layers, b.tables, strict=True) if layer.parameters]
    return all(kind in PENALIZED and table.get("trainable", True) is True for kind, table in with_parameters)


def finish(b: LayerBuilder, activation: str) -> None:
    """Units at the end: most often a dense layer with the activation that the loss is of."""
    (count,) = units(b)
    if count > MOST_OUTPUTS or b.draw(st.integers(0, 3)):
        dense(b, activation=activation)
    elif activation and activation != b.activations[-1]:
        b.add("activation", (count,), activation=activation)


def inputs(b: LayerBuilder) -> st.SearchStrategy[Any]:
    """The rows of the data: numbers of words, or any."""
    if not b.words:
        return texts((b.samples, *b.shapes[0]), plain=True)
    row = st.lists(st.integers(0, b.words - 1).map(str), min_size=b.shapes[0][0], max_size=b.shapes[0][0])
    return st.lists(row, min_size=b.samples, max_size=b.samples)


def batches_of(b: LayerBuilder) -> tuple[int, ...]:
    """The sizes of batches that the layers admit; 0 is that of the full one."""
    if b.is_full_batch:
        return (0,)
    return tuple(batch for batch in BATCHES if not batch or b.least_batch <= (b.samples % batch or batch))
