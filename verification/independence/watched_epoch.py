"""One epoch of a trainer that has trained already, from parameters that nobody has seen, watched."""

from typing import NamedTuple

from adapters import Parameters, Trainer
from verification.independence.unseen import unseen_parameters
from verification.independence.watcher import Watcher
from worked_examples import NetworkExample


class WatchedEpoch(NamedTuple):
    """Parameters before and after, the epoch reached, and who was called.

    Epoch 0 is reached where the stopping criterion holds before any update.
    """

    before: list[Parameters]
    after: list[Parameters]
    reached: int
    path: str
    watcher: Watcher


def watched_epoch(example: NetworkExample, trainer: Trainer, start: list[Parameters]) -> WatchedEpoch:
    """The trainer's first epoch from parameters near the ``start``; nothing is compiled anew."""
    before, watcher = unseen_parameters(example, start), Watcher()

    def train() -> tuple[int, list[Parameters]]:
        trainer.restore(0, before)
        return trainer.advance(1).epoch, trainer.parameters()

    reached, after = watcher.watch(f"{trainer.path} training", train)
    return WatchedEpoch(before, after, reached, trainer.path, watcher)
