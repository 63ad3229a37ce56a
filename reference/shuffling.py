"""The order in which patterns are learnt."""

from collections.abc import Iterator
from random import Random


def shuffled(samples: int, epochs: int, seed: int) -> Iterator[list[int]]:
    """The pattern of each update, epoch by epoch, by the shuffle of numpy-dnn, 323_1.

    One list is kept across epochs; before each, every position in turn is swapped with one drawn from all positions. (So not all
    orders are equally likely in one epoch: n^n draws do not divide evenly into n! orders.)
    """
    random, order = Random(seed), list(range(samples))  # noqa: S311 -- the listing's own generator, nothing secret
    for _ in range(epochs):
        for position in range(samples):
            other = random.randrange(0, samples)
            order[position], order[other] = order[other], order[position]
        yield list(order)
