"""How long the checks of an example take, roughly: for the order of work, and for the estimate of what remains.

Measured on two cores, as means over the engines, in seconds: the compilation of a small network's training and one update of it;
of a network on images the checks on scikit-learn's handwritten digits, and an update and each of its samples on the page's images.
"""

from adapters.schedule import training_of
from verification.certification.files import committed_run
from verification.images.data import is_available
from verification.images.training_runs import rows_on_page
from verification.runs.networks import LONG, updates_per_epoch
from verification.session import Session
from worked_examples import Example, ImageExample, NetworkExample

LEAST = 0.2  # of the checks that train nothing
COMPILATION, UPDATE, EAGER_UPDATE = 1.5, 1 / 200_000, 1 / 900
PRETRAINED_ON_DIGITS, TRAINED_ON_DIGITS = 0.5, 3.5
IMAGE_UPDATE, IMAGE_SAMPLE = 1 / 6_000, 1 / 33_000
INFERENCE = 200_000  # samples that pretrained networks classify under all settings


def cost(example: Example, session: Session | None = None) -> float:
    """The estimated seconds of an example on one engine; images that a ``session`` does not have take no time."""
    if isinstance(example, ImageExample):
        return on_digits(example) + (on_page(example) if session is None or is_available(session, example) else 0.0)
    if isinstance(example, NetworkExample):
        return LEAST + of_training(epochs(example) * updates_per_epoch(example)) if example.training else LEAST
    return LEAST


def epochs(example: NetworkExample) -> int:
    """How many epochs a training takes: those of the book, or where it prints none, the certified ones, or all that may be made."""
    if example.training is None:
        return 0
    known = committed_run(example) if example.training.stopping_criterion and example.training.criterion.epoch is None else None
    return (known.stop_epoch if known else None) or example.training.expected


def of_training(updates: int) -> float:
    """The seconds of so many updates of a small network, compiled where they are many."""
    return updates * EAGER_UPDATE if updates <= LONG else COMPILATION + updates * UPDATE


def on_digits(example: ImageExample) -> float:
    """The seconds of the checks on scikit-learn's handwritten digits."""
    return TRAINED_ON_DIGITS if example.training else PRETRAINED_ON_DIGITS


def on_page(example: ImageExample) -> float:
    """The seconds of a training on the page's own images, or of inference."""
    if example.training is None:
        return INFERENCE * IMAGE_SAMPLE
    return rows_on_page(example)[-1] * (IMAGE_UPDATE + training_of(example).batch * IMAGE_SAMPLE)
