"""Networks whose samples are columns."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pytest

from verification.random_examples.generator.columns import by_columns, may_have_columns, with_columns
from verification.random_examples.generator.snapshots import Snapshot
from verification.random_examples.truth.network import Layer, Network
from verification.random_examples.truth.numbers import numbers, size

NETWORK = Network(("identity",), "half squared error")
PARAMETERS = numbers([["1", "2"], ["3", "4"]]), numbers(["5", "6"])
TABLE: Mapping[str, Any] = MappingProxyType(
    {"layers": [{"kernel": [["1", "2"], ["3", "4"]], "bias": ["5", "6"], "activation": "identity"}]}
)
X, T = numbers([["1", "0"], ["0", "1"], ["0", "0"]]), numbers([["0", "0"]] * 3)


def test_kernels_are_by_units_unless_their_layer_says_otherwise(drawn: Callable[..., list[Any]]) -> None:
    """With the layout or without; a bias is a column or a list."""
    found = set()
    for table, network, (kernel, _) in drawn(with_columns(dict(TABLE), NETWORK, PARAMETERS), 60):
        (layer,) = table["layers"]
        assert size(numbers(layer["kernel"]) - kernel) == 0
        by_units = layer["kernel"][0] == ["1", "3"]
        assert network.layers[0].options["layout"] == layer.get("layout", "(out, in)") == ("(out, in)" if by_units else "(in, out)")
        assert network.has_columns
        found.add((by_units, "layout" in layer, isinstance(layer["bias"][0], list)))
    layouts = {(True, True), (True, False), (False, True)}
    assert found == {(*layout, is_column) for layout in layouts for is_column in (True, False)}


def test_data_have_a_column_for_each_sample() -> None:
    """Further ones too; labels are as they are."""
    data = {"input": [["1", "2"]], "target": "one hot of [0]"}
    found = by_columns({"data": data, "further_data": {"test": {"input": [["1"], ["2"]]}}})
    assert found["layout"] == "samples as columns"
    assert found["data"] == {"input": [["1"], ["2"]], "target": "one hot of [0]"}
    assert found["further_data"] == {"test": {"input": [["1", "2"]]}}


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("output", (2, 3)),
        ("minus gradient of layer 1 pre-activation", (2, 3)),
        ("loss per output", (2, 3)),
        ("gradient of input", (2, 3)),
        ("target", (2, 3)),
        ("layer 1 bias", (2, 1)),
        ("gradient of layer 1 bias", (2, 1)),
        ("layer 1 kernel", (2, 2)),
        ("loss per sample", (3,)),
    ],
)
def test_what_is_of_samples_is_printed_in_columns(words: str, shape: tuple[int, ...]) -> None:
    """A bias is a column."""
    assert Snapshot(NETWORK._replace(has_columns=True), PARAMETERS, X, T).value(words).shape == shape


def test_all_layers_are_of_units() -> None:
    """Others have no columns."""
    reshape = Layer("reshape", MappingProxyType({"shape": [2, 1]}), (0,))
    assert may_have_columns(NETWORK, PARAMETERS, X)
    assert not may_have_columns(Network(("identity",), "half squared error", layers=(reshape,)), (), X)
