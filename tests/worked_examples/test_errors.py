"""What errors say about a word that is not accepted."""

import pytest

from worked_examples.errors import DataError, FixtureError, MissingDataError, nearest


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("sigmiod", "accepted: relu, sigmoid; did you mean 'sigmoid'?"),
        ("x", "accepted: relu, sigmoid"),
        ("", "accepted: relu, sigmoid"),
    ],
)
def test_the_nearest_word_is_offered(word: str, message: str) -> None:
    """All accepted words are listed in order, and the nearest is offered if one is near."""
    assert nearest(word, ["sigmoid", "relu"]) == message


def test_missing_data_are_an_error_of_data() -> None:
    """A handler of data errors handles missing data too, but not errors of fixtures."""
    assert issubclass(MissingDataError, DataError)
    assert not issubclass(DataError, FixtureError)
