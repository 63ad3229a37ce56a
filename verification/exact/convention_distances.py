"""How far an engine's call is from the book's formula, and how far rounding, or sampling, may take it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import flint
import numpy as np

from adapters import Array
from adapters.reference import conventions
from adapters.sample_statistics import BEYOND_TWO_SD
from verification.exact import arithmetic
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import Convention


class ExactConvention(NamedTuple):
    """The book's values and how far from them float64 may be, by name."""

    values: dict[str, Array]
    bounds: dict[str, Array]


def exact_convention(convention: Convention, probe: Probe, call: FrameworkCall) -> ExactConvention:
    """A formula in balls; the bounds are those of float64, or of sampling."""
    with flint.ctx.workprec(arithmetic.EXACT):
        enclosures = conventions.measure(convention.family, call, probe, "ball")
    values = {name: np.asarray(arithmetic.middle(balls), dtype=float) for name, balls in enclosures.items()}
    if not all(np.isfinite(array).all() for array in values.values()):  # balls know no infinity, the formula in float64 does
        values = conventions.measure(convention.family, call, probe)
    if convention.family == "initializer":
        return ExactConvention(values, sampling(values, probe))
    with flint.ctx.workprec(arithmetic.BITS["float64"]):
        rough = conventions.measure(convention.family, call, probe, "ball")
    # half a unit more: the exact value itself is rounded to float64 here
    return ExactConvention(
        values,
        {name: arithmetic.SAFETY_FACTOR * radii(balls) + np.spacing(np.abs(values[name])) for name, balls in rough.items()},
    )


def radii(balls: Array) -> Array:
    """The radii of balls as floats."""
    return np.asarray(arithmetic.radius(balls), dtype=float)


def sampling(values: Mapping[str, Array], probe: Probe) -> dict[str, Array]:
    """Five standard errors of a sample's deviation, sd / sqrt(2n), and of its fraction beyond two, sqrt(p (1 - p) / n)."""
    n = probe.fans[0] * probe.fans[1]
    fraction = values[BEYOND_TWO_SD]
    return {"deviation": 5 * values["deviation"] / np.sqrt(2 * n), BEYOND_TWO_SD: 5 * np.sqrt(fraction * (1 - fraction) / n)}


def compared(convention: Convention, first: Mapping[str, Array], second: Mapping[str, Array]) -> Iterator[tuple[str, Array, Array]]:
    """The arrays that are compared."""
    for name in convention.quantities or second:
        yield name, np.asarray(first[name], dtype=float), np.asarray(second[name], dtype=float)


def difference(convention: Convention, first: Mapping[str, Array], second: Mapping[str, Array]) -> float | str:
    """The greatest absolute difference, ``shape`` where there are more or fewer entries, ``infinite`` where only one is finite."""
    greatest = 0.0
    for _, a, b in compared(convention, first, second):
        if a.shape != b.shape:
            return "shape"
        finite = np.isfinite(a) & np.isfinite(b)
        if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
            return "infinite"
        greatest = max(greatest, float(np.max(np.abs(a[finite] - b[finite]), initial=0)))
    return greatest


def is_within(convention: Convention, computed: Mapping[str, Array], book: ExactConvention, times: int = 1) -> bool:
    """Whether every entry is as near to the exact one as rounding lets it."""
    with np.errstate(invalid="ignore"):  # two infinite values have no difference, but are equal
        return all(
            a.shape == b.shape and bool(np.all((np.abs(a - b) <= times * book.bounds[name]) | (a == b)))
            for name, a, b in compared(convention, computed, book.values)
        )
