"""Layers by their names in the words of quantities, in the place of their numbers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

WORDS = re.compile(r"(?P<of>(?:minus )?(?:gradient of )?)layer (?P<number>\d+) ")
FORMS = ("hidden_{}", "h{}", "Layer{}", "output_{}", "gradient{}")


@st.composite
def named_layers(
    draw: st.DrawFn, tables: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The tables of all layers, in every third network some with names of their own, and words with these for numbers."""
    if draw(st.integers(0, 2)):
        return [dict(table) for table in tables], dict(names)
    form = draw(st.sampled_from(FORMS))
    named = [
        {**table, "name": form.format(number)} if "name" not in table and draw(st.booleans()) else dict(table)
        for number, table in enumerate(tables, 1)
    ]
    return named, {name: by_name(words, named) if draw(st.integers(0, 3)) else words for name, words in names.items()}


def by_name(words: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """The words of a quantity with the name of its layer, where that has one."""
    match = WORDS.match(words)
    name = tables[int(match["number"]) - 1].get("name") if match else None
    return f"{match['of']}{name} {words[match.end() :]}" if match and name else words
