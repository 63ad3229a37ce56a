"""The table of a network before it is validated: layers by their names and samples as columns, in the words of the rest."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from worked_examples.errors import nearest
from worked_examples.printed.sizes import COUNTED
from worked_examples.schema.base import decimal, rectangle
from worked_examples.schema.layers.dense import OUT_IN
from worked_examples.schema.layers.repeated import names_written_out

ROWS, COLUMNS = "samples as rows", "samples as columns"
NAMED = re.compile(
    r"(?P<of>(?:minus )?(?:gradient of )?)(?P<layer>\w+) "
    rf"(?P<part>(?:(?:recurrent )?(?:kernel|bias)|scale|offset|pre-activation|output|shape|{'|'.join(COUNTED)})\b)"
)
BLOCKS = ("printed", "log", "unreproducible_results")


def rewritten(table: Any) -> Any:
    """The table with ``layer N`` in place of the names of layers, and with rows of samples.

    Raises:
        ValueError: for the name of a layer that there is not, and for an entry of the data that is not a number, with its key.

    """
    if not isinstance(table, Mapping):
        return table
    return by_rows(with_numbers(table)) if table.get("layout") == COLUMNS else with_numbers(table)


def layers_of(table: Mapping[str, Any]) -> Sequence[Any]:
    """The tables of all layers."""
    network = table.get("network")
    layers = network.get("layers") if isinstance(network, Mapping) else None
    return layers if isinstance(layers, list) else []


def with_numbers(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The table with the numbers of layers in all names, where its layers have names."""
    written = enumerate(names_written_out(layers_of(table)), 1)
    numbers = {name: number for number, name in written if isinstance(name, str)}
    if not numbers:
        return table
    changed = {key: in_blocks(table[key], key, numbers) for key in BLOCKS if isinstance(table.get(key), list)}
    return {**table, **changed, "names": renamed(table.get("names", {}), "names", numbers)}


def in_blocks(blocks: Sequence[Any], key: str, numbers: Mapping[str, int]) -> list[Any]:
    """Printed blocks with the numbers of layers in their own names."""
    return [
        {**block, "names": renamed(block["names"], f"{key}[{position}].names", numbers)}
        if isinstance(block, Mapping) and "names" in block
        else block
        for position, block in enumerate(blocks)
    ]


def renamed(names: Any, key: str, numbers: Mapping[str, int]) -> Any:
    """The words of names with the numbers of layers."""
    if not isinstance(names, Mapping):
        return names
    return {name: numbered(words, f"{key}.{name}", numbers) for name, words in names.items()}


def numbered(words: Any, key: str, numbers: Mapping[str, int]) -> Any:
    """The words of one quantity with the number of its layer."""
    match = NAMED.match(words) if isinstance(words, str) else None
    if match is None:
        return words
    if match["layer"] not in numbers:
        raise ValueError(f"{key}: '{words}': no layer has the name '{match['layer']}'; {nearest(match['layer'], numbers)}")
    return f"{match['of']}layer {numbers[match['layer']]} {words[match.start('part') :]}"


def by_rows(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with a row for each sample; its kernels have a row for each unit, and its biases are lists."""
    changed = dict(table)
    if isinstance(table.get("data"), Mapping):
        changed["data"] = turned(table["data"], "data")
    if isinstance(table.get("further_data"), Mapping):
        changed["further_data"] = {name: turned(data, f"further_data.{name}") for name, data in table["further_data"].items()}
    if layers := layers_of(table):
        changed["network"] = {**table["network"], "layers": [of_columns(layer) for layer in layers]}
    return changed


def turned(data: Any, key: str) -> Any:
    """Inputs and targets, written as columns, as rows."""
    if not isinstance(data, Mapping):
        return data
    arrays = {name: transposed(data[name], f"{key}.{name}") for name in ("input", "target") if name in data}
    return {**data, **arrays}


def transposed(matrix: Any, key: str) -> Any:
    """The columns of a matrix; what is none is left to the check of its key."""
    if not isinstance(matrix, list) or not all(isinstance(row, list) for row in matrix):
        return matrix
    at(rectangle, matrix, key)
    for row, entries in enumerate(matrix):
        for column, entry in enumerate(entries):
            at(decimal, entry, f"{key}[{row}][{column}]")
    return [list(column) for column in zip(*matrix, strict=True)]


def at(check: Callable[[Any], Any], value: Any, key: str) -> None:
    """Check a value; what is wrong begins with its key."""
    try:
        check(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def is_matrix(value: Any) -> bool:
    """Whether a value is a list of equally long lists."""
    return isinstance(value, list) and all(isinstance(row, list) for row in value) and len({len(row) for row in value}) == 1


def of_columns(layer: Any) -> Any:
    """A layer whose kernel has a row for each unit unless it says otherwise, and whose bias may be a column."""
    if not isinstance(layer, Mapping):
        return layer
    columns = {
        name: [entry for (entry,) in layer[name]]
        for name in ("bias", "scale", "offset")
        if is_matrix(layer.get(name)) and len(layer[name][0]) == 1
    }
    layout = {"layout": OUT_IN} if layer.get("type", "dense") == "dense" else {}
    return {**layout, **layer, **columns}
