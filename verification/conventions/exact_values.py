"""The exact values of a convention's formula, its infinities included, and how far rounding, or sampling, may take an engine."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import flint
import numpy as np

from adapters import Array
from adapters.reference import conventions
from adapters.sample_statistics import BEYOND_TWO_SD
from verification.exact import arithmetic
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import Convention

middle_of_finite: Callable[[Any], Array] = np.frompyfunc(lambda ball: float(ball.mid()) if ball.is_finite() else float("nan"), 1, 1)
NEAR_ZERO = "1e-1000", "1e-1000000"


class ExactConvention(NamedTuple):
    """The book's values and how far from them float64 may be, by name."""

    values: dict[str, Array]
    bounds: dict[str, Array]


def exact_convention(convention: Convention, probe: Probe, call: FrameworkCall) -> ExactConvention:
    """A formula in balls; the bounds are those of float64, or of sampling."""
    with flint.ctx.workprec(arithmetic.EXACT):
        values = with_infinities(convention, probe, call, conventions.measure(convention.family, call, probe, "ball"))
    if convention.family == "initializer":
        return ExactConvention(values, sampling(values, probe))
    with flint.ctx.workprec(arithmetic.BITS["float64"]):
        rough = conventions.measure(convention.family, call, probe, "ball")
    with np.errstate(invalid="ignore"):  # beside an infinity is no next number
        half_units = {name: np.spacing(np.abs(array)) for name, array in values.items()}
    # half a unit more: the exact value itself is rounded to float64 here
    return ExactConvention(
        values, {name: arithmetic.SAFETY_FACTOR * radii(balls) + half_units[name] for name, balls in rough.items()}
    )


def with_infinities(convention: Convention, probe: Probe, call: FrameworkCall, balls: Mapping[str, Array]) -> dict[str, Array]:
    """The middles of the balls; where there is no finite ball the infinity at a zero of the probe, or nan, which equals nothing."""
    values = {name: np.asarray(middle_of_finite(array), dtype=float) for name, array in balls.items()}
    if all(np.isfinite(array).all() for array in values.values()):
        return values
    infinities = infinities_at_zeros(convention, probe, call)
    return {name: np.where(np.isfinite(array), array, infinities[name]) for name, array in values.items()}


def infinities_at_zeros(convention: Convention, probe: Probe, call: FrameworkCall) -> dict[str, Array]:
    """An infinity where the formula grows without end as the zeros of its probe are approached from above; else nan.

    Balls know no infinity: ``log 0`` is none. A number so near to zero has a logarithm, and one whose exponent is 1,000 times as
    great has a logarithm 1,000 times as great; 100 times is taken for growth without end.
    """
    far, near = (conventions.measure(convention.family, call, with_zeros_at(probe, text), "ball") for text in NEAR_ZERO)

    def infinity(name: str) -> Array:
        a, b = (np.asarray(array, dtype=object) for array in (far[name], near[name]))
        return np.asarray(np.frompyfunc(growth, 2, 1)(a, b), dtype=float)

    return {name: infinity(name) for name in far}


def growth(far: flint.arb, near: flint.arb) -> float:
    """The infinity that two values of one sign lead to, of which the second is certainly 100 times as great; else nan."""
    if near > 100 * abs(far):
        return float("inf")
    return float("-inf") if near < -100 * abs(far) else float("nan")


def with_zeros_at(probe: Probe, text: str) -> Probe:
    """The probe with another number in the place of every zero."""

    def replaced(values: Any) -> Any:
        return [replaced(value) for value in values] if isinstance(values, list) else values if Decimal(values) else text

    return probe.model_copy(update={"arrays": {name: replaced(values) for name, values in probe.arrays.items()}})


def radii(balls: Array) -> Array:
    """The radii of balls as floats."""
    return np.asarray(arithmetic.radius(balls), dtype=float)


def sampling(values: Mapping[str, Array], probe: Probe) -> dict[str, Array]:
    """Five standard errors of a sample's mean, sd / sqrt(n), of its deviation, and of its fraction beyond two, sqrt(p (1 - p) / n).

    That of the deviation is sd / sqrt(2n).
    """
    n = probe.fans[0] * probe.fans[1]
    deviation, fraction = values["deviation"], values[BEYOND_TWO_SD]
    bounds = {
        "mean": deviation / np.sqrt(n),
        "deviation": deviation / np.sqrt(2 * n),
        BEYOND_TWO_SD: np.sqrt(fraction * (1 - fraction) / n),
    }
    return {name: np.asarray(5 * bound) for name, bound in bounds.items()}
