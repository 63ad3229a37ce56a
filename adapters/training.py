"""A training run, the same for every engine: find the stop, advance to each checkpoint, record the last two epochs."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from adapters.protocol import Parameters, Progress, Trainer

PERIOD = 4  # epochs after which rounding may bring the parameters back to where they were, again and again


class DivergedError(ArithmeticError):
    """A training whose loss is not a finite number any more."""


class Run(NamedTuple):
    """A finished training, with parameters and losses at the recorded epochs.

    ``stop`` is the epoch at which the stopping criterion held (None: it never did), ``epochs`` the last epoch that was reached.
    ``stalled`` says that ``epochs`` is the first epoch from which no update changes anything any more (or only back and forth).
    ``restarted_stop`` is where a compiled loop stopped that was begun anew at every checkpoint; in any other loop, which makes the
    same statements whether or not it is interrupted, it is ``stop``.
    """

    stop: int | None
    epochs: int
    parameters: dict[int, list[Parameters]]
    losses: dict[int, Any]
    path: str
    stalled: bool = False
    restarted_stop: int | None = None


def checkpoints(limit: int) -> list[int]:
    """0, 1, 2, 5, 10, 20, 50, ... below ``limit``, and ``limit`` itself."""
    steps = [leading * 10**power for power in range(len(str(limit))) for leading in (1, 2, 5)]
    return [0, *(step for step in steps if step < limit), limit]


def train(trainer: Trainer, limit: int, extra: Iterable[int] = (), until_stalled: bool = False, n_last: int = 2) -> Run:
    """Train until the stopping criterion holds, or for ``limit`` epochs; record checkpoints, ``extra``, and the last epochs.

    A compiled loop is begun anew at every checkpoint, and what it does there may differ from what it does in between: its stop is
    found by one run without interruption, whose last epoch is recorded; the checkpoints are those of a second run from the start.

    With ``until_stalled`` the run also ends where it is stalled; this is tested at the recorded epochs, and then bisected. The stop
    is then that of the loop begun anew: without interruption a stalled training would go on to its limit.

    Raises:
        DivergedError: where the loss becomes inf or nan; the message names the epoch.

    """
    if trainer.path != "compiled" or until_stalled:
        return checkpointed(trainer, limit, extra, until_stalled, n_last)
    start, end = trainer.parameters(), Run(None, 0, {}, {}, trainer.path)
    epoch = record(trainer, limit, end).epoch
    stop = epoch if has_stopped(trainer, epoch, limit) else None
    trainer.restore(0, start)
    run = checkpointed(trainer, limit, extra, n_last=n_last)
    return run._replace(
        stop=stop, epochs=epoch, parameters=run.parameters | end.parameters, losses=run.losses | end.losses, restarted_stop=run.stop
    )


def checkpointed(trainer: Trainer, limit: int, extra: Iterable[int], until_stalled: bool = False, n_last: int = 2) -> Run:
    """The run from checkpoint to checkpoint; see ``train``."""
    run = Run(None, 0, {}, {}, trainer.path)
    for target in sorted({*checkpoints(limit), *(epoch for epoch in extra if epoch <= limit)}):
        epoch = record(trainer, target, run).epoch
        if epoch < target or (epoch == limit and has_stopped(trainer, epoch, limit)):
            return with_last(trainer, run._replace(stop=epoch, epochs=epoch, restarted_stop=epoch), n_last)
        if until_stalled and is_stalled(trainer, epoch, run.parameters[epoch]):
            return bisected(trainer, run, epoch)
    return run._replace(epochs=limit)


def has_stopped(trainer: Trainer, epoch: int, limit: int) -> bool:
    """Whether a run that is at ``epoch`` got there by the stopping criterion, which is tested once more at the limit."""
    return epoch < limit or trainer.advance(limit + 1).epoch == limit


def record(trainer: Trainer, target: int, run: Run) -> Progress:
    """Advance to ``target`` and record parameters and loss there.

    Raises:
        DivergedError: where the loss is inf or nan.

    """
    epoch, loss = trainer.advance(target)
    if not np.isfinite(float(loss)):
        raise DivergedError(f"the loss is {float(loss)} at epoch {epoch}; the learning rate is too large for these weights")
    run.parameters[epoch], run.losses[epoch] = trainer.parameters(), loss
    return Progress(epoch, loss)


def with_last(trainer: Trainer, run: Run, n_last: int) -> Run:
    """The run with so many of its last epochs recorded, those before the very last repeated from the checkpoint before them."""
    for before in range(run.epochs - n_last + 1, run.epochs):
        if before > 0 and before not in run.losses:
            earlier = max(epoch for epoch in run.losses if epoch < before)
            trainer.restore(earlier, run.parameters[earlier])
            record(trainer, before, run)
    return run


def is_stalled(trainer: Trainer, epoch: int, here: list[Parameters]) -> bool:
    """Whether the next epochs bring the parameters back to where they are; leaves the trainer as it was.

    Where the stopping criterion holds there are none: the training has stopped, and is not stalled.
    """
    further = trainer.advance(epoch + PERIOD).epoch
    pairs = zip(trainer.parameters(), here, strict=True)
    same = further > epoch and all(
        np.array_equal(array, before) for new, old in pairs for array, before in zip(new, old, strict=True)
    )
    trainer.restore(epoch, here)
    return same


def bisected(trainer: Trainer, run: Run, stalled: int) -> Run:
    """The run up to the first epoch at which it is stalled, found by bisection of the last interval."""
    moving = max((epoch for epoch in run.losses if epoch < stalled), default=-1)
    while stalled - moving > 1:
        middle = (moving + stalled) // 2
        trainer.restore(moving, run.parameters[moving])
        record(trainer, middle, run)
        if is_stalled(trainer, middle, run.parameters[middle]):
            stalled = middle
        else:
            moving = middle
    return run._replace(epochs=stalled, stalled=True)
