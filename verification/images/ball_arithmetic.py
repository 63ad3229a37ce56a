"""Networks on images in ball arithmetic: the first update, and outputs."""

import flint

from adapters import Array, Parameters
from adapters.log_rows import Samples
from adapters.reference.training import Trainer
from verification.images.data import as_network, initial
from worked_examples import ImageExample


def updated_in_balls(example: ImageExample, batch: Samples, bits: int) -> list[Parameters]:
    """The parameters after the first update, in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        trainer = Trainer(as_network(example, initial(example, batch.x.shape[1]), batch), "ball")
        trainer.descend(*trainer.data)
        return trainer.parameters()[: len(trainer.layers)]


def outputs_in_balls(example: ImageExample, start: list[Parameters], x: Array, bits: int) -> Array:
    """The outputs in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return Trainer(as_network(example, start), "ball").outputs_for(x, len(x))
