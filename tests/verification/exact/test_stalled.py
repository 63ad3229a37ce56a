"""States that stand still in floating point are noted, those that have converged are not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verification.exact.stalled import still_from
from verification.records import Findings

GROWING = """
kind = "calculation"
inputs = {{ x = "1e15" }}
iteration = {{ state = ["x"], times = 40, first = {first}, steps = "x = {formula}" }}
"""


@pytest.mark.parametrize(
    ("formula", "first", "notes"),
    [
        # by differences: beyond 1e16 the points beside x are x itself
        (
            "x + numerical_gradient(f, x, 0.5)",
            1,
            ["x: in float64 it does not change from iteration 3 on; by exact numbers it ends at 1.21576655e+34"],
        ),
        ("x / 2", 1, []),
        ("x + 1", 1, []),
        ("x * 0.1 + 3", 1, []),
    ],
)
def test_a_state_that_stands_still_far_from_its_exact_end_is_noted(
    formula: str, first: int, notes: list[str], written: Callable[[str], Any], judged: Callable[..., Findings]
) -> None:
    """With the iteration from which on it does not change."""
    text = GROWING.format(first=first, formula=formula)
    if "f," in formula:
        text = text.replace('steps = "', 'steps = "f = x * x\\n')
    found = judged("values", written(text)).notes
    assert [note for note in found if "does not change" in note] == notes


def test_the_place_is_that_of_the_first_equal_one() -> None:
    """Of those that are all equal to the last."""
    assert still_from([np.array(number) for number in (1, 2, 2, 3, 3, 3)]) == 4
    assert still_from([np.array(number) for number in (1, 2)]) == 2
