"""The parts of a run: each has a seed of its own, so that they run side by side and can be repeated."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from verification.random_examples.generator.calculations import RECIPES, calculations
from verification.random_examples.generator.iterated.printed import iterations
from verification.random_examples.generator.networks import networks
from verification.random_examples.generator.stated import EXACT, stated
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.network import ACTIVATIONS, LOSSES

MOST_OF_PART = 20
ITERATION = "iteration"
STATED = "stated arithmetic"


class Part(NamedTuple):
    """So many examples of one function, of an iteration with one, or of one loss and activation."""

    words: tuple[str, ...]
    seed: int
    examples: int

    @property
    def strategy(self) -> st.SearchStrategy[RandomExample]:
        """What its examples are drawn from."""
        if self.words[0] == ITERATION:
            return iterations(*self.words[1:])
        if self.words[0] == STATED:
            return stated(*self.words[1:])
        return calculations(*self.words) if len(self.words) == 1 else networks(*self.words)


def parts(examples: int, seed: int) -> Iterator[Part]:
    """The parts of a run: half of the examples networks, with every loss and activation, half calculations, with every function.

    A quarter is iterated, a sixteenth printed in a stated arithmetic.
    """
    functions = [(name,) for name in sorted(RECIPES)]
    repeated = [(ITERATION, name) for name in sorted(RECIPES)]
    pairs = list(product(sorted(LOSSES), ACTIVATIONS))
    iterated, in_types = examples // 4, examples // 16
    calculated = examples // 2 - iterated - in_types
    shares: list[tuple[Sequence[tuple[str, ...]], int]] = [
        (functions, calculated),
        (repeated, iterated),
        ([(STATED, name) for name in EXACT], in_types),
        (pairs, examples - examples // 2),
    ]
    for kinds, total in shares:
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
