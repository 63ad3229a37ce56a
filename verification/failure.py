"""One way to fail: every message says which example, quantity and index, what was printed and computed, where, and what to do."""

from typing import Any, NoReturn

import numpy as np
import pytest

from adapters import Array
from verification.session import Case

Record = dict[str, Any]


def fail(case: Case, problems: list[str], hint: str) -> NoReturn:
    """Fail with one line per problem and one that says what to do next."""
    __tracebackhide__ = True
    shown = problems[:12] + ([f"... and {len(problems) - 12} more"] if len(problems) > 12 else [])
    head = f"{case.example.id} on {case.engine} ({case.dtype}): {case.example.title}"
    pytest.fail("\n".join([head, *(f"  {problem}" for problem in shown), f"  next: {hint}"]), pytrace=False)


def diagnosis(computed: Array, expected: Array) -> str:
    """What a wrong array looks like: the expected one transposed, doubled, or with its sign turned."""
    computed, expected = np.asarray(computed, dtype=float), np.asarray(expected, dtype=float)
    looks: list[tuple[str, Any]] = [
        ("the expected one doubled (a missing 1/2, or a factor 2 too many)", 2 * expected),
        ("half the expected one (a factor 1/2 too many, or a mean for a sum)", expected / 2),
        ("the expected one with the sign turned", -expected),
        ("the expected one transposed", expected.T),
    ]
    if not np.any(expected):
        return ""
    scale = float(np.max(np.abs(expected)))
    alike = (name for name, look in looks if look.shape == computed.shape and np.max(np.abs(computed - look)) <= scale * 1e-6)
    return next((f"; it looks like {name}" for name in alike), "")
