"""The parts of a run: each has a seed of its own, so that they run side by side and can be repeated."""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, product
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from verification.random_examples.draws import BY_SEED
from verification.random_examples.generator.calculations import RECIPES, calculations
from verification.random_examples.generator.iterated.printed import iterations
from verification.random_examples.generator.layered.networks import layered_networks
from verification.random_examples.generator.layered.table import LAYERS
from verification.random_examples.generator.networks import networks
from verification.random_examples.generator.stated import EXACT, stated
from verification.random_examples.generator.training.rules import ACTIVATIONS as OF_RULES
from verification.random_examples.generator.training.rules import units
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.losses import LOSSES
from verification.random_examples.truth.network import ACTIVATIONS

MOST_OF_PART = 20


class Kind(NamedTuple):
    """A kind of examples: what makes one with some names, all such names, and how many of 300 examples are of this kind."""

    strategy: Callable[..., st.SearchStrategy[RandomExample]]
    names: Sequence[tuple[str, ...]]
    share: int


FUNCTIONS = [(name,) for name in sorted(RECIPES)]
KINDS: Mapping[str, Kind] = {
    "calculation": Kind(calculations, FUNCTIONS, 65),
    "iteration": Kind(iterations, FUNCTIONS, 66),
    "stated arithmetic": Kind(stated, [(name,) for name in EXACT], 36),
    "layers": Kind(layered_networks, [(name,) for name in sorted(LAYERS)], 42),
    "dense network": Kind(networks, list(product(sorted(LOSSES), ACTIVATIONS)), 81),
    "rule": Kind(units, [(rule, activation) for rule, activations in OF_RULES.items() for activation in activations], 10),
}


class Part(NamedTuple):
    """So many examples of a kind of ``KINDS``, with the things of these names."""

    kind: str
    names: tuple[str, ...]
    seed: int
    examples: int

    @property
    def strategy(self) -> st.SearchStrategy[RandomExample]:
        """What its examples are drawn from."""
        return KINDS[self.kind].strategy(*self.names)


def parts(examples: int, seed: int) -> Iterator[Part]:
    """The parts of a run: each kind's share of the examples, and of a kind as many of all names."""
    for kind, total in zip(KINDS, shares(examples, [known.share for known in KINDS.values()]), strict=True):
        names = KINDS[kind].names
        for name, count in zip(names, shares(total, [1] * len(names)), strict=True):
            for number, start in enumerate(range(0, count, MOST_OF_PART)):
                yield Part(kind, name, seed_of(seed, (kind, *name), number), min(MOST_OF_PART, count - start))


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A number in parts of these weights, to the nearest; where there are fewer than parts, those with one are spread evenly."""
    ends = [end * total // sum(weights) for end in accumulate(weights)]
    return [end - start for start, end in pairwise([0, *ends])]


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
        backend=BY_SEED,
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
