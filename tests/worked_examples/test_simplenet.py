"""What the first gradient that SimpleNet prints proves although its weights are not given (dl-python, IV.4)."""

from fractions import Fraction

from worked_examples import CalculationExample, load_all
from worked_examples.printed.items import flatten

EXAMPLE = load_all()["dl-python/simplenet-first"]
UNIT = Fraction(1, 10**8)


def printed() -> list[list[Fraction]]:
    """The six printed numbers, two rows of three."""
    assert isinstance(EXAMPLE, CalculationExample)
    numbers = {index: Fraction(text) for item in EXAMPLE.printed[0].items for index, text in flatten(item.values)}
    return [[numbers[row, column] for column in range(3)] for row in range(2)]


def outputs(row: int, x: Fraction) -> list[tuple[Fraction, Fraction]]:
    """The intervals of y that a row x (y - t) allows: half a unit of print either way, and the difference quotient's 1.2e-10."""
    slack = UNIT / 2 + Fraction(12, 10**11)
    label = [0, 0, 1]
    return [((value - slack) / x + t, (value + slack) / x + t) for value, t in zip(printed()[row], label, strict=True)]


def test_each_row_sums_to_zero() -> None:
    """Softmax and labels both sum to 1, so that every row sums to 0, within the rounding of three printed numbers."""
    assert all(abs(sum(row, Fraction(0))) <= 3 * UNIT / 2 for row in printed())


def test_the_rows_are_in_the_ratio_of_the_inputs() -> None:
    """The second row is 0.9 / 0.6 = 1.5 times the first, within the rounding of both."""
    assert all(abs(b - Fraction(3, 2) * a) <= UNIT / 2 + Fraction(3, 2) * UNIT / 2 for a, b in zip(*printed(), strict=True))


def test_only_the_label_has_a_negative_column() -> None:
    """Exactly the third column is negative: the label is 2."""
    assert [[value < 0 for value in row] for row in printed()] == [[False, False, True]] * 2


def test_both_rows_come_from_one_output() -> None:
    """The outputs that the two rows allow overlap in every class; they are probabilities, the label's the greatest."""
    common = [
        (max(a[0], b[0]), min(a[1], b[1])) for a, b in zip(outputs(0, Fraction(6, 10)), outputs(1, Fraction(9, 10)), strict=True)
    ]
    assert all(0 < low <= high < low + 2 * UNIT for low, high in common)
    assert sum(low for low, _ in common) <= 1 <= sum(high for _, high in common)
    assert common[2][0] > max(common[0][1], common[1][1])
