"""When the numbers of a log row are taken."""

import pytest

from worked_examples.printed.moments import AVERAGED, LAST, SUMMED, TAKEN, taken
from worked_examples.printed.quantities import Quantity

LOSS = Quantity("loss")


@pytest.mark.parametrize(
    ("words", "is_full_batch", "expected"),
    [
        ("before the epoch", False, LOSS),
        ("after the epoch", False, LOSS._replace(after_update=True)),
        (SUMMED, False, LOSS._replace(over=SUMMED)),
        (LAST, False, LOSS._replace(over=LAST)),
        (SUMMED, True, LOSS),
        (AVERAGED, True, LOSS),
    ],
)
def test_words_say_when_a_quantity_is_taken(words: str, is_full_batch: bool, expected: Quantity) -> None:
    """In an epoch of one update with all samples what is taken before each is taken before the epoch."""
    assert taken(LOSS, words, is_full_batch) == expected


@pytest.mark.parametrize("part", ["output", "target", "formula", "loss per sample"])
def test_one_update_sees_its_samples_in_their_shuffled_order(part: str) -> None:
    """What has an entry for each sample is that of the batch; before the epoch, it is that of the data."""
    named = Quantity(part)
    assert taken(named, LAST, is_full_batch=True, is_shuffled=True) == named._replace(over=LAST)
    assert taken(named, "before the epoch", is_full_batch=True, is_shuffled=True) == named
    assert taken(LOSS, LAST, is_full_batch=True, is_shuffled=True) == LOSS


@pytest.mark.parametrize("words", TAKEN)
@pytest.mark.parametrize("part", ["epoch", "learning rate"])
def test_an_epoch_has_its_number_and_rate_all_the_time(part: str, words: str) -> None:
    """Neither is summed."""
    assert taken(Quantity(part), words, is_full_batch=False) == Quantity(part)
