"""How long the checks of an example take, roughly: for the order of work, and for the estimate of what remains.

All numbers are seconds of one engine, the mean of the reference, Keras and PyTorch on two busy cores.
"""

from typing import Any

from verification.certification.files import certified_run
from verification.images.data import is_available
from verification.images.printed_rows import training
from verification.images.training_runs import rows_on_page
from verification.network_runs import LONG, updates_per_epoch
from verification.session import Session
from worked_examples import Example, ImageExample, NetworkExample

WITHOUT_TRAINING = 0.2
EAGER, EAGER_UPDATES_PER_SECOND = 0.4, 400  # a short training, the slowest engine's a millisecond an update
COMPILED, UPDATES_PER_SECOND = 3.0, 13_000  # until the loops are compiled, and then
PRETRAINED_ON_DIGITS, TRAINED_ON_DIGITS, PRETRAINED_ON_PAGE = 0.5, 7.0, 5.0
IMAGE_UPDATES_PER_SECOND, IMAGES_PER_SECOND = 4_000, 40_000


def cost(example: Example | Any, session: Session | None = None) -> float:
    """The estimated seconds of an example on one engine; images that a ``session`` does not have take no time."""
    if isinstance(example, ImageExample):
        return on_digits(example) + (on_page(example) if session is None or is_available(session, example) else 0.0)
    if isinstance(example, NetworkExample) and example.training:
        return of_training(epochs(example) * updates_per_epoch(example))
    return WITHOUT_TRAINING


def epochs(example: NetworkExample) -> int:
    """How many epochs a training takes: those of the book, or where it prints none, the certified ones, or all that may be made."""
    if example.training is None:
        return 0
    known = certified_run(example) if example.training.stopping_criterion and example.training.criterion.epoch is None else None
    return (known.stop_epoch if known else None) or example.training.expected


def of_training(updates: int) -> float:
    """The seconds of so many updates of a small network, compiled where they are many."""
    return EAGER + updates / EAGER_UPDATES_PER_SECOND if updates <= LONG else COMPILED + updates / UPDATES_PER_SECOND


def on_digits(example: ImageExample) -> float:
    """The seconds of the checks on scikit-learn's handwritten digits."""
    return TRAINED_ON_DIGITS if example.training else PRETRAINED_ON_DIGITS


def on_page(example: ImageExample) -> float:
    """The seconds of the checks on the page's own images."""
    if example.training is None:
        return PRETRAINED_ON_PAGE
    updates = rows_on_page(example)[-1]
    return updates / IMAGE_UPDATES_PER_SECOND + updates * training(example).batch_size / IMAGES_PER_SECOND
