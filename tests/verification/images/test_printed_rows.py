"""When the rows of printed log tables are printed."""

from fractions import Fraction

from verification.images.printed_rows import numbers, updates
from worked_examples import ImageExample, load_all


def test_the_rows_of_every_page_come_after_the_updates_that_its_formula_says() -> None:
    """First and last rows of the tables: 10,000 to 180,000, 1 to 1,000, 1 to 9,601 and 78,001 to 100,801, 1,875 to 9,375."""
    examples = {name: found for name, found in load_all().items() if isinstance(found, ImageExample)}
    ends = {name: [(rows[0], rows[-1]) for table in found.printed if (rows := updates(table))] for name, found in examples.items()}
    assert ends["numpy-dnn/325_1"] == ends["numpy-dnn/325_2-fashion"] == [(10_000, 180_000)]
    assert ends["dl-python/twolayer-numerical"] == [(1, 1000)]
    assert ends["study-notes/twolayer"] == [(1, 9601), (78_001, 100_801)]
    assert ends["backprop-notes/mnist-keras"] == [(1875, 9375), (9375, 9375)]


def test_the_numbers_of_a_row_are_exact() -> None:
    """A printed number is the fraction that its digits say."""
    assert numbers({"accuracy": "0.762900"}) == {"accuracy": Fraction(7629, 10_000)}
