"""The values and gradients of a calculation on an engine, against exact arithmetic."""

from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

import flint
import numpy as np

from adapters import Array, Calculation
from verification.case import Case
from verification.exact import arithmetic
from verification.exact.calculations import BITS, exact_calculation
from verification.exact.comparison import Note, differences, unbounded_note, unnoted
from verification.exact.enclosures import as_balls
from verification.exact.other_engines import evidence
from verification.exact.passes import wrong_passes
from verification.exact.undefined import undefined_gradients, undefined_note
from verification.records import Findings
from verification.rounding.overflow import overflowed, overflowing_steps, rounded
from verification.rounding.running_error import running_error
from worked_examples import CalculationExample

NOTHING = flint.arb(0)


def calculated(case: Case[CalculationExample]) -> Calculation:
    """The engine's calculation."""
    return case.session.once(("calculation", *case.key), lambda: case.engine.calculate(case.example, case.dtype))


class Expected(NamedTuple):
    """What values or gradients must be, by name: exact, how far rounding may take them, and rounded (some overflow).

    ``opened`` are those that hang on a comparison which rounding may turn; ``undefined`` are entries that have no value.
    """

    exact: Mapping[str, Array]
    bounds: Mapping[str, Array]
    rounded: Mapping[str, Array]
    opened: frozenset[str]
    note: Note
    undefined: Mapping[str, Array] = MappingProxyType({})


def wrong_values(case: Case[CalculationExample], findings: Findings) -> Iterator[str]:
    """Lines for values of steps and gradients that are absent or not the exact ones, within the bound of their own formulas."""
    exact = exact_calculation(case.session, case.example)  # first: how many passes there are is no engine's to find out
    computed = calculated(case)
    rough = running_error(case.example, exact, arithmetic.BITS[case.dtype])
    if computed.unsupported:
        findings.notes.append("; ".join(f"no {name}: {reason}" for name, reason in computed.unsupported.items()))
    with flint.ctx.workprec(BITS):
        values, gradients = as_balls_by_name(exact.values), as_balls_by_name(exact.gradients)
        steps = overflowing_steps(case.example.nodes, values, case.dtype)
        slopes = {name: rounded(array, case.dtype) for name, array in gradients.items()}
        notes = (partial(findings.note_tightness, name) for name in ("values", "value_gradients"))
        expected = Expected(values, bounds(rough.values), steps, rough.open_values, next(notes))
        yield from unlike(case, "values", expected, findings)
        undefined = undefined_gradients(values, gradients, calculated(case.on("reference")))
        findings.notes += undefined_note(undefined)
        of_gradients = Expected(gradients, bounds(rough.gradients), slopes, rough.open_gradients, next(notes), undefined)
        yield from unlike(case, "gradients", of_gradients, findings)
    yield from wrong_passes(case, computed, findings)
    yield from (f"{name}: none" for name in sorted(exact.values.keys() - computed.values.keys() - computed.unsupported.keys()))
    yield from (f"gradient of {name}: none" for name in without_gradient(case.example, computed, exact))


def as_balls_by_name(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Arrays of exact numbers as balls, at the precision that is set."""
    return {name: as_balls(array) for name, array in arrays.items()}


def bounds(rough: Mapping[str, Array]) -> dict[str, Array]:
    """How far rounding may take each array, from balls of the type's precision."""
    radii = {name: arithmetic.radius(array) for name, array in as_balls_by_name(rough).items()}
    return {name: np.asarray(arithmetic.SAFETY_FACTOR * radius, dtype=float) for name, radius in radii.items()}


def unlike(case: Case[CalculationExample], kind: str, expected: Expected, findings: Findings) -> Iterator[str]:
    """Lines for computed arrays that are not the exact ones; ``kind`` is ``values`` or ``gradients``.

    What hangs on a comparison that rounding may turn is not judged where the reference in the same type differs too.
    """
    title, computed = "gradient of " if kind == "gradients" else "", getattr(calculated(case), kind)
    known, unbounded = {*case.example.inputs, *(step.name for step in case.example.nodes)}, list[str]()
    for name, array in computed.items():
        if name not in known:
            yield f"{title}{name}: the example has no such step or input"
        if name not in expected.exact:  # a setting, or an exponent of a negative number: it has no gradient
            continue
        if case.example.iteration and not np.all(np.isfinite(expected.bounds[name])) and is_number(array, expected.exact[name]):
            unbounded.append(f"{title}{name}")
            continue
        lines = differing(name, array, expected, expected.note)
        of_reference = array_of(kind, name, case.on("reference"))
        is_open = name in expected.opened and is_number(array, expected.exact[name])
        turned = is_open and of_reference is not None and differing(name, of_reference, expected)
        if lines and turned:
            findings.notes.append(f"{title}{name} not judged: in {case.dtype}, rounding turns a comparison that it depends on")
            continue
        for line in lines:
            yield title + line + evidence(case, array, expected.exact[name], expected.bounds[name], partial(array_of, kind, name))
    if unbounded:
        findings.notes.append(unbounded_note(unbounded, "all passes together"))


def is_number(array: Any, exact: Array) -> bool:
    """Whether an array has the right shape and no entry that is not a finite number: nothing else may hang on a comparison."""
    return np.shape(array) == exact.shape and bool(np.all(np.isfinite(np.asarray(array, dtype=float))))


def differing(name: str, array: Any, expected: Expected, note: Note | None = None) -> list[str]:
    """Lines for one array that is not the exact one; an entry that overflows as it must is compared with nothing else."""
    values, exact, bound = np.asarray(array), expected.exact[name], expected.bounds[name]
    overflow = overflowed(values, expected.rounded[name], exact)
    if name in expected.undefined and values.shape == exact.shape:
        overflow = overflow | expected.undefined[name]
    compared = (cleared(values, overflow, 0.0), cleared(exact, overflow, NOTHING), cleared(bound, overflow, 0.0))
    return differences(name, *compared, note or unnoted)


def array_of(kind: str, name: str, case: Case[CalculationExample]) -> Array | None:
    """The array of this kind and name that another engine calculates; None where it calculates none."""
    array: Array | None = getattr(calculated(case), kind).get(name)
    return array


def cleared(array: Array, entries: Array, zero: Any) -> Array:
    """A copy of an array with zeros in some entries; the array itself where there are none."""
    if not np.any(entries):
        return array
    copy = array.copy()
    copy[entries] = zero
    return copy


def without_gradient(example: CalculationExample, computed: Calculation, exact: Calculation) -> list[str]:
    """The inputs and steps without a gradient, although it is not 0; none where the final step is unsupported."""
    if example.final in computed.unsupported:
        return []
    absent = exact.gradients.keys() - computed.gradients.keys() - computed.unsupported.keys()
    return sorted(name for name in absent if np.any(exact.gradients[name] != 0))
