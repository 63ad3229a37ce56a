"""Networks on images in ball arithmetic: fewer bits give wider balls around the same values."""

from collections.abc import Callable

import flint
import numpy as np

from adapters.reference.training import Trainer
from verification.case import Case
from verification.exact import arithmetic
from verification.images.ball_arithmetic import outputs_in_balls, updated_in_balls
from verification.images.data import DIGITS, as_network, initial, scaled
from verification.images.training_runs import first_batch
from verification.session import Session
from worked_examples import ImageExample

ImageExamples = Callable[[str], ImageExample]


def test_the_balls_of_an_update_at_53_bits_contain_those_of_many(session: Session, image_example: ImageExamples) -> None:
    """The bias of the first layer after one update, at 53 bits and at high precision."""
    example = image_example("numpy-dnn/325_2")
    batch = first_batch(Case(example, "reference", session), DIGITS)
    exact, rough = (updated_in_balls(example, batch, bits)[0].bias for bits in (arithmetic.EXACT, 53))
    radii = np.asarray(arithmetic.radius(rough), dtype=float)
    assert np.all(radii >= np.asarray(arithmetic.radius(exact), dtype=float))
    assert radii.max() > 0
    with flint.ctx.workprec(arithmetic.EXACT):
        assert all(wide.contains(narrow) for wide, narrow in zip(rough.ravel(), exact.ravel(), strict=True))


def test_outputs_in_balls_are_those_in_float64(session: Session, image_example: ImageExamples) -> None:
    """One row a digit, ten classes; a network of two layers on 64 pixels loses less than 1e-12."""
    example, x = image_example("dl-python/mnist-pretrained"), scaled(session, DIGITS, "test", "255").x[:5]
    balls = outputs_in_balls(example, start := initial(example, 64), x, 53)
    floats = Trainer(as_network(example, start), "float64").outputs_for(x, len(x))
    assert balls.shape == floats.shape == (5, 10)
    assert np.all(np.abs(np.asarray(balls, dtype=float) - floats) < 1e-12)
