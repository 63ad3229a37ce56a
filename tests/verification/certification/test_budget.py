"""What certification costs, counted."""

from collections.abc import Callable

from verification.certification.budget import Budget
from worked_examples import NetworkExample


def test_more_updates_parameters_and_bits_cost_more(network: Callable[[str], NetworkExample]) -> None:
    """An epoch of four updates is dearer than one of one; so are a hundred parameters, and a thousand bits."""
    small, large, online = (network(f"numpy-dnn/{name}") for name in ("311_1", "321_1", "323_1"))
    assert Budget(small, 1.0).epoch(200) < Budget(large, 1.0).epoch(200) < Budget(online, 1.0).epoch(200)
    assert Budget(small, 1.0).epoch(1200) > 1.5 * Budget(small, 1.0).epoch(200)


def test_an_attempt_is_paid_for(network: Callable[[str], NetworkExample]) -> None:
    """Also one that got nowhere; in the end nothing can be afforded."""
    budget = Budget(network("numpy-dnn/311_1"), 1.0)
    epochs = budget.epochs(200)
    assert epochs > 1000
    assert budget.after(0, 200).seconds < budget.seconds
    assert budget.after(epochs, 200).epochs(200) == 0
