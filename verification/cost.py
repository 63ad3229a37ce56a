"""How long the checks of an example take, roughly: for the order of work, and for the estimate of what remains."""

from typing import Any

from verification.images.printed_rows import all_updates
from worked_examples import Example, ImageExample, NetworkExample

UPDATES_PER_SECOND = 30_000  # of a small network on the slowest path
IMAGE_UPDATES_PER_SECOND = 300


def cost(example: Example | Any) -> float:
    """The estimated seconds of an example on one engine."""
    if isinstance(example, ImageExample):
        return 1 + (all_updates(example) or 10_000) / IMAGE_UPDATES_PER_SECOND
    if isinstance(example, NetworkExample) and example.training:
        return 1 + example.training.expected * example.training.updates(example.data.samples) / UPDATES_PER_SECOND
    return 1.0
