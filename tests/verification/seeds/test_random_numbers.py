"""The random numbers of one seed."""

import numpy as np

from verification.seeds.random_numbers import random_start, random_starts, sample_orders
from verification.seeds.random_numbers import swap_shuffled as swap_shuffled_order
from verification.seeds.setups import Setup


def test_the_parameters_are_the_recipe_s(one_sample: Setup) -> None:
    """As a listing after ``np.random.seed(5)`` gets them."""
    np.random.seed(5)  # noqa: NPY002 -- the listings' way
    kernels = [np.random.randn(7, 8) / np.sqrt(7 / 2), np.random.randn(8, 4) / np.sqrt(8)]  # noqa: NPY002
    for layer, kernel in zip(random_start(one_sample, 5, 0)[0], kernels, strict=True):
        assert np.array_equal(layer.kernel, kernel)
        assert not layer.bias.any()


def test_all_seeds_lie_in_the_last_axis(xor: Setup) -> None:
    """Parameters and positions of two seeds are those of each."""
    layers, positions = random_starts(xor, (3, 4), 2)
    for at, seed in enumerate((3, 4)):
        alone, of_seed = random_start(xor, seed, 2)
        assert np.array_equal(positions[..., at], of_seed)
        assert all(np.array_equal(a.kernel[..., at], b.kernel) for a, b in zip(layers, alone, strict=True))


def test_kernels_come_before_the_numbers_for_the_orders(swap_shuffled: Setup) -> None:
    """More epochs do not change the kernels, nor the positions of earlier epochs."""
    (few, first), (many, both) = (random_start(swap_shuffled, 5, epochs) for epochs in (1, 2))
    assert all(np.array_equal(a.kernel, b.kernel) for a, b in zip(few, many, strict=True))
    assert np.array_equal(first[0], both[0])


def test_a_permutation_has_every_sample_once(xor: Setup) -> None:
    """Positions of a permutation are the order itself."""
    assert all(sorted(order) == [0, 1, 2, 3] for order in random_start(xor, 0, 50)[1].tolist())


def test_the_shuffle_is_the_book_s(swap_shuffled: Setup) -> None:
    """The swaps of all seeds at once are those of the plain loop over positions, and continue from the order before."""
    positions = [random_start(swap_shuffled, seed, 4)[1] for seed in range(3)]
    orders, lists = sample_orders(swap_shuffled, np.stack(positions, axis=-1)), [list(range(10)) for _ in positions]
    for epoch in range(4):
        for order, of_seed in zip(lists, positions, strict=True):
            for position, other in enumerate(of_seed[epoch]):
                order[position], order[other] = order[other], order[position]
        assert next(orders).T.tolist() == lists


def test_one_swap() -> None:
    """Position 0 is swapped with 1, then position 1 with itself."""
    assert swap_shuffled_order(np.array([[0], [1]]), np.array([[1], [1]])).tolist() == [[1], [0]]


def test_the_order_of_the_page_never_ends(one_sample: Setup) -> None:
    """A sequential order is the same in every epoch, for all seeds."""
    orders = sample_orders(one_sample, np.zeros((0, 1, 2)))
    assert [next(orders).tolist() for _ in range(3)] == [[[0]]] * 3
