"""Microseconds per epoch of one training, side by side: each engine's compiled and ordinary path, and the plain NumPy loop.

Run it with ``python -m benchmarks.epochs``. Nothing is asserted: times depend on the machine, ratios less so.
"""

import time
from collections.abc import Callable

import numpy as np

from adapters import ENGINES, Engine, installed, load_engine
from worked_examples import NetworkExample, load_all

EXAMPLE = "numpy-dnn/317_1"
ORDINARY_EPOCHS = 2000


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def plain_loop(example: NetworkExample, epochs: int) -> None:
    """A two-layer sigmoid net trained by nothing but NumPy expressions, as one writes it from the book's formulas."""
    x, t = np.array(example.data.input, float), np.array(example.data.target, float)
    (wh, bh), (wo, bo) = [(np.array(layer.kernel, float), np.array([layer.bias], float)) for layer in example.network.layers]
    rate, threshold = 0.01, 1e-7
    for _ in range(epochs):
        h = 1 / (1 + np.exp(-(x @ wh + bh)))
        o = 1 / (1 + np.exp(-(h @ wo + bo)))
        if np.sum((o - t) ** 2 / 2) < threshold:
            break
        ob = (o - t) * o * (1 - o)
        hb = ob @ wo.T * h * (1 - h)
        wh, bh = wh - rate * (x.T @ hb), bh - rate * hb
        wo, bo = wo - rate * (h.T @ ob), bo - rate * ob


def measure(adapter: Engine, example: NetworkExample, compiled: bool) -> tuple[float, float, int]:
    """Seconds until the first epoch is done (compile time), microseconds per epoch from then on, and the epochs run."""
    trainer = adapter.trainer(example, "float64", compiled)
    start = trainer.parameters()
    first = seconds(lambda: trainer.advance(1))
    trainer.restore(0, start)
    limit = 10_000_000 if compiled else ORDINARY_EPOCHS
    total = seconds(lambda: trainer.advance(limit))
    epochs = trainer.advance(limit).epoch
    return first, total / epochs * 1e6, epochs


def main() -> None:
    """Print the table."""
    example = load_all()[EXAMPLE]
    assert isinstance(example, NetworkExample)
    plain = seconds(lambda: plain_loop(example, 50_000)) / 50_000 * 1e6
    print(f"{EXAMPLE}: {example.title}")
    print(f"{'path':22} {'us/epoch':>10} {'x plain NumPy':>14} {'x ordinary':>11} {'first epoch s':>14} {'epochs':>9}")
    print(f"{'plain NumPy loop':22} {plain:10.2f} {1:14.2f} {'-':>11} {'-':>14} {50_000:9}")
    for name in filter(installed, ENGINES):
        adapter, ordinary = load_engine(name), 0.0
        for compiled in (False,) if "compiled training" in adapter.unsupported else (False, True):
            first, epoch, epochs = measure(adapter, example, compiled)
            faster = f"{ordinary / epoch:.0f}" if compiled else "1"
            ordinary = epoch
            label = f"{name} {'compiled' if compiled else 'ordinary'}"
            print(f"{label:22} {epoch:10.2f} {plain / epoch:14.2f} {faster:>11} {first:14.2f} {epochs:9}", flush=True)


if __name__ == "__main__":
    main()
