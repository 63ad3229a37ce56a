"""Numbers of the oracle."""

import mpmath
import pytest

from verification.random_examples.truth.numbers import array, entrywise, first_greatest, number, numbers, sign, size


def test_decimals_that_cancel_are_zero() -> None:
    """0.1 + 0.2 - 0.3 is not positive, 1e-40 is."""
    assert sign(number("0.1") + number("0.2") - number("0.3")) == 0
    assert (sign(number("1e-40")), sign(number("-1e-40"))) == (1, -1)


def test_nested_texts_are_an_array() -> None:
    """Of their shape; one text is an array without axes."""
    assert numbers([["1", "2.5"], ["-3", "0"]]).shape == (2, 2)
    assert numbers("4").shape == ()


def test_functions_of_numbers_broadcast() -> None:
    """As NumPy's do, and always give an array."""
    together = entrywise(lambda a, b: a * b, numbers(["1", "2"]), numbers([["3"], ["4"]]))
    assert together.tolist() == [[3, 6], [4, 8]]
    assert entrywise(mpmath.exp, numbers("0")).shape == ()


def test_entries_are_taken_row_by_row() -> None:
    """Of a transposed array too: decisions that are repeated for a changed copy of it are in the same order."""
    counted = iter(range(4))
    assert entrywise(lambda _: next(counted), numbers([["1", "3"], ["2", "4"]]).T).tolist() == [[0, 1], [2, 3]]


def test_the_first_of_equal_numbers_is_the_greatest() -> None:
    """Also of numbers that differ by less than decimals do."""
    assert first_greatest([number("0.3"), number("0.1") + number("0.2"), number("0.2")]) == 0
    assert first_greatest([number("0"), number("-1"), number("1e-20")]) == 2


@pytest.mark.parametrize(("values", "greatest"), [([], 0.0), (["-3", "2"], 3.0)])
def test_the_size_is_the_greatest_absolute_value(values: list[str], greatest: float) -> None:
    """0 for no entries."""
    assert size(array([number(value) for value in values])) == greatest


def test_a_complex_number_has_no_sign() -> None:
    """It is no number that a program computes."""
    with pytest.raises(ValueError, match="has no sign"):
        sign(mpmath.log(number("-2")))
