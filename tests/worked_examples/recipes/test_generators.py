"""The generators that a recipe can name."""

import pytest

from worked_examples.recipes.generators import GENERATORS, TYPES


@pytest.mark.parametrize("name", GENERATORS)
def test_every_generator_is_seeded_has_calls_and_goes_on(name: str) -> None:
    """The same seed gives the same numbers, another seed others, all from 0 to 1."""
    first, again, other = (GENERATORS[name](seed, TYPES.get(name, ("float64",))[0]) for seed in (1, 1, 2))
    numbers = first.uniform_numbers(2, 5)
    assert first.calls
    assert (numbers == again.uniform_numbers(2, 5)).all()
    assert (numbers != other.uniform_numbers(2, 5)).any()
    assert 0 <= numbers.min() < numbers.max() < 1
