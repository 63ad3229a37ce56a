"""Limits: numbers beyond them are refused as text, and our own examples have ten times room."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from worked_examples import limits, load_all
from worked_examples.files.toml_tables import read_table
from worked_examples.limits import entries_fault, number_fault
from worked_examples.loading import ROOT, files_below
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.kinds.network_sizes import SizedNetworkExample


@pytest.mark.parametrize(
    "text", ["0", "-0.000", "0e300", "1e300", "1e-300", "9.99e300", "0.05e302", "1" * 200, "+.5", "1e+0000007"]
)
def test_numbers_within_the_limits(text: str) -> None:
    """0, and everything that float64 holds with room."""
    assert number_fault(text) == ""


@pytest.mark.parametrize(
    "text", ["1e301", "1e-301", "1e400", "-1e999999999", "1e-999999999", "0e999999999", "12e300", "0.001e-299", "1E+9999"]
)
def test_numbers_out_of_range(text: str) -> None:
    """An exponent of nine digits is refused as text: ten to its power would never be computed."""
    assert number_fault(text) == f"'{text}' is out of range; accepted: 0, and from 1e-300 to 1e300, with or without a sign"


def test_a_number_with_too_many_digits() -> None:
    """Its digits are not repeated in the message."""
    assert number_fault("1" * 201) == "a number of 201 characters; accepted: at most 200"


def test_arrays_that_are_too_large() -> None:
    """On both sides of the limit."""
    assert entries_fault(10, 10) == ""
    assert entries_fault(11, 10) == "11 numbers; accepted: at most 10"


def parts(value: Any, depth: int = 0) -> Iterator[tuple[str, int]]:
    """The sizes of everything in a table, by the limit that they are under."""
    if isinstance(value, str):
        yield "LONGEST_TEXT", len(value)
    if isinstance(value, dict | list):
        yield "DEEPEST", depth + 1
        yield "MOST_ENTRIES", len(value)
    for entry in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(entry, depth + 1)


def examples() -> Iterator[tuple[str, int]]:
    """The sizes of our examples, by the limit that they are under."""
    for example in load_all().values():
        yield "PRINTED_IN_ALL", sum(block.n_numbers for block in example.blocks)
        for block in example.blocks:
            yield "PRINTED_NUMBERS", block.n_numbers
        if isinstance(example, NetworkExample):
            yield "GENERATED", example.network.n_parameters
            yield "EPOCHS", example.training.max_epochs if example.training else 0
        if isinstance(example, SizedNetworkExample):
            yield "LAYERS", len(example.network.layers)


def test_our_examples_have_ten_times_room() -> None:
    """The limits are far above what a book needs."""
    largest: Counter[str] = Counter()
    for file in files_below(ROOT):
        for name, size in [("LARGEST_FILE", file.stat().st_size), *parts(read_table(file))]:
            largest[name] = max(largest[name], size)
    for name, size in examples():
        largest[name] = max(largest[name], size)
    assert len(largest) == 9
    assert {name: size for name, size in largest.items() if 10 * size > getattr(limits, name)} == {}
