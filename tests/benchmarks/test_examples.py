"""The examples of the benchmarks are chosen by id and kind."""

import pytest

from benchmarks.epochs import EXAMPLE
from benchmarks.examples import chosen
from worked_examples import ImageExample, NetworkExample


def test_an_example_of_another_kind_is_an_error() -> None:
    """Its kind is named, and the one that is needed."""
    assert chosen(EXAMPLE, NetworkExample).id == EXAMPLE
    with pytest.raises(TypeError, match=f"{EXAMPLE} is of kind NetworkExample, not ImageExample"):
        chosen(EXAMPLE, ImageExample)
