"""Distances of parameters and single errors: just inside a bound passes; just outside, nan, inf and other shapes do not."""

import numpy as np
import pytest

from adapters import Parameters
from verification.exact.parameter_distances import beyond, distance

ONE = Parameters(np.array([[1.0, 2.0]]), np.array([3.0, 4.0]))
INF, NAN = float("inf"), float("nan")


def test_the_distance_is_the_norm_over_all_layers() -> None:
    """By hand: 3 in one layer and 4 in the other."""
    first = [ONE, ONE]
    second = [ONE._replace(kernel=np.array([[4.0, 2.0]])), ONE._replace(bias=np.array([3.0, 8.0]))]
    assert distance(first, second) == 5
    assert distance(first, first) == 0


@pytest.mark.parametrize(
    "other",
    [
        [],
        [ONE, ONE],
        [Parameters(ONE.kernel.T, ONE.bias)],
        [Parameters(ONE.kernel, np.zeros(0))],
        [Parameters(np.zeros((1, 1)), np.zeros(1))],
        [Parameters(ONE.kernel * NAN, ONE.bias)],
    ],
    ids=["nothing", "layers", "transposed", "empty", "broadcast", "nan"],
)
def test_other_shapes_have_no_distance(other: list[Parameters]) -> None:
    """Nothing is broadcast; nan is within no bound, and neither are two runs without parameters."""
    for pair in ((other, [ONE]), ([ONE], other), ([], [])):
        assert np.isnan(distance(*pair))
        assert list(beyond("distance", distance(*pair), 1e300))


@pytest.mark.parametrize(
    ("error", "bound", "passes"),
    [
        (0.25, 0.25, True),
        (0.0, 0.0, True),
        (np.nextafter(0.25, 1), 0.25, False),
        (1e-300, 0.0, False),
        (NAN, 0.25, False),
        (INF, 0.25, False),
        (0.25, INF, False),
        (INF, INF, False),
        (0.25, NAN, False),
        (0.0, -1.0, False),
    ],
)
def test_an_error_is_within_its_bound_or_a_line(error: float, bound: float, passes: bool) -> None:
    """Both numbers are told, whether it passes or not."""
    told: list[tuple[float, float]] = []
    lines = list(beyond("the error is", error, bound, lambda *pair: told.append(pair)))
    assert lines == ([] if passes else [f"the error is {error:.1e}, bound {bound:.1e}"])
    assert str(told) == str([(error, bound)])
