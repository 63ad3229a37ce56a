"""What numbers of printed tables must be."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import flint
import pytest

from reference.comparisons import UndecidedError
from verification.images.data import DIGITS, images
from verification.images.table_values import as_decimal, greatest, of_data, of_predictions
from verification.records import PredictionCount
from verification.session import Session
from worked_examples import ImageExample


def test_a_formula_s_value_is_exact_unless_the_page_shows_float64() -> None:
    """A third to 60 digits, or the float64 nearest to it; what is a float already stays one."""
    assert as_decimal(Fraction(1, 3), "exact") == Decimal("0." + 60 * "3")
    assert as_decimal(Fraction(1, 3), "float64") == as_decimal(1 / 3, "exact") == Decimal(1 / 3)


@pytest.mark.parametrize(("quantity", "value"), [("n_correct", 7), ("n_wrong", 1), ("accuracy", 0.875)])
def test_results_of_predictions(quantity: str, value: float) -> None:
    """Of eight images seven are classified correctly."""
    assert (
        of_predictions(PredictionCount(inference_setting="raw", n_images=8, n_correct=7, min_margin=0.1, seconds=0.0), quantity)
        == value
    )


def test_shapes_and_labels_are_those_of_the_data(session: Session, image_example: Callable[[str], ImageExample]) -> None:
    """What a page prints of its data set, here of scikit-learn's digits."""
    committed = image_example("study-notes/mnist-inference")
    example = committed.model_copy(update={"data": committed.data.model_copy(update={"images": DIGITS})})
    train, test = images(session, DIGITS)[:2]

    def value(quantity: str, *index: int) -> Decimal:
        return of_data(session, example, quantity, index)

    assert [value("training images shape", at) for at in (0, 1)] == list(train.pixels.shape) == [1536, 64]
    assert value("test labels shape", 0) == len(test.labels)
    assert value("training images") == len(train.labels)
    assert value("first training label") == int(train.labels[0])


def test_the_greatest_output_is_certainly_greater_than_all_others() -> None:
    """Balls that overlap leave open which it is."""
    assert greatest([flint.arb(1), flint.arb(3, 0.5), flint.arb(2, 0.25)]) == 1
    with pytest.raises(UndecidedError, match=r"^two outputs may be the greatest$"):
        greatest([flint.arb(1), flint.arb(3, 0.5), flint.arb(2, 0.75)])
