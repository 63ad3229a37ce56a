"""Arrays in fixtures."""

import pytest

from worked_examples.schema.arrays import check_arrays, check_nested


def test_a_rectangular_nest_of_decimals_is_an_array() -> None:
    """A number alone is one too."""
    assert check_nested([["1", "2.5"], ["-3", "1e-4"]]) == [["1", "2.5"], ["-3", "1e-4"]]
    assert check_arrays({"x": "1", "y": ["2"]}) == {"x": "1", "y": ["2"]}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([["1"], ["2", "3"]], "x: lists of different lengths at one depth"),
        ([], "x: an empty list; accepted: a decimal string, or lists of them"),
        ([[[[[[[[["1"]]]]]]]]], "x: more than 8 axes; accepted: at most so many"),
        (0.5, 'x: 0.5 must be written as a string, "0.5", so that its digits are kept'),
        ("half", "x: 'half' is not a number; accepted: a decimal string such as \"0.05\""),
    ],
)
def test_anything_else_is_refused(values: object, message: str) -> None:
    """With its name."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- the text is compared below
        check_arrays({"x": values})
    assert str(caught.value) == message
