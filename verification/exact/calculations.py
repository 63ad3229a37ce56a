"""Calculations in exact arithmetic: rational as long as they can be, else in narrow balls."""

from pathlib import Path
from typing import Any

import flint
import numpy as np

from adapters import Array
from adapters.calculation import Calculation
from adapters.reference.engine import Engine
from reference.comparisons import UndecidedError
from reference.graph import Node
from verification.session import Session
from verification.verdicts.verdict import unit
from worked_examples import CalculationExample, FixtureError
from worked_examples.exact_numbers import Exact
from worked_examples.number_types import EXACT_BITS
from worked_examples.schema.kinds.calculation import CalculationTarget

BITS = EXACT_BITS
GREATEST = flint.arb(10) ** 100_000  # decimals of Python end at 1e999,999; floating-point types long before


def exactly(example: CalculationExample) -> Calculation:
    """The reference's calculation in exact numbers.

    Raises:
        FixtureError: where a step compares numbers that are equal, or nearly, and not rational; where it has a pole that rounding
            hides.

    """
    with flint.ctx.workprec(BITS):
        try:
            exact = Engine().calculate(example, "exact")
        except UndecidedError as error:
            raise FixtureError(f"{where(example)}: {open_comparison(example, error)}") from None
    if problem := hidden_pole(example, exact):
        raise FixtureError(f"{where(example)}: {problem}")
    return exact


def where(example: CalculationExample) -> str:
    """The example's file, or its id where it has none."""
    return str(example.file) if example.file != Path() else example.id


def hidden_pole(example: CalculationExample, exact: Calculation) -> str:
    """The first step whose exact value is not a number although all its operands are, and float64's is; empty for none."""
    if example.rounded:
        return ""
    floats, finite = Engine().calculate(example, "float64").values, {name: is_finite(array) for name, array in exact.values.items()}
    for step in example.nodes:
        has_pole = all(map(finite.__getitem__, step.operands)) and not finite[step.name]
        if has_pole and np.all(np.isfinite(floats[step.name].astype(float))):
            return (
                f"{place_of(example, step)}: {step.function}: not defined for these numbers, which only rounding in float64 "
                "hides; write inputs for which it is"
            )
    return ""


def is_finite(exact: Array) -> bool:
    """Whether all entries are enclosed."""
    return all(isinstance(entry, Exact) and entry.ball().is_finite() for entry in exact.flat)


def open_comparison(example: CalculationExample, error: UndecidedError) -> str:
    """The key of the step that compares, the reason, and what to write instead."""
    step = next(step for step in example.nodes if step.name == error.node)
    return f"{place_of(example, step)}: {step.function}: {error}, {BITS} bits; write operands that differ, or that are rational"


def place_of(example: CalculationExample, step: Node) -> str:
    """The line and the name of a step."""
    return example.unrolled.place(step.name)


def exact_calculation(session: Session, example: CalculationExample) -> Calculation:
    """What ``exactly`` says, computed once in a session."""
    return session.once(("exact calculation", example.id), lambda: exactly(example))


def calculation_as_printed(session: Session, example: CalculationExample) -> Calculation:
    """The exact calculation, or, where inputs are known only as printed, one in balls as wide as what is not known."""
    if not example.rounded:
        return exact_calculation(session, example)
    return session.once(("calculation as printed", example.id), lambda: exactly(as_printed(session, example)))


def as_printed(session: Session, example: CalculationExample) -> CalculationExample:
    """The example with inputs as wide as what is not known of them; its passes may end elsewhere."""
    return session.once(("as printed", example.id), lambda: example.model_copy(update={"inputs": widened(example)}))


def widened(example: CalculationExample) -> dict[str, Any]:
    """The inputs, those that are rounded as decimal strings with an error (``"0.25 +/- 0.005"``)."""
    widen: Any = np.frompyfunc(lambda text: f"{text} +/- {unit(text) / 2}", 1, 1)
    return {
        name: np.asarray(widen(np.array(array)), dtype=object).tolist() if name in example.rounded else array
        for name, array in example.inputs.items()
    }


def number(example: CalculationExample, known: Calculation, target: CalculationTarget, index: tuple[int, ...]) -> Any:
    """The number that a printed name and an index stand for.

    Raises:
        FixtureError: where the index lies outside the array, or the number is far beyond every floating-point type.

    """
    array = (known.gradients if target.gradient else known.values)[target.name]
    if target.attribute:
        part = np.asarray(array[target.entry]) if target.entry else array
        sizes = np.asarray(getattr(part, target.attribute))
        if len(index) != sizes.ndim or any(i >= extent for i, extent in zip(index, sizes.shape, strict=True)):
            raise FixtureError(
                f"{example.file}: printed: '{target.name}.{target.attribute}' has no {list(index)}; it is {sizes.tolist()}"
            )
        return float(sizes[index])
    entry = array[place(example, array.shape, target, index)]
    if not isinstance(entry, Exact | flint.arb):
        return float(entry)
    ball = entry.ball() if isinstance(entry, Exact) else entry
    if ball.is_finite() and abs(ball).overlaps(GREATEST):
        return flint.arb("nan")  # so wide that no digit is known
    if power := beyond(ball):
        raise FixtureError(
            f"{example.file}: steps: '{target.name}' has a magnitude {power}, which is not judged; write smaller inputs"
        )
    return entry


def beyond(ball: flint.arb) -> str:
    """Whether a number is, or may be, far above or below what floating-point types hold, in words; empty where it is not."""
    if not ball.is_finite() or ball == 0:
        return ""
    if not abs(ball) < GREATEST:
        return "above 1e100,000"
    return "below 1e-100,000" if abs(ball) * GREATEST < 1 else ""


def place(
    example: CalculationExample, shape: tuple[int, ...], target: CalculationTarget, index: tuple[int, ...]
) -> tuple[int, ...]:
    """The index in the whole array. A matrix of one row may be printed as a list, and a list of one number as a scalar.

    Raises:
        FixtureError: where it lies outside the array.

    """
    sizes = shape[len(target.entry) :]
    spare = len(index) - len(sizes)
    inner = index[spare:] if spare > 0 else (0,) * -spare + index
    whole = (*target.entry, *inner)
    left_out = sizes[: max(-spare, 0)]
    outside = any(i >= size for i, size in zip(whole, shape, strict=False))
    if outside or any(index[: max(spare, 0)]) or any(size != 1 for size in left_out):
        name = f"{target.name}{list(target.entry + index)}"
        raise FixtureError(f"{example.file}: printed: '{name}' lies outside an array of the shape {shape}")
    return whole
