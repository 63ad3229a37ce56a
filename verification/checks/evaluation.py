"""Outputs, loss and gradients of one pass, against exact arithmetic."""

from typing import Any

import numpy as np

from adapters import Array
from verification import exact_arithmetic
from verification.failure import Record, diagnosis, fail
from verification.session import Case

READ_ADAPTER = "compare adapters/{} with the formulas in reference/network.py; all engines share the fixture's weights"


def compare(case: Case, kinds: tuple[str, ...], record: Record) -> None:
    """Compare one evaluation at the initial weights with the exact one, within the derived rounding bound."""
    triples = zip(
        exact_arithmetic.named(case.evaluate()),
        exact_arithmetic.named(exact_arithmetic.evaluate(case.example, None, exact_arithmetic.EXACT)),
        exact_arithmetic.named(exact_arithmetic.bounds(case.example, None, case.dtype)),
        strict=True,
    )
    problems = []
    for (kind, name, values), (_, _, exact), (_, _, bound) in triples:
        if kind not in kinds:
            continue
        record[kind] = min(record.get(kind, np.inf), exact_arithmetic.digits(values, exact))
        problems += differences(name, np.asarray(values), exact, np.asarray(bound))
    if problems:
        fail(case, problems, READ_ADAPTER.format(case.engine))


def differences(name: str, values: Array, exact: Any, bound: Array) -> list[str]:
    """One line for an array that has another shape, or an entry further from the exact one than its bound."""
    exact = np.asarray(exact, dtype=object)
    if values.shape != exact.shape:
        return [f"{name}: shape {values.shape}, expected {exact.shape}"]
    apart = np.asarray(exact_arithmetic.distance(exact_arithmetic.balls(values.astype(object)), exact), dtype=float)
    if np.all(apart <= bound):
        return []
    middles = np.asarray(exact_arithmetic.middle(exact), dtype=float)
    worst = np.unravel_index(np.argmax(apart - bound), apart.shape)
    place = f"{name} {[int(i) for i in worst]}" if worst else name
    found = f"computed {float(values[worst])!r}, exact {float(middles[worst])!r}"
    return [f"{place}: {found}, {apart[worst]:.1e} apart, bound {bound[worst]:.1e}{diagnosis(values, middles)}"]


def check_outputs(case: Case, record: Record) -> None:
    """The outputs of every layer and the loss are the exact ones, within the rounding bound."""
    compare(case, ("output", "loss"), record)


def check_gradients(case: Case, record: Record) -> None:
    """The gradients of every parameter and of the input are the exact ones, within the rounding bound."""
    compare(case, ("gradient",), record)
