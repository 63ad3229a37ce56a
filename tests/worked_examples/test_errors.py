"""What errors say about a word that is not accepted."""

import pytest

from worked_examples.errors import DataError, FixtureError, MissingDataError, in_line, nearest


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


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("a\nb", "a b"),
        ("a\r\n\tb", "a b"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\udcff\u202e", "\\udcff\\u202e"),
        ("편향 ≈ 1", "편향 ≈ 1"),
        ("a" + 5_000 * "x" + "b", "a" + 999 * "x" + " ... " + 999 * "x" + "b"),
    ],
    ids=range(6),
)
def test_a_message_is_one_line_of_bounded_length(words: str, line: str) -> None:
    """New lines become blanks, what no terminal can show is escaped, and the middle of a long text is left out."""
    assert in_line(words) == line


def test_no_word_is_offered_for_an_endless_one() -> None:
    """To compare long words takes long."""
    assert nearest(100_000 * "a", ["a", 100_001 * "a"]) == f"accepted: a, {100_001 * 'a'}"
