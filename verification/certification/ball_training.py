"""Training in ball arithmetic: the reference's own code, run so that every number comes with a proof of its digits.

Balls widen from epoch to epoch, by 28 bits in the million epochs of one net and by 14,000 bits in the 200,000 epochs of
another: interval arithmetic does not see that errors cancel. Precision is therefore chosen from what a short first attempt
loses, and raised again where it does not suffice. It is lowered during the training, as bits are lost: precision only says how
finely results are rounded, so that any value is sound, and later epochs become cheap.
"""

from collections.abc import Callable
from typing import Any

import flint

from adapters import Array, Progress
from adapters.reference.training import Trainer
from adapters.training import Run, train
from reference.comparisons import UndecidedError
from reference.network import Design, Signals, loss
from verification.exact.enclosures import as_ball
from verification.runs.networks import n_last_epochs
from worked_examples import FixtureError, NetworkExample

FIRST_BITS = 192  # bits of the first attempt: enough for every net whose balls widen slowly
PROBE = 2000  # bits from which on the bits that an attempt loses predict the rest
REQUIRED = 96  # bits that must be left at the end: 25 digits need 83
LOSS_BITS = 128  # the loss of every epoch is only compared; two logarithms at full precision would double the time
CHUNK = 200  # epochs after which the precision is adapted


class PrecisionError(ArithmeticError):
    """Balls that have become too wide; ``epoch`` is where, and ``question`` a comparison that they leave open, if it is one."""

    def __init__(self, epoch: int, question: str = "") -> None:
        super().__init__(f"too few bits are left at epoch {epoch}")
        self.epoch, self.question = epoch, question


class BallTrainer(Trainer):
    """The reference's trainer on balls, starting at a precision of ``bits``.

    Numbers of the type ``exact`` are rational as long as they can be, so that ties of decimals are decided too.
    """

    path = "balls"

    def __init__(self, example: NetworkExample, bits: int, progress: Callable[[int], None], number_type: str = "ball") -> None:
        self.bits, self.progress = bits, progress
        with flint.ctx.workprec(bits):
            super().__init__(example, number_type)

    @staticmethod
    def measure(design: Design, signals: Signals, t: Array) -> Any:
        """The loss at a lower precision."""
        with flint.ctx.workprec(LOSS_BITS):
            return loss(design, signals, t)

    def advance(self, limit: int) -> Progress:
        """See ``adapters.Trainer``.

        Raises:
            PrecisionError: where a comparison is undecided or too few bits are left.

        """
        while True:
            target = min(limit, self.epoch + CHUNK)
            try:
                with flint.ctx.workprec(self.bits):
                    reached = super().advance(target)
            except UndecidedError as error:
                raise PrecisionError(self.epoch, str(error)) from None
            self.lower_precision()
            self.progress(self.epoch)
            if reached.epoch < target or target == limit:
                return reached

    def lower_precision(self) -> None:
        """Use no more bits from now on than the widest parameter has left.

        Raises:
            PrecisionError: where fewer than ``REQUIRED`` are left.

        """
        with flint.ctx.workprec(self.bits):
            balls = [as_ball(number) for layer in self.layers for array in layer for number in array.ravel()]
        left = min(ball.rel_one_accuracy_bits() for ball in balls)
        if left < REQUIRED:
            raise PrecisionError(self.epoch)
        self.bits = min(self.bits, max(LOSS_BITS, left + 64))


def certify(example: NetworkExample, extra: set[int], progress: Callable[[int], None]) -> tuple[Run, int]:
    """The training in balls at the least precision that proves it, recorded as every run is, and the bits of its start.

    Raises:
        FixtureError: where the example has no training.

    """
    if example.training is None:
        raise FixtureError(f"{example.file}: no training to certify")
    bits = FIRST_BITS
    while True:
        try:
            trainer = BallTrainer(example, bits, progress)
            return train(trainer, example.training.max_epochs, extra, n_last=n_last_epochs(example)), bits
        except PrecisionError as error:
            bits = next_precision(bits, error.epoch, example.training.expected)


def next_precision(bits: int, epoch: int, epochs: int) -> int:
    """The precision of the next attempt, after one at ``bits`` that lost them by ``epoch`` of ``epochs``.

    Quadrupled while attempts are cheap; then what the lost bits predict, and a tenth more.
    """
    predicted = 1.1 * (bits - REQUIRED) * epochs / max(epoch, 1) + REQUIRED + 64
    return 4 * bits if bits < PROBE or predicted < bits else int(predicted)
