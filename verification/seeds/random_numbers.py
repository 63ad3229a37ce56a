"""The random numbers of one seed: kernels and orders of the samples, from ``numpy.random.RandomState``, whose stream is frozen."""

from collections.abc import Iterator, Mapping

import numpy as np

from adapters import Array
from reference.initializers import STANDARD_DEVIATIONS, draw
from verification.seeds.setups import Setup
from worked_examples.schema.seeded import KERNELS

DISTRIBUTIONS: Mapping[str, str] = {
    "he": "standard_normal times sqrt(2 / inputs)",
    "lecun": "standard_normal times sqrt(1 / inputs)",
    "glorot uniform": "uniform between -l and l, l = sqrt(6 / (inputs + outputs))",
}
ORDERS: Mapping[str, str] = {
    "sequential": "the order of the page, in every epoch",
    "swap shuffle": (
        "from the order of the epoch before, each position in turn swapped with position floor(samples * random_sample())"
    ),
    "permutation": "in each epoch the order that sorts as many numbers random_sample()",
}


def random_kernel(random: np.random.RandomState, distribution: str, shape: tuple[int, int]) -> Array:
    """A random kernel ``(inputs, outputs)``, filled row by row."""
    if distribution in STANDARD_DEVIATIONS:
        return draw(random, STANDARD_DEVIATIONS[distribution](*shape), shape)
    return KERNELS[distribution](random, *shape)


def random_start(setup: Setup, seed: int, epochs: int) -> tuple[list[Array], Array]:
    """The kernels of one seed, layer by layer, then the positions ``(epochs, samples)`` that its orders are made of."""
    random, samples = np.random.RandomState(seed), len(setup.inputs)
    shapes = zip(setup.units, setup.units[1:], strict=False)
    kernels = [random_kernel(random, name, shape) for name, shape in zip(setup.kernels, shapes, strict=True)]
    numbers = random.random_sample((0 if setup.order == "sequential" else epochs, samples))
    positions = np.argsort(numbers, axis=1, kind="stable") if setup.order == "permutation" else np.floor(samples * numbers)
    return kernels, positions.astype(np.int8)


def swap_shuffled(order: Array, positions: Array) -> Array:
    """The book's shuffle (numpy-dnn, 323_1): each position in turn is swapped with a random one; all ``(samples, seeds)``."""
    order, seeds = order.copy(), np.arange(order.shape[1])
    for position, other in enumerate(positions):
        sample = order[position].copy()
        order[position] = order[other, seeds]
        order[other, seeds] = sample
    return order


def sample_orders(setup: Setup, positions: Array) -> Iterator[Array]:
    """The order of the samples in each epoch, ``(samples, seeds)``, or ``(samples, 1)`` where it is always that of the page.

    ``positions`` is ``(epochs, samples, seeds)``.
    """
    first = np.arange(len(setup.inputs))[:, np.newaxis]
    while setup.order == "sequential":
        yield first
    order = np.repeat(first, positions.shape[2], axis=1)
    for of_epoch in positions:
        order = swap_shuffled(order, of_epoch) if setup.order == "swap shuffle" else of_epoch
        yield order
