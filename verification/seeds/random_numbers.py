"""The random numbers of one seed: the parameters by the fixture's recipe, and from the same stream the orders of the samples."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from adapters import Array
from reference.layer_types.parameters import Layer
from verification.seeds.setups import Setup, side_by_side

ORDERS: Mapping[str, str] = {
    "sequential": "the order of the page, in every epoch",
    "swap shuffle": (
        "from the order of the epoch before, each position in turn swapped with position floor(samples * random number)"
    ),
    "permutation": "in each epoch the order that sorts as many random numbers",
}


def random_start(setup: Setup, seed: int, epochs: int) -> tuple[list[Layer], Array]:
    """The layers of one seed, then the positions ``(epochs, samples)`` that its orders are made of."""
    drawn, samples = setup.recipe.drawn(seed), len(setup.inputs)
    names = zip(setup.kernels, setup.biases, strict=True)
    layers = [Layer(*(drawn.arrays[name].astype(float) for name in pair)) for pair in names]
    numbers = drawn.stream.uniform_numbers(0 if setup.order == "sequential" else epochs, samples)
    positions = np.argsort(numbers, axis=1, kind="stable") if setup.order == "permutation" else np.floor(samples * numbers)
    return layers, positions.astype(np.int16)


def random_starts(setup: Setup, seeds: Sequence[int], epochs: int) -> tuple[list[Layer], Array]:
    """The layers of all seeds, kernels ``(inputs, outputs, seeds)`` and biases ``(outputs, seeds)``, and all positions."""
    starts, positions = zip(*(random_start(setup, seed, epochs) for seed in seeds), strict=True)
    layers = [
        Layer(side_by_side([of.kernel for of in of_layer]), side_by_side([of.bias for of in of_layer]))
        for of_layer in zip(*starts, strict=True)
    ]
    return layers, side_by_side(positions)


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
