"""Other contents than a given one."""

from fractions import Fraction
from typing import Any

import pytest

from verification.proofs.alternatives import alternatives


@pytest.mark.parametrize(
    "value",
    [Fraction(3), Fraction(0), 0.25, "ReLU", "", True, [Fraction(1), Fraction(2)], [["a"], ["b"]], {"a": Fraction(1)}, [True, 0.5]],
)
def test_they_differ_from_it(value: Any) -> None:
    """There is at least one for each sort of value, and none is the value itself."""
    others = list(alternatives(value))
    assert others
    assert value not in others


def test_lists_change_in_entries_in_length_and_in_order() -> None:
    """Entries all in the same way; another length by an entry more, by one less, and by all."""
    others = list(alternatives([Fraction(1), Fraction(4)]))
    assert [2, 5] in others
    assert [4, 1] in others
    assert others[-4:] == [[], [1, 4, 4], [1], [4, 1]]
    assert list(alternatives([])) == []


def test_the_keys_of_a_dictionary_stay() -> None:
    """Its entries change as those of a list do; without any it is empty."""
    assert {"a": Fraction(2)} in alternatives({"a": Fraction(1)})
    assert {} in alternatives({"a": Fraction(1)})


def test_what_is_no_value_has_none() -> None:
    """A function of facts is not changed."""
    assert list(alternatives(len)) == []
