"""A restricted Boltzmann machine of binary units: its conditional probabilities (dl-python, VIII.1).

Visible units ``v`` ``(N, visible)`` and hidden units ``h`` ``(N, hidden)`` with the energy ``E(v, h) = -v W h - v b - h c``, kernel
``W`` ``(visible, hidden)``. There are no weights within a layer, so that given one layer the units of the other are independent.
"""

from reference.activations import sigmoid, sigmoid_backward
from reference.comparisons import Array


def energy(v: Array, h: Array, kernel: Array, visible_bias: Array, hidden_bias: Array) -> Array:
    """``E(v, h)`` of each pair of rows, ``(N,)``."""
    return -((v @ kernel) * h).sum(axis=1) - v @ visible_bias - h @ hidden_bias


def hidden(v: Array, kernel: Array, hidden_bias: Array) -> Array:
    """``p(h_j = 1 | v) = sigmoid(v W + c)``, ``(N, hidden)``."""
    return sigmoid(v @ kernel + hidden_bias)


def hidden_backward(v: Array, kernel: Array, p: Array, dp: Array) -> tuple[Array, Array, Array]:
    """The gradients with respect to ``v``, the kernel and the hidden biases; ``dz`` is that of the pre-activations."""
    dz = sigmoid_backward(p, p, dp)
    return dz @ kernel.T, v.T @ dz, dz.sum(axis=0)


def visible(h: Array, kernel: Array, visible_bias: Array) -> Array:
    """``p(v_i = 1 | h) = sigmoid(h W^T + b)``, ``(N, visible)``: the same kernel, transposed."""
    return sigmoid(h @ kernel.T + visible_bias)


def visible_backward(h: Array, kernel: Array, p: Array, dp: Array) -> tuple[Array, Array, Array]:
    """The gradients with respect to ``h``, the kernel and the visible biases; ``dz`` is that of the pre-activations."""
    dz = sigmoid_backward(p, p, dp)
    return dz @ kernel, dz.T @ h, dz.sum(axis=0)
