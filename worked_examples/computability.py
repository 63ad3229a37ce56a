"""What a fixture asks for that cannot be computed, found when it is loaded, with the key, the reason and what to write instead.

A calculation is computed once when it is validated (``schema/dry_run.py``); here are the other kinds.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from reference import network
from reference.optimization import penalties
from worked_examples.expression.evaluation import evaluate
from worked_examples.limits import UPDATES
from worked_examples.printed.initial_quantities import formula_faults
from worked_examples.schema.base import DECIMAL
from worked_examples.schema.kinds.images import ImageExample
from worked_examples.schema.kinds.network import NetworkExample
from worked_examples.schema.log import Table
from worked_examples.schema.page import ExampleBase


def uncomputable(example: ExampleBase) -> Iterator[str]:
    """What of an example cannot be computed: key and message."""
    with np.errstate(all="ignore"):  # what overflows is told, not warned of
        yield from RULES.get(type(example), lambda _: ())(example)


def of_network(example: NetworkExample) -> Iterator[str]:
    """Numbers that overflow float64 in the first pass, forward or backward: no engine can compute them; and formulas of these."""
    layers, design = example.network.parameters("float64"), example.network.design("float64")
    x, t = example.data.numbers("float64")
    signals = network.forward(design, layers, x)
    for position, output in enumerate(signals.outputs):
        if not np.all(np.isfinite(output)):
            yield f"{key_of(example, position)}: the layer's output overflows float64; write smaller weights or data"
            return
    if not np.isfinite(network.loss(design, signals, t)):
        yield "data.target: the loss overflows float64; write smaller weights or data, so that no probability of a target is 0"
        return
    if design.penalty and not np.isfinite(penalties.value(design.penalty, layers)):
        yield "network.penalty: overflows float64; write smaller coefficients or weights"
        return
    gradients = network.backward(design, layers, x, signals, t).layers
    for position, pair in enumerate(gradients):
        if not all(np.all(np.isfinite(gradient)) for gradient in pair):
            yield f"{key_of(example, position)}: its gradient overflows float64; write smaller weights or data"
            return
    yield from formula_faults(example)


def key_of(example: NetworkExample, position: int) -> str:
    """The key of a layer's first parameter; of a layer without any, its own."""
    return ".".join((f"network.layers[{position}]", *list(example.network.layers[position].parameters)[:1]))


def of_images(example: ImageExample) -> Iterator[str]:
    """Rows of log tables that are no numbers, and formulas that have no value."""
    known: dict[str, Fraction] = {}
    for position, table in enumerate(example.blocks):
        key = example.key_of(position)
        if not table.lines:
            yield f"{key}.text: no row; accepted: rows that begin with a single number"
            return
        for row, texts in enumerate(table.lines):
            if wrong := [name for name, text in texts.items() if not DECIMAL.fullmatch(text)]:
                yield f"{key}.text: '{wrong[0]}' is {texts[wrong[0]]} in row {row + 1}; accepted: a finite decimal"
                return
            exact = known | {name: Fraction(text) for name, text in texts.items()}
            yield from (f"{key}.{fault}" for fault in row_faults(table, row, exact, list(texts)))
        known = exact


def row_faults(table: Table, row: int, known: Mapping[str, Fraction], names: list[str]) -> Iterator[str]:
    """Formulas of one row without a value, or with one that is not a number."""
    there = ("updates", *(f"formulas.{name}" for name in names))
    for key, text in ((key, text) for key, text in table.keyed_formulas.items() if key in there):
        try:
            value = evaluate(text, {**known, "line": Fraction(row)})
        except ValueError as error:
            yield f"{key}: in row {row + 1}, {error}"
            continue
        if key == "updates" and not is_count(value):
            yield f"updates: '{text}' is not a count of updates in row {row + 1}; accepted: whole numbers to {UPDATES:,}"
        elif not is_finite(value):
            yield f"{key}: '{text}' is not a number that float64 holds in row {row + 1}; accepted: a formula that is one"


def is_count(value: Any) -> bool:
    """Whether a value is a count of updates."""
    return isinstance(value, Fraction) and value.denominator == 1 and 0 <= value <= UPDATES


def is_finite(value: Any) -> bool:
    """Whether a value is a number that float64 holds."""
    try:
        return isinstance(value, Fraction | float) and math.isfinite(float(value))
    except OverflowError:
        return False


RULES: Mapping[type[ExampleBase], Callable[[Any], Iterator[str]]] = {
    NetworkExample: of_network,
    ImageExample: of_images,
}
