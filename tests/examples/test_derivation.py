"""The eight chain-rule expressions of backprop-notes, written out weight by weight, against every engine's gradients."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from adapters import ENGINES, load_engine
from reference.activations import ACTIVATIONS
from verification.exact import arithmetic
from worked_examples import NetworkExample


def chain_rule(example: NetworkExample) -> list[Any]:
    """``dF/dw1 ... dF/dw8`` of the 2-2-2 net, in balls, as the notes derive them: scalars, shared biases, no matrices.

    ``w1, w2`` lead to the first hidden unit, ``w3, w4`` to the second, ``w5, w6`` to the first output, ``w7, w8`` to the second.
    """
    (first, biases, *_), (second, more_biases, *_) = arithmetic.initial(example, "ball")
    (w1, w2, w3, w4), (w5, w6, w7, w8) = first.T.ravel(), second.T.ravel()
    b1, b2 = biases[0], more_biases[0]
    ((i1, i2),), ((target1, target2),) = example.data.numbers("ball")
    sigmoid = ACTIVATIONS["sigmoid"].value

    def out(net: Any) -> Any:
        return sigmoid(np.array([net]))[0]

    h1, h2 = out(w1 * i1 + w2 * i2 + b1), out(w3 * i1 + w4 * i2 + b1)
    o1, o2 = out(w5 * h1 + w6 * h2 + b2), out(w7 * h1 + w8 * h2 + b2)
    d1, d2 = -(target1 - o1) * o1 * (1 - o1), -(target2 - o2) * o2 * (1 - o2)
    to_h1, to_h2 = (d1 * w5 + d2 * w7) * h1 * (1 - h1), (d1 * w6 + d2 * w8) * h2 * (1 - h2)
    return [to_h1 * i1, to_h1 * i2, to_h2 * i1, to_h2 * i2, d1 * h1, d1 * h2, d2 * h1, d2 * h2]


@pytest.mark.parametrize("name", ENGINES)
def test_all_eight_expressions_are_the_gradients(name: str, network: Callable[[str], NetworkExample]) -> None:
    """Each derivative by the chain rule is the engine's gradient of its weight, within the rounding of one evaluation."""
    example = network("backprop-notes/derivation")
    derived = np.array(chain_rule(example), dtype=object)
    gradients = load_engine(name).evaluate(example, None, "float64").gradients
    bounds = arithmetic.bounds(example, None, "float64").gradients
    got, bound = (np.concatenate([pair.kernel.T.ravel() for pair in pairs]) for pairs in (gradients, bounds))
    radius = np.asarray(arithmetic.radius(derived), dtype=float)  # of the balls themselves, at their 53 bits
    assert np.all(np.asarray(arithmetic.distance(arithmetic.balls(got.astype(object)), derived), dtype=float) <= bound + radius)
