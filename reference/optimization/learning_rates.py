"""Learning rates that change from epoch to epoch, counted from 0."""

from typing import Any


def step_decay(start: Any, times: Any, every: int, epoch: Any) -> Any:
    """``lr = start times^(epoch // every)``: multiplied by the same number every so many epochs (PyTorch's ``StepLR``)."""
    return start * times ** (epoch // every)


def inverse_time_decay(start: Any, decay: Any, epoch: Any) -> Any:
    """``lr = start / (1 + decay epoch)`` (Keras's ``InverseTimeDecay``, where a decay step is an epoch)."""
    return start / (1 + decay * epoch)
