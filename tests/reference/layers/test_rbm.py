"""The restricted Boltzmann machine: its conditional probabilities are those of its energy."""

from collections.abc import Callable
from itertools import product
from typing import Any

import flint
import numpy as np

from reference.comparisons import Array
from reference.layers import rbm


def test_the_conditionals_are_those_of_the_joint_distribution(random_balls: Callable[..., Array]) -> None:
    """Over all hidden states of a small machine, p(h_j = 1 | v) is the probability of h_j = 1 under e^-E; visible ones likewise."""
    kernel, b, c = random_balls(3, 2), random_balls(3, seed=2), random_balls(2, seed=3)
    for v, h in product(product((0, 1), repeat=3), product((0, 1), repeat=2)):
        given_v = marginals([(other, rbm.energy(row(v), row(other), kernel, b, c)) for other in product((0, 1), repeat=2)])
        given_h = marginals([(other, rbm.energy(row(other), row(h), kernel, b, c)) for other in product((0, 1), repeat=3)])
        assert_overlap(rbm.hidden(row(v), kernel, c)[0], given_v)
        assert_overlap(rbm.visible(row(h), kernel, b)[0], given_h)


def row(bits: tuple[int, ...]) -> Array:
    """A state as a row of balls."""
    return np.array([[flint.arb(bit) for bit in bits]], dtype=object)


def marginals(states: list[tuple[tuple[int, ...], Any]]) -> list[Any]:
    """Of each unit, the probability of 1 among states with their energies, under weights ``e^-E``."""
    weights = [(state, np.exp(-energy)[0]) for state, energy in states]
    total = sum(weight for _, weight in weights)
    return [sum(weight for state, weight in weights if state[unit]) / total for unit in range(len(weights[0][0]))]


def assert_overlap(computed: Any, expected: list[Any]) -> None:
    """Two rows of narrow balls enclose the same numbers."""
    assert all(a.overlaps(b) and a.rad() < 1e-40 for a, b in zip(computed, expected, strict=True))


def test_gradients_of_both_conditionals(random_balls: Callable[..., Array], assert_gradient: Callable[..., None]) -> None:
    """Of a layer, the kernel that both share, and the biases of the other layer."""
    v, h, kernel, b, c = (
        random_balls(2, 3),
        random_balls(2, 2),
        random_balls(3, 2),
        random_balls(3, seed=2),
        random_balls(2, seed=3),
    )
    dv, dkernel, dc = rbm.hidden_backward(v, kernel, rbm.hidden(v, kernel, c), h)
    assert_gradient(lambda v: (rbm.hidden(v, kernel, c) * h).sum(), v, dv)
    assert_gradient(lambda kernel: (rbm.hidden(v, kernel, c) * h).sum(), kernel, dkernel)
    assert_gradient(lambda c: (rbm.hidden(v, kernel, c) * h).sum(), c, dc)
    dh, dkernel, db = rbm.visible_backward(h, kernel, rbm.visible(h, kernel, b), v)
    assert_gradient(lambda h: (rbm.visible(h, kernel, b) * v).sum(), h, dh)
    assert_gradient(lambda kernel: (rbm.visible(h, kernel, b) * v).sum(), kernel, dkernel)
    assert_gradient(lambda b: (rbm.visible(h, kernel, b) * v).sum(), b, db)
