"""The parts of a run: each has a seed of its own, so that they run side by side and can be repeated."""

import zlib
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from verification.random_examples.generator.calculations import RECIPES, calculations
from verification.random_examples.generator.networks import networks
from verification.random_examples.generator.training.rules import ACTIVATIONS as OF_RULES
from verification.random_examples.generator.training.rules import units
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.losses import LOSSES
from verification.random_examples.truth.network import ACTIVATIONS

MOST_OF_PART = 20


class Part(NamedTuple):
    """So many examples of one function, of one loss and activation, or of units with one rule and activation."""

    words: tuple[str, ...]
    seed: int
    examples: int

    @property
    def strategy(self) -> st.SearchStrategy[RandomExample]:
        """What its examples are drawn from."""
        if len(self.words) == 1:
            return calculations(*self.words)
        return units(*self.words) if self.words[0] in OF_RULES else networks(*self.words)


def parts(examples: int, seed: int) -> Iterator[Part]:
    """The parts of a run: half of the examples calculations, with every function, half networks.

    These have every loss with every activation, and every rule with every activation of its units.
    """
    functions = [(name,) for name in sorted(RECIPES)]
    rules = [(rule, activation) for rule, activations in OF_RULES.items() for activation in activations]
    pairs = [*product(sorted(LOSSES), ACTIVATIONS), *rules]
    for kinds, total in ((functions, examples // 2), (pairs, examples - examples // 2)):
        for position, words in enumerate(kinds):
            count = total // len(kinds) + (position < total % len(kinds))
            for number, start in enumerate(range(0, count, MOST_OF_PART)):
                yield Part(words, seed_of(seed, words, number), min(MOST_OF_PART, count - start))


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
