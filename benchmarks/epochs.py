"""Microseconds per epoch of one training: each engine, compiled and eager, beside a plain NumPy loop.

Run it with ``python -m benchmarks.epochs [ID]``; only the first example has a plain loop. Nothing is asserted: times depend on the
machine, ratios less so.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from adapters import ENGINES, Engine, installed, load_engine
from benchmarks.examples import chosen
from worked_examples import NetworkExample

EXAMPLE = "numpy-dnn/317_1"
PLAIN_EPOCHS, EAGER_EPOCHS, COMPILED_EPOCHS = 50_000, 2_000, 10_000_000
HEAD = f"{'path':22} {'us/epoch':>10} {'x plain NumPy':>14} {'x eager':>11} {'first epoch s':>14} {'epochs':>9}"


class Timing(NamedTuple):
    """Seconds of the first epoch (with compilation), microseconds per epoch after it, and the number of epochs timed."""

    first: float
    per_epoch: float
    epochs: int


def seconds(action: Callable[[], object]) -> float:
    """The seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def plain_loop(example: NetworkExample, epochs: int) -> None:
    """Train a two-layer sigmoid net by nothing but NumPy expressions, as one writes it from the book's formulas."""
    x, t = np.array(example.data.input, float), np.array(example.data.target, float)
    (wh, bh), (wo, bo) = [(layer.kernel, layer.bias[np.newaxis]) for layer in example.network.parameters("float64")]
    learning_rate, threshold = 0.01, 1e-7
    for _ in range(epochs):
        h = 1 / (1 + np.exp(-(x @ wh + bh)))
        o = 1 / (1 + np.exp(-(h @ wo + bo)))
        if np.sum((o - t) ** 2 / 2) < threshold:
            break
        ob = (o - t) * o * (1 - o)
        hb = ob @ wo.T * h * (1 - h)
        wh, bh = wh - learning_rate * (x.T @ hb), bh - learning_rate * hb
        wo, bo = wo - learning_rate * (h.T @ ob), bo - learning_rate * ob


def measure(engine: Engine, example: NetworkExample, compiled: bool, limit: int) -> Timing:
    """The timing of a training up to epoch ``limit``, or to where it stops."""
    trainer = engine.trainer(example, "float64", compiled)
    start = trainer.parameters()
    first = seconds(lambda: trainer.advance(1))
    trainer.restore(0, start)
    total = seconds(lambda: trainer.advance(limit))
    epochs = trainer.advance(limit).epoch
    return Timing(first, total / epochs * 1e6, epochs)


def engine_rows(
    name: str, example: NetworkExample, loop_time: float | None, eager_epochs: int, compiled_epochs: int
) -> Iterator[str]:
    """The rows of an engine's eager path and, where it has one, its compiled path; ``loop_time``: the NumPy loop's microseconds."""
    engine = load_engine(name)
    eager = measure(engine, example, compiled=False, limit=eager_epochs)
    yield row(f"{name} eager", eager, loop_time, eager.per_epoch)
    if "compiled training" not in engine.unsupported:
        yield row(f"{name} compiled", measure(engine, example, compiled=True, limit=compiled_epochs), loop_time, eager.per_epoch)


def row(label: str, timing: Timing, loop_time: float | None, eager_time: float) -> str:
    """One row of the table: how many times as fast as the plain loop, where there is one, and as the engine's eager path."""
    by_loop = "-" if loop_time is None else f"{loop_time / timing.per_epoch:.2f}"
    ratios = f"{by_loop:>14} {eager_time / timing.per_epoch:11.1f}"
    return f"{label:22} {timing.per_epoch:10.2f} {ratios} {timing.first:14.2f} {timing.epochs:9}"


def rows(
    example: NetworkExample,
    engines: Iterable[str],
    plain_epochs: int = PLAIN_EPOCHS,
    eager_epochs: int = EAGER_EPOCHS,
    compiled_epochs: int = COMPILED_EPOCHS,
) -> Iterator[str]:
    """The table, row by row as times are known."""
    yield f"{example.id}: {example.title}"
    yield HEAD
    loop_time = None
    if example.id == EXAMPLE:
        loop_time = seconds(lambda: plain_loop(example, plain_epochs)) / plain_epochs * 1e6
        yield f"{'plain NumPy loop':22} {loop_time:10.2f} {1:14.2f} {'-':>11} {'-':>14} {plain_epochs:9}"
    for name in engines:
        yield from engine_rows(name, example, loop_time, eager_epochs, compiled_epochs)


def main() -> None:
    """Print the table of the example that is named, or of the first."""
    (name,) = sys.argv[1:] or [EXAMPLE]
    for line in rows(chosen(name, NetworkExample), filter(installed, ENGINES)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
