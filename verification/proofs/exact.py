"""Printed numbers, exactly."""

from fractions import Fraction
from typing import Any

from worked_examples.schema.base import DECIMAL


def exact_numbers(values: Any) -> Any:
    """Decimal strings in nested lists as exact numbers; other words (``False``) stay what they are."""
    if isinstance(values, list):
        return [exact_numbers(entry) for entry in values]
    return Fraction(values) if DECIMAL.fullmatch(values) else values
