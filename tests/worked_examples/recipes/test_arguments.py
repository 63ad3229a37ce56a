"""What the calls of a recipe take."""

from typing import Any

import numpy as np
import pytest

from worked_examples.recipes import arguments


def test_sizes_are_whole_numbers_one_by_one_or_in_a_tuple() -> None:
    """Without a size there is one number."""
    assert arguments.shape(None) is None
    assert arguments.shape(3.0) == (3,)
    assert arguments.shape_of(()) is None
    assert arguments.shape_of((3.0, 4.0)) == (3, 4) == arguments.shape_of(((3.0, 4.0),))


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (2.5, "2.5; accepted: a whole number from 1 to 700,000"),
        (0.0, "0; accepted: a whole number from 1 to 700,000"),
        (1e6, "1,000,000; accepted: a whole number from 1 to 700,000"),
        ([1.0], None),
        (((1.0,),), "a value that is not a number; accepted: a whole number from 1 to 700,000"),
        ((1.0,) * 9, "9 axes; accepted: at most 8"),
        ((1000.0, 1000.0), "1,000,000 numbers; accepted: at most 700,000"),
    ],
)
def test_other_sizes_are_refused(size: Any, message: str | None) -> None:
    """The message says what is accepted; a list of one whole number is a size."""
    if message is None:
        assert arguments.shape(size) == (1,)
        return
    with pytest.raises(ValueError) as raised:  # noqa: PT011 -- the whole message is compared
        arguments.shape(size)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1.0], [1.0, 2.0]], "lists of different lengths at one depth, or of something else than numbers"),
        ([], "no entries"),
        (np.zeros(700_001), "700,001 numbers; accepted: at most 700,000"),
    ],
)
def test_what_is_no_array_is_refused(value: Any, message: str) -> None:
    """Ragged lists, nothing, and too much."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 -- the whole message is compared
        arguments.array(value)
    assert str(raised.value) == message


def test_what_is_permuted_is_a_number_or_an_array() -> None:
    """As NumPy has it."""
    assert arguments.several(5.0) == 5
    assert np.array_equal(arguments.several([1.0, 2.0]), [1.0, 2.0])


def test_draws_are_float64() -> None:
    """Whole numbers too."""
    assert arguments.floats(np.array([1, 2])).dtype == float
    assert type(arguments.floats(np.int64(3))) is float
