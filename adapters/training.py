"""The course of a training, the same for every engine: advance to each checkpoint, find the stop, keep the last two epochs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from adapters import Parameters, Progress, Trainer

PERIOD = 4  # epochs after which rounding may bring a training back to where it was, again and again


class DivergedError(ArithmeticError):
    """A training whose loss is no longer a finite number."""


class Run(NamedTuple):
    """A finished training, with parameters and losses at the recorded epochs.

    ``stop`` is the stop epoch (None: the rule never held), ``epochs`` the last epoch that was reached; ``stuck`` says that it is
    the first epoch from which no update changes anything any more (or only back and forth).
    """

    stop: int | None
    epochs: int
    parameters: dict[int, list[Parameters]]
    losses: dict[int, Any]
    path: str
    stuck: bool = False


def checkpoints(limit: int) -> list[int]:
    """0, 1, 2, 5, 10, 20, 50, ... below ``limit``, and ``limit`` itself."""
    steps = [leading * 10**power for power in range(len(str(limit))) for leading in (1, 2, 5)]
    return [0, *(step for step in steps if step < limit), limit]


def train(trainer: Trainer, limit: int, extra: Iterable[int] = (), look_out: bool = False) -> Run:
    """Run a training to its stop, or to ``limit`` updates; record the checkpoints, ``extra``, and the last two epochs.

    With ``look_out`` it also ends where it is stuck; this is asked at the recorded epochs, and then narrowed down.

    Raises:
        DivergedError: where the loss becomes inf or nan; the message names the epoch.
    """
    run = Run(None, 0, {}, {}, trainer.path)
    for target in sorted({*checkpoints(limit), *(epoch for epoch in extra if epoch <= limit)}):
        epoch = record(trainer, target, run).epoch
        if epoch < target or (epoch == limit and trainer.advance(limit + 1).epoch == limit):
            return with_last_two(trainer, run._replace(stop=epoch, epochs=epoch))
        if look_out and is_stuck(trainer, epoch, run.parameters[epoch]):
            return narrowed(trainer, run, epoch)
    return run._replace(epochs=limit)


def record(trainer: Trainer, target: int, run: Run) -> Progress:
    """Advance to ``target`` and keep what is there; ``DivergedError`` where it is no number."""
    epoch, loss = trainer.advance(target)
    if not np.isfinite(float(loss)):
        raise DivergedError(f"the loss is {float(loss)} at epoch {epoch}; the learning rate is too large for these weights")
    run.parameters[epoch], run.losses[epoch] = trainer.parameters(), loss
    return Progress(epoch, loss)


def with_last_two(trainer: Trainer, run: Run) -> Run:
    """The run with the epoch before its last recorded too, replayed from the checkpoint before it."""
    before = run.epochs - 1
    if before > 0 and before not in run.losses:
        go_back(trainer, run, before)
        record(trainer, before, run)
    return run


def go_back(trainer: Trainer, run: Run, epoch: int) -> None:
    """Restore the last recorded epoch before ``epoch``."""
    earlier = max(recorded for recorded in run.losses if recorded < epoch)
    trainer.restore(earlier, run.parameters[earlier])


def is_stuck(trainer: Trainer, epoch: int, here: list[Parameters]) -> bool:
    """Whether the next epochs bring the parameters back to where they are; leaves the trainer as it was."""
    trainer.advance(epoch + PERIOD)
    same = all(
        np.array_equal(a, b) for new, old in zip(trainer.parameters(), here, strict=True) for a, b in zip(new, old, strict=True)
    )
    trainer.restore(epoch, here)
    return same


def narrowed(trainer: Trainer, run: Run, stuck: int) -> Run:
    """The run up to the first epoch at which it is stuck, found by halving the last interval."""
    free = max((epoch for epoch in run.losses if epoch < stuck), default=-1)
    while stuck - free > 1:
        middle = (free + stuck) // 2
        trainer.restore(free, run.parameters[free])
        record(trainer, middle, run)
        if is_stuck(trainer, middle, run.parameters[middle]):
            stuck = middle
        else:
            free = middle
    return run._replace(epochs=stuck, stuck=True)
