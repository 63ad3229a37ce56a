"""Nested lists of printed numbers: every number with its index, and the shape."""

from worked_examples.printed.items import flatten, shape_of


def test_every_number_has_its_index() -> None:
    """A number alone has none."""
    assert list(flatten([["1", "2"], ["3"]])) == [((0, 0), "1"), ((0, 1), "2"), ((1, 0), "3")]
    assert list(flatten("1")) == [((), "1")]


def test_the_shape_is_that_of_the_first_entries() -> None:
    """As it is printed."""
    assert [shape_of(values) for values in ("1", [], ["1"], [["1", "2"]])] == [[], ["0"], ["1"], ["1", "2"]]
