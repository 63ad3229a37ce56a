"""A network as the nodes of a calculation, and what a page prints of its epochs."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Parameters
from adapters.reference.engine import Engine
from verification.arithmetics.network_chain import evaluation, network_value, nodes, printed_at
from verification.arithmetics.rounded_chain import Carried
from verification.case import Case
from verification.exact import arithmetic
from worked_examples import NetworkExample
from worked_examples.printed.quantities import Quantity

Network = Callable[[str], NetworkExample]


@pytest.mark.parametrize(
    "name",
    ["numpy-dnn/311_1", "numpy-dnn/318_1", "numpy-dnn/317_1", "linear-algebra/cheese-batch", "ours/one-by-one", "ours/momentum"],
)
def test_without_prints_the_chain_is_the_network(name: str, network: Network) -> None:
    """Outputs, loss and gradients of the nodes are those of the reference, for every loss."""
    example = network(name)
    parameters = arithmetic.initial(example, "exact")[: len(example.network.layers)]
    chain = evaluation(example, parameters, Carried({}, {}))
    known = Engine().evaluate(example, None, "float64")
    for (_, name_, a), (_, _, b) in zip(arithmetic.named(chain), arithmetic.named(known), strict=True):
        assert np.allclose(np.asarray(a, dtype=float), np.asarray(b, dtype=float), rtol=1e-12, atol=1e-14), name_
    assert len(nodes(example)) >= 3 * len(example.network.layers) + 1


def test_prints_belong_to_their_epoch(network: Network) -> None:
    """What is printed after the update of epoch 78 is carried on in epoch 79, the gradients of 78 in epoch 78."""
    example = network("numpy-dnn/311_1")
    parameters: list[Parameters] = arithmetic.initial(example, "exact")
    before, after = printed_at(example, 78, parameters), printed_at(example, 79, parameters)
    assert before.gradients["layer 1 kernel"]
    assert "layer 1 kernel" not in before.values
    assert after.values["layer 1 kernel"]
    assert before.values["layer 1 output"] == {(0, 0): "27.000", (0, 1): "-30.000"}


def test_no_chain_carries_the_state_of_an_optimizer(network: Network) -> None:
    """After an update nothing bounds its numbers, so that they stay undecided; before the first there is the page's own pass."""
    case = Case(network("ours/momentum"), "reference")
    after = network_value(case, Quantity("loss"), 1)
    assert after
    assert (after.of, after.radius.is_finite()) == ("no rounded chain with momentum", False)
    before = network_value(case, Quantity("loss"), 0)
    assert before
    assert before.radius.is_finite()
