"""Seconds for one epoch of numpy-dnn/324_1: 60,000 samples of 784 random numbers, batch size 1, on every engine.

Run it with ``python -m benchmarks.one_epoch [samples]``. The book reports 22.5 s for NumPy, on a machine that it does not name. The
parameters after the epoch are compared with the reference's; nothing is asserted, for no bound is known after so many updates.
"""

import sys
import time
from collections.abc import Iterable, Iterator

import numpy as np

from adapters import ENGINES, Array, Trainer, installed, load_engine
from benchmarks.examples import chosen
from worked_examples import NetworkExample

EXAMPLE, SAMPLES = "numpy-dnn/324_1", 60_000


def with_samples(example: NetworkExample, samples: int) -> NetworkExample:
    """The example with so many samples of the same random stream.

    Raises:
        ValueError: where its data are not random.

    """
    if example.data.random is None:
        raise ValueError(f"{example.id}: its data are printed, not random")
    random = type(example.data.random).model_validate(example.data.random.model_dump() | {"samples": samples})
    return example.model_copy(update={"data": type(example.data)(random=random)})


def flat(trainer: Trainer) -> Array:
    """All parameters in one vector."""
    return np.concatenate([np.ravel(array) for pair in trainer.parameters() for array in pair])


def timed_epoch(engine_name: str, example: NetworkExample) -> tuple[str, float, Array]:
    """The path, the seconds of one epoch, and the parameters after it; compilation is done in an epoch before."""
    trainer = load_engine(engine_name).trainer(example, "float64", compiled=True)
    start = trainer.parameters()
    trainer.advance(1)
    trainer.restore(0, start)
    begun = time.perf_counter()
    trainer.advance(1)
    return trainer.path, time.perf_counter() - begun, flat(trainer)


def rows(example: NetworkExample, engines: Iterable[str]) -> Iterator[str]:
    """One row for each engine; distances are from the parameters of the first."""
    first = np.zeros(0)
    for name in engines:
        path, seconds, parameters = timed_epoch(name, example)
        first = first if first.size else parameters
        distance = np.linalg.norm(parameters - first) / np.linalg.norm(first)
        yield f"{name:10} {path:9} {seconds:8.2f} s, {distance:.1e} from the reference, relative to its norm"


def main(samples: int) -> None:
    """Print the table."""
    print(f"{EXAMPLE}: {samples:,} samples; the book reports 22.5 s for 60,000")
    for line in rows(with_samples(chosen(EXAMPLE, NetworkExample), samples), filter(installed, ENGINES)):
        print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
