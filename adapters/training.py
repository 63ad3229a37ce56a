"""The course of a training, the same for every engine: advance to each checkpoint, find the stop, keep the last two epochs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from adapters import Parameters, Trainer


class DivergedError(ArithmeticError):
    """A training whose loss is no longer a finite number."""


class Run(NamedTuple):
    """A finished training: the stop epoch (None: the rule never held), and parameters and loss at the recorded epochs."""

    stop: int | None
    epochs: int
    parameters: dict[int, list[Parameters]]
    losses: dict[int, Any]
    path: str


def checkpoints(limit: int) -> list[int]:
    """0, 1, 2, 5, 10, 20, 50, ... below ``limit``, and ``limit`` itself."""
    steps = [leading * 10**power for power in range(len(str(limit))) for leading in (1, 2, 5)]
    return [0, *(step for step in steps if step < limit), limit]


def train(trainer: Trainer, limit: int, extra: Iterable[int] = ()) -> Run:
    """Run a training to its stop, or to ``limit`` updates; record the checkpoints, ``extra``, and the last two epochs.

    Raises:
        DivergedError: where the loss becomes inf or nan; the message names the epoch.

    """
    parameters: dict[int, list[Parameters]] = {}
    losses: dict[int, Any] = {}
    for target in sorted({*checkpoints(limit), *(epoch for epoch in extra if epoch <= limit)}):
        epoch, loss = trainer.advance(target)
        if not np.isfinite(float(loss)):
            raise DivergedError(f"the loss is {float(loss)} at epoch {epoch}; the learning rate is too large for these weights")
        parameters[epoch], losses[epoch] = trainer.parameters(), loss
        if epoch < target:
            break
    stopped = epoch < limit or trainer.advance(limit + 1).epoch == limit
    if stopped and epoch > 0 and epoch - 1 not in losses:
        earlier = max(recorded for recorded in losses if recorded < epoch)
        trainer.restore(earlier, parameters[earlier])
        losses[epoch - 1] = trainer.advance(epoch - 1).loss
        parameters[epoch - 1] = trainer.parameters()
    return Run(epoch if stopped else None, epoch, parameters, losses, trainer.path)
