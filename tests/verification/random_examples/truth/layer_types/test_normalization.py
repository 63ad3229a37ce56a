"""Normalizations, by hand."""

from typing import Any

import pytest

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.normalization import of_batch, of_rows
from verification.random_examples.truth.numbers import number, numbers, size

X = numbers([["1", "3"], ["5", "3"]])
WEIGHTS = {"scale": numbers(["3", "3"]), "offset": numbers(["0.5", "0.5"])}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"epsilon": number("2.25")}, [["-1.9", "0.5"], ["2.9", "0.5"]]),
        (
            {"epsilon": number("1"), "running_mean": numbers(["1", "0"]), "running_variance": numbers(["3", "8"])},
            [["0.5", "3.5"], ["6.5", "3.5"]],
        ),
    ],
)
def test_units_are_normalized_by_the_batch_or_by_given_statistics(options: dict[str, Any], expected: Any) -> None:
    """The first unit has the mean 3 and the variance 4, the second 3 and 0."""
    assert size(of_batch(Branches(), options, WEIGHTS, X) - numbers(expected)) < 1e-90


def test_rows_are_normalized_by_themselves() -> None:
    """The first has the mean 2 and the variance 1, the second 4 and 1."""
    y = of_rows(Branches(), {"epsilon": number("1.25")}, WEIGHTS, X)
    assert size(y - numbers([["-1.5", "2.5"], ["2.5", "-1.5"]])) < 1e-90
