"""The notes to the author on seeds."""

from verification.seeds.notes import claim_notes, number, percentile_notes
from verification.seeds.seed_files import quantities


def test_there_is_one_note_for_each_quantity() -> None:
    """Each quantity of the committed file has a line, and an example without seeds has none."""
    assert len(percentile_notes("numpy-dnn/321_1")) == len(quantities("numpy-dnn/321_1"))
    assert percentile_notes("numpy-dnn/311_1") == claim_notes("numpy-dnn/311_1") == []


def test_a_note_has_percentile_range_and_the_seeds_that_never_stop() -> None:
    """The stop epoch of 321_1: verdict, percentile, 1 % to 99 %, median, and how many never stopped."""
    note = percentile_notes("numpy-dnn/321_1")[5]
    assert note.startswith("epoch where training stops: 27818 is typical, percentile ")
    assert note.endswith(" to never, median 24906, 2.4 % never stopped)")


def test_a_claim_has_its_fraction_of_seeds() -> None:
    """The fraction is given in percent with one decimal."""
    assert claim_notes("numpy-dnn/322_1") == ["every output is on its target's side of 0.5: holds for 85.7 %"]


def test_a_quantile_that_never_stops_is_a_word() -> None:
    """None reads ``never``."""
    assert (number(None), number(0.5)) == ("never", "0.5")
