"""Stopping criteria in PyTorch: the state of a loop is the loss, or two numbers, the loss and what the criterion needs besides.

With patience it is three: the loss of further data, the least one, and how many epochs there were since.
"""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from worked_examples.schema.trainings.stopping import StoppingCriterion

ERRORS: Mapping[str, Callable[[Tensor, Tensor], Tensor]] = {
    "above 0": lambda y, t: ((y > 0) != (t > 0)).any(dim=1).sum(),
    "above 0.5": lambda y, t: ((y > 0.5) != (t > 0.5)).any(dim=1).sum(),
    "arg max": lambda y, t: (y.argmax(dim=1) != t.argmax(dim=1)).sum(),
}


def before_first_epoch(criterion: StoppingCriterion, dtype: torch.dtype) -> Tensor:
    """A state that stops nothing."""
    far = torch.finfo(dtype).max / 4
    states = {"loss": float(criterion.threshold) + 1, "change": [far, -far], "errors": [1, 1], "patience": [1, far, 0]}
    return torch.tensor(states[criterion.tests], dtype=dtype)


def measured(criterion: StoppingCriterion, loss: Tensor, y: Tensor, t: Tensor) -> Tensor:
    """The loss of a batch, and where errors are counted their number behind it."""
    if criterion.no_errors is None:
        return loss
    return torch.stack([loss, ERRORS[criterion.no_errors](y, t).to(loss.dtype)])


def summed(criterion: StoppingCriterion, state: Tensor) -> Tensor:
    """What of a state is the sum of what was measured of batches."""
    return loss(state) if criterion.tests in ("change", "patience") else state


def begun(criterion: StoppingCriterion, now: Tensor, state: Tensor) -> Tensor:
    """The state of the present epoch, measured anew."""
    if criterion.tests == "patience":
        return state
    return torch.stack([now, state[1]]) if criterion.tests == "change" else now


def after(criterion: StoppingCriterion, now: Tensor, state: Tensor) -> Tensor:
    """The state after an epoch, of which ``now`` was measured, from that before it."""
    if criterion.tests == "patience":
        return watched(criterion, now.detach(), state)
    return torch.stack([now, state[0].detach()]) if criterion.tests == "change" else now


def watched(criterion: StoppingCriterion, loss: Tensor, state: Tensor) -> Tensor:
    """The loss of further data after an epoch, the least one, and how many epochs there were since."""
    is_lower = loss + float(criterion.min_delta or 0) < state[1]
    return torch.stack([loss, torch.where(is_lower, loss, state[1]), torch.where(is_lower, 0 * loss, state[2] + 1)])


def tested(criterion: StoppingCriterion, state: Tensor) -> Tensor:
    """What is compared with the threshold."""
    if criterion.tests == "loss":
        return state
    if criterion.patience:
        return criterion.patience - state[2]
    return (state[0] - state[1]).abs() if criterion.tests == "change" else state[1]


def loss(state: Tensor) -> Tensor:
    """The loss of a state, or of what was measured."""
    return state[0] if state.ndim else state
