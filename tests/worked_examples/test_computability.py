"""What cannot be computed is refused when a fixture is loaded: one line with file, key, reason and what to write instead."""

from collections.abc import Callable

import pytest

Refusal = Callable[[str, str, str], str]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        pytest.param(
            "numpy-dnn/313_1",
            'kernel = [["3"], ["4"]]',
            'kernel = [["1e300"], ["1e300"]]',
            "data.target: the loss overflows float64; write smaller weights or data, so that no probability of a target is 0",
            id="loss",
        ),
        pytest.param(
            "numpy-dnn/313_1",
            'input = [["2", "3"]]',
            'input = [["1e300", "1e300"]]',
            "data.target: the loss overflows float64; write smaller weights or data, so that no probability of a target is 0",
            id="data",
        ),
        pytest.param(
            "numpy-dnn/325_1",
            'updates = "(epoch - 1)',
            'updates = "1 / 0 + (epoch - 1)',
            "log[0].updates: in row 1, '1 / 0 + (epoch - 1) * 60000 + rc' has no value: ZeroDivisionError: ",
            id="no-value",
        ),
        pytest.param(
            "numpy-dnn/325_1",
            'updates = "(epoch - 1)',
            'updates = "1 / 3 + (epoch - 1)',
            "log[0].updates: '1 / 3 + (epoch - 1) * 60000 + rc' is not a count of updates in row 1; ",
            id="fraction",
        ),
        pytest.param(
            "numpy-dnn/325_1",
            'updates = "(epoch - 1)',
            'updates = "10**99 + (epoch - 1)',
            "log[0].updates: '10**99 + (epoch - 1) * 60000 + rc' is not a count of updates in row 1; ",
            id="huge",
        ),
        pytest.param(
            "numpy-dnn/325_1",
            'accuracy = "hit / (hit + miss)"',
            'accuracy = "10**9999 * hit"',
            "log[0].formulas.accuracy: '10**9999 * hit' is not a number that float64 holds in row 1; accepted: ",
            id="overflow",
        ),
        pytest.param(
            "numpy-dnn/325_1",
            'updates = "(epoch - 1)',
            'updates = "sum([sum([c for c in range(100000)]) for b in range(100000)]) + (epoch - 1)',
            "log[0].updates: in row 1, 'sum([sum([c for c in range(100000)]) for b in range(100000)]) + (epoch ",
            id="endless",
        ),
    ],
)
def test_what_cannot_be_computed_is_refused(refusal: Refusal, name: str, old: str, new: str, message: str) -> None:
    """The message names the key, the reason and what to write."""
    assert refusal(name, old, new).startswith(message)
