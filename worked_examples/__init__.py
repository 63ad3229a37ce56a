"""Worked examples as data: one TOML file each, validated, every number a decimal string as printed."""

from worked_examples.books import load_books
from worked_examples.errors import FixtureError
from worked_examples.loading import Example, load, load_all
from worked_examples.number_types import numbers
from worked_examples.schema.book import Book
from worked_examples.schema.kinds.calculation import CalculationExample
from worked_examples.schema.kinds.convention import ConventionExample
from worked_examples.schema.kinds.images import ImageExample
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.kinds.network_sizes import SizedNetworkExample

__all__ = [
    "Book",
    "CalculationExample",
    "ConventionExample",
    "Example",
    "FixtureError",
    "ImageExample",
    "NetworkExample",
    "SizedNetworkExample",
    "load",
    "load_all",
    "load_books",
    "numbers",
]
