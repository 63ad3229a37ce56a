"""Networks on images in ball arithmetic: the first update, and outputs."""

import flint

from adapters import Array, Parameters
from adapters.log_rows import Samples
from adapters.reference.minibatch import EagerMinibatchTrainer
from verification.images.data import initial
from worked_examples import ImageExample


def updated_in_balls(example: ImageExample, batch: Samples, bits: int) -> list[Parameters]:
    """The parameters after the first update, in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        trainer = EagerMinibatchTrainer(example, initial(example, batch.x.shape[1]), "ball")
        trainer.update(batch.x, batch.labels)
        return trainer.parameters()


def outputs_in_balls(example: ImageExample, start: list[Parameters], x: Array, bits: int) -> Array:
    """The outputs in ball arithmetic of a given precision."""
    with flint.ctx.workprec(bits):
        return EagerMinibatchTrainer(example, start, "ball").outputs(x, len(x))
