"""The parts of a run."""

from collections import Counter

from reference.graph import FUNCTIONS
from verification.random_examples.generator.stated import EXACT
from verification.random_examples.parts import ITERATION, MOST_OF_PART, STATED, Part, made, parts
from verification.random_examples.texts.examples import RandomExample


def test_parts_make_as_many_examples_as_are_asked_for() -> None:
    """A quarter of them iterations, and a quarter other calculations, with every function; no part is large."""
    cut = list(parts(1000, 0))
    assert sum(part.examples for part in cut) == 1000
    assert sum(part.examples for part in cut if len(part.words) == 1) == 250 - 62
    assert sum(part.examples for part in cut if part.words[0] == STATED) == 62
    assert {part.words[1] for part in cut if part.words[0] == STATED} == set(EXACT)
    assert sum(part.examples for part in cut if part.words[0] == ITERATION) == 250
    assert {part.words[1] for part in cut if part.words[0] == ITERATION} == set(FUNCTIONS)
    assert {part.words[0] for part in cut if len(part.words) == 1} == set(FUNCTIONS)
    assert max(part.examples for part in cut) <= MOST_OF_PART


def test_every_part_has_a_seed_of_its_own() -> None:
    """Another run has others."""
    seeds = Counter(part.seed for seed in (0, 1) for part in parts(1000, seed))
    assert max(seeds.values()) == 1


def fixtures(part: Part) -> list[str]:
    """The fixtures of a part."""
    found: list[RandomExample] = []
    made(part, found.append)
    return [example.fixture("name") for example in found]


def test_the_same_seed_makes_the_same_examples() -> None:
    """Of every kind; another seed makes others."""
    for words in (("add",), (ITERATION, "add"), (STATED, "add"), ("cross entropy", "tanh")):
        first = fixtures(Part(words, 1, 4))
        assert len(first) == 4
        assert fixtures(Part(words, 1, 4)) == first
        assert fixtures(Part(words, 2, 4)) != first
