"""Recurrent layers ``(N, T, features)``, whose gates are columns in any order, by their names."""

from collections.abc import Callable
from typing import TypeAlias

import mpmath
import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.plain import Options, Weights, inputs_first
from verification.random_examples.truth.numbers import Array, array, entrywise
from verification.random_examples.truth.operations import dot, sigmoid

States: TypeAlias = tuple[Array, Array]
Cell: TypeAlias = Callable[[Options, Weights, Array, Array, Array], States]
LayerFunction: TypeAlias = Callable[..., Array]


def columns(p: Options, units: int, gate: str) -> slice:
    """Where the columns of a gate are."""
    place: int = p["gates"].index(gate)
    return slice(place * units, (place + 1) * units)


def gate_sum(p: Options, weights: Weights, x: Array, h: Array, gate: str) -> Array:
    """``x W + h U + b`` of one gate; both biases, where there are two."""
    mine = columns(p, h.shape[1], gate)
    sums = dot(x, weights["kernel"][:, mine]) + dot(h, weights["recurrent_kernel"][:, mine]) + weights["bias"][mine]
    return sums + weights["recurrent_bias"][mine] if "recurrent_bias" in weights else sums


def recurrent(p: Options, weights: Weights, x: Array, h: Array, c: Array) -> States:
    """``h = tanh(x W + h U + b)`` (Elman, 1990)."""
    return entrywise(mpmath.tanh, dot(x, weights["kernel"]) + dot(h, weights["recurrent_kernel"]) + weights["bias"]), c


def lstm(p: Options, weights: Weights, x: Array, h: Array, c: Array) -> States:
    """``c = f c + i g``, ``h = o tanh(c)`` (Gers, Schmidhuber, Cummins, 2000)."""
    i, f, g, o = (gate_sum(p, weights, x, h, gate) for gate in ("input", "forget", "candidate", "output"))
    c = entrywise(sigmoid, f) * c + entrywise(sigmoid, i) * entrywise(mpmath.tanh, g)
    return entrywise(sigmoid, o) * entrywise(mpmath.tanh, c), c


def gru(p: Options, weights: Weights, x: Array, h: Array, c: Array) -> States:
    """``h = z h + (1 - z) n`` (arXiv:1406.1078, equations 5 to 8), the reset gate before or after the product of the state."""
    z, r = (entrywise(sigmoid, gate_sum(p, weights, x, h, gate)) for gate in ("update", "reset"))
    mine = columns(p, h.shape[1], "candidate")
    kernel, bias = weights["recurrent_kernel"][:, mine], weights["bias"][mine]
    behind = p["reset"] == "after"
    recalled = r * (dot(h, kernel) + weights["recurrent_bias"][mine]) if behind else dot(r * h, kernel)
    return z * h + (1 - z) * entrywise(mpmath.tanh, dot(x, weights["kernel"][:, mine]) + bias + recalled), c


def sequence(cell: Cell) -> LayerFunction:
    """All states of a cell from the initial ones on, or the last state."""

    def value(branches: Branches, p: Options, weights: Weights, x: Array) -> Array:
        weights = {name: inputs_first(p, given) if "kernel" in name else given for name, given in weights.items()}
        h, c = (array([state] * len(x)) for state in (p["initial_state"], p["initial_cell"]))
        states = []
        for time in range(x.shape[1]):
            h, c = cell(p, weights, x[:, time], h, c)
            states.append(h)
        return np.stack(states, axis=1) if p["returns_sequences"] else h

    return value
