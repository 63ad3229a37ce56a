"""Training in balls: precision that suffices, and errors where it does not."""

import pytest

from verification.certification.ball_training import REQUIRED, BallTrainer, PrecisionError, certify, next_precision
from worked_examples import FixtureError, NetworkExample, load_all

EXAMPLES = load_all()


def network(name: str) -> NetworkExample:
    """An example that is a network."""
    example = EXAMPLES[name]
    assert isinstance(example, NetworkExample)
    return example


def test_too_few_bits_are_noticed() -> None:
    """A training in balls at too little precision says at which epoch."""
    with pytest.raises(PrecisionError, match="too few bits are left at epoch") as caught:
        BallTrainer(network("numpy-dnn/316_1"), 100, lambda _: None).advance(665)
    assert 0 < caught.value.epoch < 665


def test_the_next_attempt_has_more_bits() -> None:
    """Four times as many at first; then what was lost until then predicts, for all epochs."""
    assert next_precision(192, 500, 665) == 768
    assert next_precision(3072, 1000, 4000) > 4 * (3072 - REQUIRED)


def test_a_certified_training_stops_where_the_book_does() -> None:
    """The 79 updates of 311_1 are proved at the first precision, and the losses around the stop are recorded."""
    run, bits = certify(network("numpy-dnn/311_1"), set(), lambda _: None)
    assert (run.stop, bits) == (79, 192)
    assert {78, 79} <= run.losses.keys()


def test_an_example_without_training_is_refused() -> None:
    """The error names the fixture."""
    with pytest.raises(FixtureError, match="no training to certify"):
        certify(network("numpy-dnn/matrix-general"), set(), lambda _: None)
