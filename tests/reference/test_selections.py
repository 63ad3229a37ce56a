"""Functions that select: labels are columns, ranges end exactly, ties go to the first."""

import numpy as np
import pytest

from reference.selections import SELECTIONS, as_numbers, count
from worked_examples import numbers

TWO = [["0.5", "1.5", "-0.75"], ["2", "-1", "0.25"]]


@pytest.mark.parametrize("labels", [["0.5", "0"], ["-1", "0"], ["3", "0"], ["1"]])
def test_a_label_that_is_not_a_column_is_refused(labels: list[str]) -> None:
    """A fraction is not cut off, a negative number does not count from the end."""
    with pytest.raises(ValueError, match=r"^labels must be whole numbers from 0 to 2$|^accepted: a matrix"):
        SELECTIONS["pick"].value({}, numbers(TWO), numbers(labels))


def test_a_range_has_the_entries_that_its_exact_numbers_give() -> None:
    """Exactly, three steps of 0.1 lead from 1 to 1.3; a step of 0 and too many steps are refused."""
    ends = [numbers(text, "exact") for text in ("1", "1.3", "0.1")]
    assert len(SELECTIONS["arange"].value({}, *ends)) == 3
    for bad in (("0", "1", "0"), ("0", "1", "1e-9")):
        with pytest.raises(ValueError, match=r"step of a range must not be 0|steps lead from start to stop"):
            SELECTIONS["arange"].value({}, *(numbers(text) for text in bad))


@pytest.mark.parametrize(("ratio", "expected"), [(0.0, 0), (-3.5, 0), (0.1, 1), (2.5, 3), (3.0, 3), (3.0000001, 4), (3.5, 4)])
def test_a_range_has_as_many_entries_as_steps_lead_across(ratio: float, expected: int) -> None:
    """The least whole number that is not below the ratio; none backwards."""
    assert count(ratio) == expected


@pytest.mark.parametrize(
    ("name", "gradients"),
    [
        ("maximum", ([1, 0], [0, 1])),
        ("minimum", ([1, 1], [0, 0])),
        ("greater or equal", ([0, 0], [0, 0])),
        ("equal", ([0, 0], [0, 0])),
    ],
)
@pytest.mark.parametrize("number_type", ["float64", "rational", "exact"])
def test_the_first_of_equal_operands_has_the_gradient(name: str, gradients: tuple[list[int], ...], number_type: str) -> None:
    """It alone; a comparison has no slope."""
    a, b = numbers(["0.1", "1"], number_type), numbers(["0.1", "2"], number_type)
    y = SELECTIONS[name].value({}, a, b)
    computed = SELECTIONS[name].backward({}, [a, b], y, np.asarray(y * 0 + 1))
    assert [gradient is not None and gradient.astype(float).tolist() for gradient in computed] == list(gradients)


def test_a_condition_becomes_numbers_of_a_type() -> None:
    """1 and 0, as what it is compared with; an index too."""
    assert as_numbers(np.array([True, False]), np.zeros(2, dtype="float16")).dtype == np.float16
    assert [entry.rational for entry in as_numbers(np.array([3, 0]), numbers(["1", "2"], "exact"))] == [3, 0]
