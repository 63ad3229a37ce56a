"""Seconds for one epoch of numpy-dnn/324_1: 60,000 patterns of 784 drawn numbers, one update each, on every engine.

Run it with ``python -m benchmarks.one_pass [patterns]``. The book reports 22.5 s for NumPy, on a machine that it does not name. The
parameters after the epoch are compared with the reference's; nothing is asserted, for no bound is known after so many updates.
"""

import sys
import time

import numpy as np

from adapters import ENGINES, Array, Trainer, installed, load_engine
from worked_examples import NetworkExample, load_all

EXAMPLE, PATTERNS = "numpy-dnn/324_1", 60_000


def full(example: NetworkExample, samples: int) -> NetworkExample:
    """The example on more patterns of the same stream."""
    assert example.data.random is not None, "the example draws its data"
    drawn = type(example.data.random).model_validate(example.data.random.model_dump() | {"patterns": samples})
    return example.model_copy(update={"data": type(example.data)(random=drawn)})


def flat(trainer: Trainer) -> Array:
    """All parameters in a row."""
    return np.concatenate([np.ravel(array) for pair in trainer.parameters() for array in pair])


def main(samples: int) -> None:
    """Print the table; compilation is done in a first epoch that does not count."""
    found = load_all()[EXAMPLE]
    assert isinstance(found, NetworkExample), "324_1 is a network"
    example, right = full(found, samples), np.zeros(0)
    print(f"{EXAMPLE}: {samples:,} patterns; the book reports 22.5 s for 60,000")
    for name in filter(installed, ENGINES):
        trainer = load_engine(name).trainer(example, "float64", compiled=True)
        start = trainer.parameters()
        trainer.advance(1)
        trainer.restore(0, start)
        began = time.perf_counter()
        trainer.advance(1)
        seconds, got = time.perf_counter() - began, flat(trainer)
        right = right if right.size else got
        apart = np.linalg.norm(got - right) / np.linalg.norm(right)
        print(f"{name:10} {trainer.path:9} {seconds:8.2f} s, {apart:.1e} from the reference, relative to its norm", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PATTERNS)
