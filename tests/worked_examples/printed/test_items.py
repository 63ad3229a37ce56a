"""Nested lists of printed numbers: every number with its index, and the shape."""

from worked_examples.printed.items import flatten, numbered, shape_of, whole
from worked_examples.printed.parser import parse


def test_every_number_has_its_index() -> None:
    """A number alone has none."""
    assert list(flatten([["1", "2"], ["3"]])) == [((0, 0), "1"), ((0, 1), "2"), ((1, 0), "3")]
    assert list(flatten("1")) == [((), "1")]


def test_the_shape_is_that_of_the_first_entries() -> None:
    """As it is printed."""
    assert [shape_of(values) for values in ("1", [], ["1"], [["1", "2"]])] == [[], ["0"], ["1"], ["1", "2"]]


def test_numbers_have_the_count_of_their_line_or_of_one_above() -> None:
    """Where a line has one; two of one line are those of what is behind them, and what is no whole number counts nothing."""
    items = parse("a = 1\nstep 3, a = 2\na = 3\nstep 4, a = 5, step 6, a = 7\nstep 0.5, a = 8")
    found = [(text, count) for item, _, text, count in numbered(items, lambda name: name == "step") if item.name == "a"]
    assert found == [("1", None), ("2", 3), ("3", 3), ("5", 4), ("7", 6), ("8", None)]


def test_a_whole_number_is_printed_as_one() -> None:
    """With separators too."""
    assert [whole(text) for text in ("12", "1,000", "1.0", "-1", "nan")] == [12, 1000, None, None, None]
