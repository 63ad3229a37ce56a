"""Shuffling: the sequence in which an epoch visits the samples."""

from collections.abc import Iterator
from random import Random


def shuffled(samples: int, epochs: int, seed: int) -> Iterator[list[int]]:
    """The sample of each update, epoch by epoch, by the swap shuffle of numpy-dnn, 323_1.

    One list serves all epochs; before each, every position in turn is swapped with a random one of all positions. (So not all
    permutations are equally likely in one epoch: n^n random choices do not divide evenly into n! permutations.)
    """
    random, permutation = Random(seed), list(range(samples))  # noqa: S311 -- the listing's own generator, nothing secret
    for _ in range(epochs):
        for position in range(samples):
            other = random.randrange(0, samples)
            permutation[position], permutation[other] = permutation[other], permutation[position]
        yield list(permutation)
