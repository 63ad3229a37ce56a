"""The parts of a run: each has a seed of its own, so that they run side by side and can be repeated."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from verification.random_examples.generator.calculations import RECIPES, calculations
from verification.random_examples.generator.iterated.printed import iterations
from verification.random_examples.generator.layered.networks import layered_networks
from verification.random_examples.generator.layered.table import LAYERS
from verification.random_examples.generator.networks import networks
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.network import ACTIVATIONS, LOSSES

MOST_OF_PART = 20
STRATEGIES: Mapping[str, Callable[..., st.SearchStrategy[RandomExample]]] = {
    "calculation": calculations,
    "iteration": iterations,
    "layers": layered_networks,
    "dense network": networks,
}


class Part(NamedTuple):
    """So many examples of a kind of ``STRATEGIES``, with the things of these names."""

    kind: str
    names: tuple[str, ...]
    seed: int
    examples: int

    @property
    def strategy(self) -> st.SearchStrategy[RandomExample]:
        """What its examples are drawn from."""
        return STRATEGIES[self.kind](*self.names)


def names_of(kind: str) -> list[tuple[str, ...]]:
    """What examples of a kind are made with: every function, every type of layer, every loss with every activation."""
    if kind == "dense network":
        return list(product(sorted(LOSSES), ACTIVATIONS))
    return [(name,) for name in sorted(LAYERS if kind == "layers" else RECIPES)]


def parts(examples: int, seed: int) -> Iterator[Part]:
    """The parts of a run: as many examples of every kind, and of a kind as many of all names."""
    for kind, total in zip(STRATEGIES, shares(examples, len(STRATEGIES)), strict=True):
        names = names_of(kind)
        for name, count in zip(names, shares(total, len(names)), strict=True):
            for number, start in enumerate(range(0, count, MOST_OF_PART)):
                yield Part(kind, name, seed_of(seed, (kind, *name), number), min(MOST_OF_PART, count - start))


def shares(total: int, count: int) -> list[int]:
    """A number in so many nearly equal parts."""
    return [total // count + (position < total % count) for position in range(count)]


def seed_of(seed: int, words: tuple[str, ...], number: int) -> int:
    """A seed for each part: equal ones would give nearly the same examples for every function."""
    return zlib.crc32(f"{seed} {words} {number}".encode())


def made(part: Part, use: Callable[[RandomExample], None]) -> None:
    """Make the examples of a part and use each; the simplest one, with which hypothesis always begins, is left out."""
    first = [True]

    @seeded(part.seed)
    @settings(
        max_examples=part.examples + 1,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(part.strategy)
    def each(example: RandomExample) -> None:
        if first:
            first.clear()
        else:
            use(example)

    each()
