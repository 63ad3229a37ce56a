"""Random networks of layers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.networks import batches_of, given_layers, layered_networks, trains
from verification.random_examples.generator.networks import LAST
from verification.random_examples.judging import NAME, loaded
from worked_examples import NetworkExample
from worked_examples.schema.layers.any_layer import TYPES


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_network_is_a_fixture_like_a_users(kind: str, drawn: Callable[..., list[Any]], tmp_path: Path) -> None:
    """It is loaded from a file, with a layer of the type that was required, some with a training and some without."""
    examples = [example for example in drawn(layered_networks(kind), 8) if not example.may_refuse]
    fixtures = [loaded(example.fixture(NAME), tmp_path) for example in examples]
    networks = [fixture.network for fixture in fixtures if isinstance(fixture, NetworkExample)]
    assert len(networks) == len(fixtures) > 0
    assert all(kind in {layer.type for layer in network.layers} for network in networks)
    assert all(kind in example.words for example in examples)


def test_the_last_layer_has_the_activation_that_the_loss_is_of(drawn: Callable[..., list[Any]]) -> None:
    """As a dense layer, or as one of its own."""
    found = [given for given, _ in drawn(given_layers("dense"), 60)]
    assert all(given.network.activations[-1] == LAST.get(given.network.loss, given.network.activations[-1]) for given in found)
    assert {given.network.layers[-1].type for given in found} >= {"dense", "activation"}


def test_words_are_numbers_of_rows(drawn: Callable[..., list[Any]]) -> None:
    """Of the embedding, which is the first layer."""
    for given, _ in drawn(given_layers("embedding"), 20):
        rows = len(given.table["layers"][0]["kernel"])
        assert {int(text) for row in given.data["input"] for text in row} <= set(range(rows))


def test_batches_are_those_that_all_layers_admit(built: Callable[..., list[LayerBuilder]]) -> None:
    """Of two samples; the full one where there is a mask for each, none of one where there are statistics of the batch."""
    (b,) = built(lambda _: None, 1, 1)
    assert set(batches_of(b)) == {0, 1, 2, 3}
    b.least_batch = 2
    assert set(batches_of(b)) == {0, 2, 3}
    b.is_full_batch = True
    assert batches_of(b) == (0,)


def test_a_network_without_trained_parameters_is_seldom_trained(drawn: Callable[..., list[Any]]) -> None:
    """The loader refuses this; other networks are trained most often."""
    network = drawn(given_layers("dense"), 1)[0][0].network
    still = network._replace(layers=tuple(layer._replace(trained=()) for layer in network.layers))
    moving = network._replace(layers=tuple(layer._replace(trained=layer.parameters) for layer in network.layers))
    seldom, often = (drawn(trains(one), 100) for one in (still, moving))
    assert 0 < 3 * seldom.count(True) < seldom.count(False)
    assert 0 < often.count(False) < often.count(True)


def test_a_chain_of_dense_layers_names_no_inputs(drawn: Callable[..., list[Any]]) -> None:
    """Only then may deltas go back through updated weights."""
    found = [given for given, _ in drawn(given_layers("dense"), 60) if given.network.is_chain_of_dense]
    assert len(found) > 3
    assert not any("inputs" in table for given in found for table in given.table["layers"])
