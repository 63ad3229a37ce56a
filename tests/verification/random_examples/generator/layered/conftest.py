"""Builders of networks, as hypothesis draws them."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from verification.random_examples.generator.layered.building import LayerBuilder


@pytest.fixture
def built(drawn: Callable[..., list[Any]]) -> Callable[..., list[LayerBuilder]]:
    """``built(recipe, columns, examples=20, words=0)``: builders with the layers of a recipe, for two samples."""

    def builders(recipe: Callable[[LayerBuilder], Any], columns: int, examples: int = 20, words: int = 0) -> list[LayerBuilder]:
        @st.composite
        def one(draw: st.DrawFn) -> LayerBuilder:
            b = LayerBuilder(draw, 2, columns, words)
            recipe(b)
            return b

        return drawn(one(), examples)

    return builders
