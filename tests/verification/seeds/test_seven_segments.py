"""The studies of numpy-dnn on seven-segment samples."""

import re

from verification.seeds.seven_segments import SEVEN_SEGMENTS, SHUFFLED
from verification.seeds.study import training_setup
from verification.seeds.trainings import SeedTrainings
from worked_examples.loading import ROOT


def test_the_samples_are_those_of_the_page() -> None:
    """The samples of the trainings are the arrays I and T that 321_2 prints."""
    page = (ROOT / "numpy-dnn" / "321_2.toml").read_text(encoding="utf-8")
    for rows, mark in ((training_setup(SHUFFLED).inputs, "I = ["), (training_setup(SHUFFLED).targets, "T = [")):
        block = page.partition(mark)[2].partition("\n]")[0]
        assert [float(digit) for digit in re.findall(r"\d", block)] == [entry for row in rows for entry in row]


def test_the_shuffle_is_compared_with_the_order_of_the_page(constant_trainings: SeedTrainings) -> None:
    """Where both orders give the same errors, shuffling helps no seed."""
    (claim,) = [text for text in SEVEN_SEGMENTS[SHUFFLED].measure(constant_trainings).claims if text.startswith("shuffling helps")]
    assert SEVEN_SEGMENTS[SHUFFLED].measure(constant_trainings).claims[claim] == 0.0


def test_claims_on_the_stop_are_fractions_of_seeds(constant_trainings: SeedTrainings) -> None:
    """Both seeds stop, and neither has only dead units."""
    assert list(SEVEN_SEGMENTS["numpy-dnn/321_1"].measure(constant_trainings).claims.values()) == [1.0, 0.0]
