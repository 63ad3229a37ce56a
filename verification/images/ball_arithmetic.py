"""Networks on images in ball arithmetic: outputs."""

import flint

from adapters import Array, Parameters
from adapters.reference.training import Trainer
from verification.images.data import as_network
from worked_examples import ImageExample


def outputs_in_balls(example: ImageExample, start: list[Parameters], x: Array, bits: int) -> Array:
    """The outputs in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return Trainer(as_network(example, start), "ball").outputs_for(x, len(x))
