"""Decimal strings: short ones, which are often equal, and long, tiny and great ones; in the domain that a function needs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st


class Style(NamedTuple):
    """Whole numbers up to ``most``, divided by ``10^places``."""

    most: int
    places: int


STYLES = (Style(3, 0), Style(20, 1), Style(20, 1), Style(200, 2), Style(3000, 3), Style(2 * 10**6, 6), Style(3 * 10**17, 17))
EXTREME = (Style(99, 7), Style(10**6, 0))
PLAIN = (Style(2, 0), Style(15, 1), Style(15, 1), Style(150, 2), Style(1500, 3))
DOMAINS = ("any", "positive", "not negative", "not zero", "fraction")
LONG = 10**6


def written(whole: int, places: int) -> str:
    """``whole / 10^places`` as a decimal string."""
    digits = str(abs(whole)).rjust(places + 1, "0")
    point = len(digits) - places
    return ("-" if whole < 0 else "") + digits[:point] + ("." + digits[point:] if places else "")


def whole_numbers(style: Style, domain: str) -> st.SearchStrategy[int]:
    """The whole numbers of a style that are in a domain; fractions are in [0, 1)."""
    most = min(style.most, 10**style.places - 1) if domain == "fraction" else style.most
    if domain in ("any", "not zero"):
        signed = st.tuples(up_to(most), st.booleans()).map(lambda pair: -pair[0] if pair[1] else pair[0])
        return signed if domain == "any" else signed.map(lambda whole: whole or 1)
    return up_to(most).map(lambda whole: whole or 1) if domain == "positive" else up_to(most)


def up_to(most: int) -> st.SearchStrategy[int]:
    """Whole numbers from 0; long ones from parts, as hypothesis prefers small ones to those of many digits."""
    if most <= LONG:
        return st.integers(0, most)
    return st.tuples(up_to(most // LONG), up_to(LONG - 1)).map(lambda parts: parts[0] * LONG + parts[1])


def texts(shape: Sequence[int], domain: str = "any", extreme: bool = False, plain: bool = False) -> st.SearchStrategy[Any]:
    """Nested lists of decimal strings of a shape, one style for all; one string for the shape ``()``.

    ``extreme`` adds tiny and great ones; ``plain`` are those of networks, up to 2.
    """
    count = int(np.prod(shape, dtype=int))
    known = PLAIN if plain else (*STYLES, *(EXTREME if extreme else ()))
    styles = [style for style in known if domain != "fraction" or style.places]

    def of_style(style: Style) -> st.SearchStrategy[Any]:
        entries = st.lists(whole_numbers(style, domain), min_size=count, max_size=count)
        return entries.map(lambda wholes: nested([written(whole, style.places) for whole in wholes], shape))

    return st.sampled_from(styles).flatmap(of_style)


def nested(entries: Sequence[str], shape: Sequence[int]) -> Any:
    """A row of strings as nested lists of a shape."""
    return np.array(entries, dtype=object).reshape(tuple(shape)).tolist() if shape else entries[0]


def decimal(entry: Any) -> str:
    """A number of a few decimals as text."""
    return f"{float(entry):.6f}".rstrip("0").rstrip(".")
