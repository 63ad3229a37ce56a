"""Networks of which a fixture has a column for each sample: kernels, biases and data as it writes them."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.network import Layer, Network, Parameters, outputs
from verification.random_examples.truth.numbers import Array

COLUMNS = "samples as columns"
IN_OUT, OUT_IN = "(in, out)", "(out, in)"
VECTORS = ("bias", "scale", "offset")


def may_have_columns(network: Network, parameters: Parameters, x: Array) -> bool:
    """Whether all layers are of units."""
    return all(output.ndim == 2 for output in outputs(network, parameters, x, Branches()))


@st.composite
def with_columns(
    draw: st.DrawFn, table: dict[str, Any], network: Network, parameters: Parameters
) -> tuple[Any, Network, Parameters]:
    """The table of the network, the network and its parameters, now and then with kernels in the other layout."""
    tables, layers, arrays = list[dict[str, Any]](), list[Layer](), list(parameters)
    for number, (written, layer) in enumerate(zip(table["layers"], network.graph, strict=True), 1):
        given = {**written, **{name: column(written[name]) for name in VECTORS if name in written and draw(st.booleans())}}
        options = dict(layer.options)
        if layer.type == "dense":
            options["layout"] = draw(st.sampled_from((IN_OUT, OUT_IN)))
            if options["layout"] != layer.options["layout"]:
                place = network.places.index((number, "kernel"))
                arrays[place], given["kernel"] = arrays[place].T, turned(given["kernel"])
            given.pop("layout", None)
            given |= {"layout": IN_OUT} if options["layout"] == IN_OUT else draw(st.sampled_from(({}, {"layout": OUT_IN})))
        tables.append(given)
        layers.append(layer._replace(options=options))
    return {**table, "layers": tables}, network._replace(layers=tuple(layers), has_columns=True), tuple(arrays)


def column(vector: Any) -> Any:
    """A list as a column; a single number, or the word for none, as it is."""
    return [[entry] for entry in vector] if isinstance(vector, list) else vector


def turned(matrix: Any) -> Any:
    """The columns of a matrix; labels as they are."""
    return [list(entries) for entries in zip(*matrix, strict=True)] if isinstance(matrix, list) else matrix


def by_columns(contents: Mapping[str, Any]) -> dict[str, Any]:
    """The contents of a fixture with a column for each sample of its data and of further ones."""
    data = {name: turned(matrix) for name, matrix in contents["data"].items()}
    further = {
        of: {name: turned(matrix) for name, matrix in table.items()} for of, table in contents.get("further_data", {}).items()
    }
    return {"layout": COLUMNS, **contents, "data": data, **({"further_data": further} if further else {})}
