"""The rows of printed logs: after which updates, and with what results."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from adapters.schedule import training_of
from verification.images.printed_rows import (
    all_updates,
    is_repeatable,
    log_updates,
    numbers,
    printed_results,
    unreproducible_results,
    updates,
)
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]


@pytest.mark.parametrize(
    ("name", "first_and_last"),
    [
        ("numpy-dnn/325_1", [(10_000, 180_000)]),
        ("numpy-dnn/325_2-fashion", [(10_000, 180_000)]),
        ("dl-python/twolayer-numerical", [(1, 1000)]),
        ("study-notes/twolayer", [(1, 9601), (78_001, 100_801)]),
        ("backprop-notes/mnist-keras", [(1875, 9375), (9375, 9375)]),
    ],
)
def test_the_rows_of_every_page_come_after_the_updates_that_its_formula_says(
    image_example: ImageExamples, name: str, first_and_last: list[tuple[int, int]]
) -> None:
    """First and last rows of the tables, counted in updates."""
    assert [(at[0], at[-1]) for at in map(updates, image_example(name).log)] == first_and_last


def test_numbers_of_a_row_are_exact() -> None:
    """A printed number is the fraction that its digits say."""
    assert numbers({"accuracy": "0.762900"}) == {"accuracy": Fraction(7629, 10_000)}


def test_log_rows_are_those_of_all_logs_in_order(image_example: ImageExamples) -> None:
    """Updates that two logs print are one row; where nothing is printed, the last update is."""
    example = image_example("backprop-notes/mnist-keras")
    assert log_updates(example) == [1875, 3750, 5625, 7500, 9375]
    assert log_updates(example.model_copy(update={"log": []})) == [all_updates(example)] == [9375]


def test_a_pretrained_network_makes_no_updates(image_example: ImageExamples) -> None:
    """It has no training, and to ask for it is an error."""
    example = image_example("study-notes/mnist-inference")
    assert all_updates(example) == 0
    with pytest.raises(ValueError, match="study-notes/mnist-inference has no training"):
        training_of(example)


def test_a_result_has_the_position_of_its_row_in_its_title(image_example: ImageExamples) -> None:
    """The first result of 325_1: its text, the updates made by then, its quantity."""
    first = next(printed_results(image_example("numpy-dnn/325_1")))
    assert first == ("epoch 1, rc 10000, hit", "7629", 10_000, "n_correct", False)


def test_what_follows_from_its_row_gets_no_percentile(image_example: ImageExamples) -> None:
    """Numbers of errors and accuracy follow from the correctly classified samples."""
    example = image_example("numpy-dnn/325_1")
    derived = {result.quantity for result in printed_results(example) if result.derived}
    assert derived == {"n_wrong", "accuracy"}
    assert {result.quantity for result in unreproducible_results(example)} == {"n_correct", "loss since the last row"}


def test_a_run_of_the_fixture_s_own_seeds_has_no_percentiles(image_example: ImageExamples) -> None:
    """Its rows are compared with what is computed."""
    example = image_example("ours/lenet")
    assert is_repeatable(example)
    assert not unreproducible_results(example)
    assert len(list(printed_results(example))) == 8
