"""States of an iteration that stand still in floating point although by exact numbers they go on: steps too small to be added."""

from collections.abc import Iterator

import numpy as np

from adapters import Array, Calculation
from worked_examples import CalculationExample

FAR = 0.5  # of the exact end, relatively: a state that has converged stands still near it


def stalled_states(example: CalculationExample, computed: Calculation, exact: Calculation, dtype: str) -> Iterator[str]:
    """A note for each such state, with the iteration from which on it does not change."""
    if example.iteration is None:
        return
    nodes = example.unrolled.repeated_names()
    for state in example.iteration.state:
        values = [computed.values[name] for name in nodes[state] if name in computed.values]
        end = exact.values[nodes[state][-1]].astype(float)
        start = still_from(values)
        is_number = np.all(np.isfinite(values[-1].astype(float))) and np.all(np.isfinite(end))
        if start < len(values) and is_number and not np.allclose(values[-1].astype(float), end, rtol=FAR):
            digits = ", ".join(f"{entry:.8e}" for entry in end.flat)
            yield (
                f"{state}: in {dtype} it does not change from iteration {start - 1 + example.iteration.first} on; "
                f"by exact numbers it ends at {digits}"
            )


def still_from(values: list[Array]) -> int:
    """The place from which on every array equals the one before it; their number where the last one differs."""
    place = len(values)
    while place > 1 and np.array_equal(values[place - 1], values[place - 2]):
        place -= 1
    return place
