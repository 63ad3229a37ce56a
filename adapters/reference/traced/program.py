"""One update of the reference, recorded, and the program around it in C."""

from typing import Any

import numpy as np

from adapters.protocol import Array
from adapters.reference.traced.c_code import BATCHES, FULL_BATCH, HEAD, REAL, update_code
from adapters.reference.traced.recording import Recorded, RecordingError, in_order, inputs
from adapters.reference.training import Trainer
from adapters.schedule import training_of
from reference.layer_types.parameters import Layer
from worked_examples import NetworkExample

LONGEST = 20_000  # operations in an update: more take the compiler longer than NumPy the training


def flat(trainer: Trainer) -> Array:
    """All numbers that an update changes, in a row: parameters, then the optimizer's state."""
    return np.concatenate([np.ravel(array) for layer in changing(trainer) for array in layer])


def changing(trainer: Trainer) -> list[Layer]:
    """The layers' parameters, and each array of the optimizer's state for all of them."""
    return [*trainer.layers, *(layer for of_layers in (trainer.steps.state if trainer.steps else []) for layer in of_layers)]


def put(trainer: Trainer, row: Array) -> None:
    """The inverse of ``flat``."""
    shaped, start, count = list[Layer](), 0, len(trainer.layers)
    for layer in changing(trainer):
        arrays = []
        for array in layer:
            arrays.append(row[start : start + array.size].reshape(array.shape))
            start += array.size
        shaped.append(Layer(*arrays))
    trainer.layers = shaped[:count]
    if trainer.steps:
        trainer.steps.state = [shaped[first : first + count] for first in range(count, len(shaped), count)]


def recorded_update(example: NetworkExample, dtype: str, size: int) -> str:
    """The code of an update with a batch of ``size`` samples.

    Raises:
        RecordingError: where the update cannot be recorded, or is too long.

    """
    trainer, rate = Trainer(example, dtype), Recorded("rate", "input")
    if (least := size * flat(trainer).size) > LONGEST:
        raise RecordingError(f"an update has {least:,} operations or more; accepted: {LONGEST:,}")
    x, t = (inputs(array[:1].repeat(size, axis=0), name) for array, name in zip(trainer.data, "xt", strict=True))
    put(trainer, inputs(flat(trainer), "p"))
    trainer.learning_rate, trainer.rate_changes = rate, False
    if trainer.steps:
        trainer.steps.learning_rate, steps = (lambda _: rate), Recorded("steps", "input")
        setattr(trainer.steps, "t", steps)  # noqa: B010 -- a count that is recorded too
    try:
        _, loss = trainer.descend(x, t)
    except (TypeError, AttributeError, ValueError, IndexError, SystemError) as error:  # what NumPy raises for objects
        raise RecordingError(f"an update cannot be recorded: {error}") from None
    changed: list[Any] = list(flat(trainer))
    if (count := len(in_order([loss, *(each for each in changed if isinstance(each, Recorded))]))) > LONGEST:
        raise RecordingError(f"an update has {count:,} operations; accepted: {LONGEST:,}")
    return update_code(size, loss, changed, dtype)


def source(example: NetworkExample, dtype: str, visited: int) -> str:
    """The program in C; ``visited`` are the samples of an epoch.

    Raises:
        RecordingError: as above.

    """
    training, trainer = training_of(example), Trainer(example, dtype)
    samples, widths = example.data.samples, [int(np.prod(array.shape[1:])) for array in trainer.data]
    common = {"size": flat(trainer).size, "test": training.criterion.test}
    head = HEAD.format(real=REAL[dtype])
    if trainer.sample_order is None:
        return head + recorded_update(example, dtype, samples) + FULL_BATCH.format(batch=samples, **common)
    batch = min(trainer.batch_size, visited)
    sizes = [batch, *([visited % batch] if visited % batch else [])]
    calls = [f"update_{size}(p, of_x, of_t, rate, steps, q)" for size in sizes]
    program = BATCHES.format(
        inputs=widths[0],
        outputs=widths[1],
        call=f"n == {batch} ? {calls[0]} : {calls[1]}" if calls[1:] else calls[0],
        batch=batch,
        whole=visited // batch,
        rest=visited % batch,
        updates=-(-visited // batch),
        visited=visited,
        **common,
    )
    return head + "".join(recorded_update(example, dtype, size) for size in sizes) + program
