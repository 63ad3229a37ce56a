"""Printed numbers, exactly."""

from typing import Any

from worked_examples.number_types import INFINITIES
from worked_examples.printed.notations import exact


def exact_numbers(values: Any) -> Any:
    """Printed numbers in nested lists as exact numbers, infinities as floats; other words (``False``) stay what they are."""
    if isinstance(values, list):
        return [exact_numbers(entry) for entry in values]
    if values in INFINITIES:
        return float(values)
    number = exact(values)
    return values if number is None else number
