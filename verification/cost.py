"""How long the checks of an example take, roughly: for the order of work, and for the estimate of what remains.

Measured on two cores, as means over the engines: one update of a small network, and of a network on images an update and each
sample in it.
"""

from verification.images.printed_rows import all_updates
from verification.images.training_runs import LONGEST
from worked_examples import Example, ImageExample, NetworkExample

UPDATE = 1 / 30_000  # seconds
IMAGE_UPDATE, IMAGE_SAMPLE = 1 / 6_000, 1 / 33_000  # seconds
LEAST = 0.5  # seconds of the checks that train nothing
INFERENCE = 200_000  # samples that pretrained networks classify under all settings


def cost(example: Example) -> float:
    """The estimated seconds of an example on one engine."""
    if isinstance(example, ImageExample):
        return LEAST + image_cost(example)
    if isinstance(example, NetworkExample) and example.training:
        return LEAST + example.training.expected * example.training.updates(example.data.samples) * UPDATE
    return LEAST


def image_cost(example: ImageExample) -> float:
    """The estimated seconds of a training on images, or of inference."""
    training = example.training
    if training is None:
        return INFERENCE * IMAGE_SAMPLE
    updates = all_updates(example) if training.batch_size == 1 else min(all_updates(example), LONGEST)
    return updates * (IMAGE_UPDATE + training.batch_size * IMAGE_SAMPLE)
