"""Networks on images in ball arithmetic: balls around the outputs."""

from collections.abc import Callable

import numpy as np

from adapters.reference.training import Trainer
from verification.images.ball_arithmetic import outputs_in_balls
from verification.images.data import DIGITS, as_network, initial, scaled
from verification.session import Session
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]


def test_outputs_in_balls_are_those_in_float64(session: Session, image_example: ImageExamples) -> None:
    """One row a digit, ten classes; a network of two layers on 64 pixels loses less than 1e-12."""
    example, x = image_example("dl-python/mnist-pretrained"), scaled(session, DIGITS, "test", "255").x[:5]
    balls = outputs_in_balls(example, start := initial(example, 64), x, 53)
    floats = Trainer(as_network(example, start), "float64").outputs_for(x, len(x))
    assert balls.shape == floats.shape == (5, 10)
    assert np.all(np.abs(np.asarray(balls, dtype=float) - floats) < 1e-12)
