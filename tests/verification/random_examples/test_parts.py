"""The parts of a run."""

from collections import Counter

import pytest

from reference.activations import ACTIVATIONS
from reference.graph import FUNCTIONS
from verification.random_examples.generator.stated import EXACT
from verification.random_examples.parts import KINDS, MOST_OF_PART, Part, made, parts, shares
from verification.random_examples.texts.examples import RandomExample
from worked_examples.schema.layers.any_layer import TYPES
from worked_examples.schema.layers.network import OfLoss

LOSSES = next(set(word.accepted) for word in OfLoss.model_fields["loss"].metadata if hasattr(word, "accepted"))


def test_parts_make_as_many_examples_as_are_asked_for() -> None:
    """Each kind has its share; no part is large."""
    cut = list(parts(3000, 0))
    counts = Counter[str]()
    for part in cut:
        counts[part.kind] += part.examples
    assert counts == {name: 10 * kind.share for name, kind in KINDS.items()}
    assert max(part.examples for part in cut) <= MOST_OF_PART
    assert [sum(part.examples for part in parts(count, 0)) for count in (1, 7, 299)] == [1, 7, 299]


def test_the_examples_of_the_tests_have_all_that_fixtures_have() -> None:
    """Every function, every type of layer, every loss and every activation."""
    names = {kind: [part.names for part in parts(300, 0) if part.kind == kind] for kind in KINDS}
    functions = {(name,) for name in FUNCTIONS}
    assert set(names["calculation"]) == set(names["iteration"]) == functions
    assert set(names["stated arithmetic"]) == {(name,) for name in EXACT}
    assert set(names["layers"]) == {(name,) for name in TYPES}
    assert [set(of) for of in zip(*names["dense network"], strict=True)] == [LOSSES, set(ACTIVATIONS)]


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [(10, [1, 1], [5, 5]), (10, [3, 1, 1], [6, 2, 2]), (2, [1, 1, 1, 1], [0, 1, 0, 1]), (0, [1], [0])],
)
def test_a_number_in_parts(total: int, weights: list[int], expected: list[int]) -> None:
    """By weight; few are spread."""
    assert shares(total, weights) == expected


def test_every_part_has_a_seed_of_its_own() -> None:
    """Another run has others."""
    seeds = Counter(part.seed for seed in (0, 1) for part in parts(1000, seed))
    assert max(seeds.values()) == 1


def fixtures(part: Part) -> list[str]:
    """The fixtures of a part."""
    found: list[RandomExample] = []
    made(part, found.append)
    return [example.fixture("name") for example in found]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_examples(kind: str) -> None:
    """Another seed makes others."""
    first, again, other = (fixtures(Part(kind, KINDS[kind].names[0], seed, 4)) for seed in (1, 1, 2))
    assert len(first) == 4
    assert again == first
    assert other != first
