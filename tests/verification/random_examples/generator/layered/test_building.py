"""A network while it grows."""

from collections.abc import Callable

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


def test_a_softmax_is_of_units(built: Built) -> None:
    """Images have any other activation; a single unit seldom has it."""
    found: dict[tuple[int, ...], list[str]] = {(1, 2, 2): [], (2, 2): [], (1,): []}
    for shape, names in found.items():
        built(lambda b, shape=shape, names=names: names.append(b.activation(shape)), 1, 200)
    assert "softmax" not in found[1, 2, 2]
    assert found[(1,)].count("softmax") / len(found[(1,)]) < found[2, 2].count("softmax") / len(found[2, 2])
