"""The parts of a run."""

from collections import Counter
from itertools import product

import pytest

from reference.graph import FUNCTIONS
from reference.losses import LOSSES
from verification.random_examples.parts import MOST_OF_PART, STRATEGIES, Part, made, names_of, parts
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.network import ACTIVATIONS
from worked_examples.schema.layers.any_layer import TYPES


def test_parts_make_as_many_examples_as_are_asked_for() -> None:
    """As many of every kind; no part is large."""
    cut = list(parts(1001, 0))
    counts = Counter[str]()
    for part in cut:
        counts[part.kind] += part.examples
    assert counts == {"calculation": 251, "iteration": 250, "layers": 250, "dense network": 250}
    assert max(part.examples for part in cut) <= MOST_OF_PART


def test_every_kind_is_made_with_all_that_fixtures_have() -> None:
    """Every function, every type of layer, every loss with every activation."""
    names = {kind: {part.names for part in parts(1000, 0) if part.kind == kind} for kind in STRATEGIES}
    functions = {(name,) for name in FUNCTIONS}
    assert names["calculation"] == names["iteration"] == functions
    assert names["layers"] == {(name,) for name in TYPES}
    assert names["dense network"] == set(product(LOSSES, ACTIVATIONS))


def test_every_part_has_a_seed_of_its_own() -> None:
    """Another run has others."""
    seeds = Counter(part.seed for seed in (0, 1) for part in parts(1000, seed))
    assert max(seeds.values()) == 1


def fixtures(part: Part) -> list[str]:
    """The fixtures of a part."""
    found: list[RandomExample] = []
    made(part, found.append)
    return [example.fixture("name") for example in found]


@pytest.mark.parametrize("kind", STRATEGIES)
def test_the_same_seed_makes_the_same_examples(kind: str) -> None:
    """Another seed makes others."""
    first, again, other = (fixtures(Part(kind, names_of(kind)[0], seed, 4)) for seed in (1, 1, 2))
    assert len(first) == 4
    assert again == first
    assert other != first
