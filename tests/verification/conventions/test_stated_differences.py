"""A stated difference is judged as a printed number is; words mean what they say."""

import pytest

from verification.conventions.stated_differences import misstated


@pytest.mark.parametrize(
    ("stated", "distance", "is_rounding", "passes"),
    [
        ("0.25", 0.2549, False, True),
        ("0.25", 0.2551, False, False),
        ("0.25", 0.2449, False, False),
        ("1e-5", 0.0, True, False),
        ("rounding", 0.0, True, True),
        ("rounding", 0.0, False, False),
        ("rounding", "shape", False, False),
        ("shape", "shape", False, True),
        ("shape", "nothing", False, False),
        ("shape", 0.0, True, False),
        ("infinite", "infinite", False, True),
        ("infinite", "nan", False, False),
        ("infinite", 0.0, True, False),
        ("0.25", "nan", False, False),
        ("0.25", "nothing", False, False),
    ],
)
def test_a_difference_is_as_stated_or_a_line(stated: str, distance: float | str, is_rounding: bool, passes: bool) -> None:
    """Both sides of the rounding; nan and nothing are never as stated."""
    assert (list(misstated("adagrad", stated, distance, is_rounding)) == []) is passes


def test_a_stated_difference_that_is_gone_is_noticed() -> None:
    """Where a residual difference is stated but nothing beyond rounding is measured, the check fails."""
    lines = list(misstated("adagrad", "1e-5", 0.0, is_rounding=True))
    assert lines == ["adagrad: stated 1e-5, but there is no difference beyond rounding (0.0e+00)"]
