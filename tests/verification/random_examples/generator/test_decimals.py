"""Random decimal strings."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from verification.random_examples.generator.decimals import DOMAINS, decimal, texts, written
from verification.random_examples.truth.numbers import number

HOLDS: dict[str, Callable[[Decimal], bool]] = {
    "any": lambda _: True,
    "positive": lambda number: number > 0,
    "not negative": lambda number: number >= 0,
    "not zero": lambda number: number != 0,
    "fraction": lambda number: 0 <= number < 1,
}


@pytest.mark.parametrize(
    ("whole", "places", "text"),
    [(5, 0, "5"), (5, 1, "0.5"), (-15, 1, "-1.5"), (-3, 3, "-0.003"), (0, 2, "0.00"), (1200, 2, "12.00")],
)
def test_whole_numbers_are_written_with_places(whole: int, places: int, text: str) -> None:
    """A digit is always before the point."""
    assert written(whole, places) == text


@pytest.mark.parametrize("domain", DOMAINS)
def test_texts_are_of_their_domain_and_shape(domain: str, drawn: Callable[..., list[Any]]) -> None:
    """Decimal strings, nested as required."""
    for nested in drawn(texts((2, 3), domain)):
        array = np.array(nested, dtype=object)
        assert array.shape == (2, 3)
        assert all(HOLDS[domain](Decimal(text)) for text in array.ravel())


def test_a_text_without_axes_is_a_string(drawn: Callable[..., list[Any]]) -> None:
    """No list."""
    assert all(isinstance(text, str) for text in drawn(texts(())))


def test_numbers_of_a_network_are_small(drawn: Callable[..., list[Any]]) -> None:
    """Up to 2."""
    assert all(abs(Decimal(text)) <= 2 for text in drawn(texts((), plain=True)))


def test_some_numbers_are_long_and_some_are_tiny_or_great(drawn: Callable[..., list[Any]]) -> None:
    """17 decimals are among them, and with extremes tiny and great ones."""
    found = drawn(texts((), "positive", extreme=True), 300)
    numbers = [Decimal(text) for text in found]
    assert max(len(text.partition(".")[2]) for text in found) == 17
    assert min(numbers) < Decimal("0.00001")
    assert max(numbers) > 1000


@pytest.mark.parametrize(("text", "plain"), [("1.000", "1"), ("-0.25", "-0.25"), ("0.30", "0.3"), ("0", "0"), ("20", "20")])
def test_targets_are_written_as_decimals(text: str, plain: str) -> None:
    """Without zeros at the end."""
    assert decimal(number(text)) == plain
