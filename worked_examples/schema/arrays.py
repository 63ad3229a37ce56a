"""Arrays in fixtures: nests of decimal strings."""

from collections.abc import Callable
from typing import Any

from worked_examples.limits import AXES
from worked_examples.number_types import INFINITIES
from worked_examples.schema.base import decimal


def decimal_or_infinity(value: Any) -> Any:
    """Check one number of a calculation: a decimal string, ``inf`` or ``-inf``."""
    return value if isinstance(value, str) and value in INFINITIES else decimal(value)


def check_nested(values: Any, axes: int = AXES, check: Callable[[Any], Any] = decimal) -> Any:
    """Decimal strings in lists of lists that are equally long at every depth."""
    if not isinstance(values, list):
        return check(values)
    if not axes:
        raise ValueError(f"more than {AXES} axes; accepted: at most so many")
    if not values:
        raise ValueError("an empty list; accepted: a decimal string, or lists of them")
    parts = [check_nested(value, axes - 1, check) for value in values]
    if len({len(row) if isinstance(row, list) else -1 for row in parts}) > 1:
        raise ValueError("lists of different lengths at one depth")
    return parts


def check_arrays(arrays: dict[str, Any]) -> dict[str, Any]:
    """Every array is a rectangular nest of decimal strings and infinities; what is wrong begins with its name."""
    for name, values in arrays.items():
        try:
            check_nested(values, check=decimal_or_infinity)
        except ValueError as error:
            raise ValueError(f"{name}: {error}" if name.isidentifier() else str(error)) from None
    return arrays
