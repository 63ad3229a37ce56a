"""Attention, by hand."""

from typing import Any

import mpmath
import pytest

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.attention import attention
from verification.random_examples.truth.numbers import numbers, size


@pytest.mark.parametrize(("causal", "expected"), [(False, ["7", "5"]), (True, ["1", "5"])])
def test_queries_see_values_by_their_shares(causal: bool, expected: list[str]) -> None:
    """Scores 0 and ln 3, shares 1/4 and 3/4 of the values 1 and 9; of equal scores the mean; of one key its value."""
    root = mpmath.sqrt(4)
    queries = numbers([[["1", "0", "0", "0"], ["0", "0", "0", "0"]]])
    keys = numbers([[["0", "0", "0", "0"], ["1", "0", "0", "0"]]]) * (mpmath.log(3) * root)
    y = attention(Branches(), {"causal": causal}, {}, queries, keys, numbers([[["1"], ["9"]]]))
    assert size(y[0, :, 0] - numbers(expected)) < 1e-90


@pytest.mark.parametrize(
    ("mask", "causal", "expected"),
    [
        ([["1", "0"], ["1", "1"]], False, ["1", "5"]),
        ([["0", "1"], ["1", "0"]], False, ["9", "1"]),
        ([["1", "1"], ["0", "1"]], True, ["1", "9"]),
        ([[["1", "1"], ["0", "1"]]], False, ["7", "9"]),
    ],
)
def test_queries_see_what_a_mask_has(mask: Any, causal: bool, expected: list[str]) -> None:
    """Of one sample or of all: the first query's shares are 1/4 and 3/4 of the values 1 and 9 that it sees, the second's equal."""
    queries = numbers([[["1", "0", "0", "0"], ["0", "0", "0", "0"]]])
    keys = numbers([[["0", "0", "0", "0"], ["1", "0", "0", "0"]]]) * (mpmath.log(3) * mpmath.sqrt(4))
    options = {"causal": causal, "mask": numbers(mask)}
    y = attention(Branches(), options, {}, queries, keys, numbers([[["1"], ["9"]]]))
    assert size(y[0, :, 0] - numbers(expected)) < 1e-90
