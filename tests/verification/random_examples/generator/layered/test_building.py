"""A network while it grows."""

from collections.abc import Callable
from typing import Any

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.truth.numbers import numbers, size

Built = Callable[..., list[LayerBuilder]]


def test_the_fixture_and_the_oracle_have_the_same_layer(built: Built) -> None:
    """Options of both; a single number is that of every unit, and a weight that is not there is not a parameter."""
    weights = {"kernel": [["1", "2"]], "bias": "0.5", "other": "none"}

    def recipe(b: LayerBuilder) -> None:
        b.add("dense", (2,), (0,), weights, {"a": 1}, {"b": 2}, "tanh", 2)

    (b,) = built(recipe, 1, 1)
    assert {**weights, "a": 1, "activation": "tanh"}.items() <= b.tables[0].items()
    assert dict(b.layers[0].options) == {"a": 1, "b": 2}
    assert b.layers[0].parameters == ("kernel", "bias")
    assert size(b.parameters[1] - numbers(["0.5", "0.5"])) == 0
    assert (b.last, b.shape, b.shapes, b.activations) == (1, (2,), [(1,), (2,)], ["tanh"])


def test_inputs_have_names_where_they_are_written(built: Built) -> None:
    """An input that is not the layer before is written, the one before now and then."""

    def recipe(b: LayerBuilder) -> None:
        b.add("flatten", (1,))
        b.add("flatten", (1,))
        b.add("add", (1,), (1, 0, 2))

    for b in built(recipe, 1):
        assert b.tables[2]["inputs"] == ["layer_1", "input", "layer_2"]
        assert [table["name"] for table in b.tables[:2]] == ["layer_1", "layer_2"]
    assert {"inputs" in b.tables[1] for b in built(recipe, 1)} == {True, False}


def test_what_trains_is_written_where_it_is_not_all(built: Built) -> None:
    """Nothing, some parameters, all by a word or without; both biases of a GRU together."""
    names = ("kernel", "bias", "recurrent_bias")
    found: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    built(lambda b: found.append(b.trainable(names)), 1, 60)
    assert (names, {}) in found
    assert (names, {"trainable": True}) in found
    assert ((), {"trainable": False}) in found
    some = [trained for trained, written in found if isinstance(written.get("trainable"), list)]
    assert all(("bias" in trained) == ("recurrent_bias" in trained) for trained in some)
    assert {len(trained) for trained in some} >= {1, 2}


def test_a_layer_without_parameters_says_what_it_likes(built: Built) -> None:
    """It trains nothing, by any word or without."""
    found: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    built(lambda b: found.append(b.trainable(())), 1, 30)
    assert all(not trained for trained, _ in found)
    assert {written.get("trainable") for _, written in found} == {None, True, False}


def test_a_softmax_is_of_units(built: Built) -> None:
    """Images have any other activation; a single unit seldom has it."""
    found: dict[tuple[int, ...], list[str]] = {(1, 2, 2): [], (2, 2): [], (1,): []}
    for shape, names in found.items():
        built(lambda b, shape=shape, names=names: names.append(b.activation(shape)), 1, 200)
    assert "softmax" not in found[1, 2, 2]
    assert found[(1,)].count("softmax") / len(found[(1,)]) < found[2, 2].count("softmax") / len(found[2, 2])
