"""The generator knows all that a fixture's layers can say: every key and every word of each type, but for those named here."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

import mpmath
import pytest

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.networks import given_layers
from verification.random_examples.generator.layered.table import LAYERS
from verification.random_examples.generator.networks import given_networks
from verification.random_examples.truth.numbers import DIGITS
from worked_examples.schema.layers import any_layer

Tables = Mapping[str, list[dict[str, Any]]]
MODELS = {
    get_args(model.model_fields["type"].annotation)[0]: model
    for name, model in vars(any_layer).items()
    if name.endswith("Layer") and hasattr(model, "model_fields")
}
NOT_DRAWN: Mapping[str, Mapping[str, str]] = {
    "dense": {"units": "a size without numbers has no values to print"},
    "convolution": {
        "filters": "a size without numbers has no values to print",
        "kernel_size": "the same",
        "activation = softmax": "the loader refuses it of images, of which frameworks take different axes",
    },
}
"""Of each type, the keys and words that the generator does not draw, with the reason; with a key all of its words."""


@pytest.fixture
def tables(drawn: Callable[..., list[Any]], built: Callable[..., list[LayerBuilder]]) -> Tables:
    """The tables of drawn layers by their types: of networks, and of many more layers each by itself."""
    with mpmath.workdps(DIGITS):
        given = [one for name in sorted(LAYERS) for one, _ in drawn(given_layers(name), 40)]
        given += drawn(given_networks("half squared error", "tanh"), 200)
        alone = [b.tables for name in sorted(LAYERS) for b in built(LAYERS[name], 4, 250, words=3)]
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in any_layer.TYPES}
    for layer in [layer for layers in (*alone, *(network.table["layers"] for network in given)) for layer in layers]:
        found[layer.get("type", "dense")].append(layer)
    return found


def test_every_type_has_a_model() -> None:
    """Whose schema is walked."""
    assert set(MODELS) == set(any_layer.TYPES)


def test_every_key_and_word_of_a_layer_is_drawn(tables: Tables, unsaid: Callable[..., set[str]]) -> None:
    """A new one fails without an entry, and so does the entry of one that is drawn by now."""
    for name, model in MODELS.items():
        missed = unsaid(model, tables[name])
        assert (name, keys_of(missed)) == (name, set(NOT_DRAWN.get(name, {})))


def keys_of(missed: set[str]) -> set[str]:
    """Keys that are missed, and words of other keys."""
    return {words for words in missed if words.partition(" = ")[0] not in missed or " = " not in words}
