"""The long trainings of the drawn examples, each seed as the page's program goes on."""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np

from adapters import Array
from verification.seeds.vectorized import Setup, VectorizedTraining, forward

Report: TypeAlias = Callable[[str], None]
STOP, LIMIT, EPOCHS = 1e-4, 1_000_000, 10_000  # numpy-dnn, 321_1 to 323_1
XOR_EPOCHS = (0, 1000, 2000, 3000)
SEGMENTS = """
1111110 0000
0110000 0001
1101101 0010
1111001 0011
0110011 0100
1011011 0101
0011111 0110
1110000 0111
1111111 1000
1110011 1001
"""


def segments(order: str, samples: slice = slice(None)) -> Setup:
    """The 7-8-4 net on the seven-segment patterns, which are I and T of numpy-dnn/321_2."""
    rows = [line.split() for line in SEGMENTS.split("\n") if line][samples]
    inputs, targets = (tuple(tuple(map(float, row[side])) for row in rows) for side in (0, 1))
    return Setup((7, 8, 4), ("relu", "sigmoid"), ("he", "lecun"), 0.01, order, inputs, targets)


def xor(inputs: int, hidden: int) -> Setup:
    """An XOR net in Keras's defaults, shuffled by ``fit``; its rate of 0.1 on the squared error is one of 0.2 on the half."""
    samples = tuple((float(a), float(b), *[0.0] * (inputs - 2)) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0)))
    draws = ("glorot uniform", "glorot uniform")
    return Setup((inputs, hidden, 1), ("sigmoid", "sigmoid"), draws, 0.2, "permutation", samples, ((0.0,), (1.0,), (1.0,), (0.0,)))


def stop(setup: Setup, seeds: int, report: Report) -> dict[str, Array]:
    """Train each seed until its error is small enough: the epoch, error and output ``(outputs, seeds)`` there, and who is dead.

    A seed is dead where, when the program's loop ends, it has not stopped and none of its hidden units has a positive sum.
    """
    course, left = VectorizedTraining(setup, range(seeds), 0), np.arange(seeds)
    found = {"epoch": np.full(seeds, np.inf), "error": np.full(seeds, np.nan), "output": np.full((setup.units[-1], seeds), np.nan)}
    for epoch in range(1, LIMIT + 1):
        now = course.epoch()
        if np.any(done := now.error < STOP):
            found["epoch"][left[done]], found["error"][left[done]] = epoch, now.error[done]
            found["output"][:, left[done]] = now.outputs[0][:, done]
            course.keep(~done)
            left = left[~done]
        if not left.size:
            break
        report(f"epoch {epoch:,} of at most {LIMIT:,}, {left.size:,} of {seeds:,} seeds not yet stopped")
    sums = forward(setup, course.layers, course.inputs)[0][0]
    return found | {"dead": np.isin(np.arange(seeds), left[~np.any(sums > 0, axis=0)])}


@cache
def last_pass(setup: Setup, seeds: int, report: Report) -> Array:
    """The outputs ``(patterns, outputs, seeds)`` of the last of 10,000 epochs, each computed before its own pattern's update.

    Raises:
        ArithmeticError: where 323_1's own stop rule would end a seed's training earlier; none has been seen to.
    """
    course = VectorizedTraining(setup, range(seeds), EPOCHS)
    for epoch in range(1, EPOCHS + 1):
        now = course.epoch()
        if np.any(now.error < STOP):
            raise ArithmeticError(f"a seed stops at epoch {epoch}: its error has fallen below {STOP}")
        report(f"epoch {epoch:,} of {EPOCHS:,}, {seeds:,} seeds")
    return now.by_pattern()


@cache
def xor_course(setup: Setup, seeds: int, report: Report) -> dict[int, Array]:
    """The outputs ``(patterns, 1, seeds)`` of an XOR net at ``XOR_EPOCHS``."""
    course = VectorizedTraining(setup, range(seeds), max(XOR_EPOCHS))
    found = {0: course.predict()}
    for epoch in range(1, max(XOR_EPOCHS) + 1):
        course.epoch()
        report(f"{'-'.join(map(str, setup.units))}, epoch {epoch:,} of {max(XOR_EPOCHS):,}, {seeds:,} seeds")
        if epoch in XOR_EPOCHS:
            found[epoch] = course.predict()
    return found
