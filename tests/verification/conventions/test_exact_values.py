"""Exact values of conventions: their infinities at zeros, and the bounds of rounding and sampling."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np
import pytest

from adapters.sample_statistics import BEYOND_TWO_SD
from verification.conventions.exact_values import exact_convention, growth, sampling
from worked_examples import ConventionExample, load
from worked_examples.loading import ROOT
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.convention import Convention

EXAMPLE = load(ROOT / "ours" / "activations.toml")
assert isinstance(EXAMPLE, ConventionExample)
ONE: Convention = EXAMPLE.conventions[0].model_copy(update={"quantities": []})
PROBE = EXAMPLE.probe_of(ONE)


def test_the_exact_values_have_a_bound_of_some_units() -> None:
    """Rounding of float64: at least half a unit, and far below the twelfth digit."""
    distances = exact_convention(ONE, PROBE, ONE.book)
    for name, values in distances.values.items():
        finite = np.isfinite(distances.bounds[name])
        assert np.all(distances.bounds[name][finite] >= np.spacing(np.abs(values[finite])) / 2)
        assert np.all(distances.bounds[name][finite] <= 1e-12 * np.maximum(np.abs(values[finite]), 1))


def test_a_sample_has_five_standard_errors() -> None:
    """By hand: 10,000 numbers of deviation 2, of which a fifth lies beyond."""
    values = {"deviation": np.array(2.0), BEYOND_TWO_SD: np.array(0.2)}
    bounds = sampling(values, Probe(fans=[100, 100]))
    assert bounds["deviation"] == pytest.approx(5 * 2 / np.sqrt(20_000))
    assert bounds[BEYOND_TWO_SD] == pytest.approx(5 * np.sqrt(0.16 / 10_000))


@pytest.mark.parametrize(
    ("y", "t", "value", "gradient"),
    [
        (["1", "0"], ["0", "1"], np.inf, [0.0, -np.inf]),
        (["1", "0"], ["0", "-1"], -np.inf, [0.0, np.inf]),
        (["1", "0.5"], ["1", "0"], 0.0, [-1.0, 0.0]),
    ],
)
def test_a_formula_is_infinite_where_it_grows_without_end_at_a_zero(
    y: list[str], t: list[str], value: float, gradient: list[float]
) -> None:
    """The cross entropy -t ln p at p = 0, by its sign, and beside it what is finite."""
    probe = Probe(arrays={"y": [y], "t": [t]})
    exact = exact_convention(ONE, probe, FrameworkCall(call="cross entropy"))
    assert exact.values["value"] == value
    assert exact.values["gradient"].tolist() == [gradient]


def test_what_a_faulty_formula_gives_at_a_zero_is_not_taken_for_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference whose value is nan, or the square root of a negative number, has no exact value that an engine could equal."""

    def measured(factor: Any) -> Callable[..., dict[str, Any]]:
        return lambda *_: {"value": np.array([flint.arb(factor)], dtype=object)}

    for text in ("nan", "0 +/- inf"):
        monkeypatch.setattr("adapters.reference.conventions.measure", measured(text))
        assert np.isnan(exact_convention(ONE, PROBE, ONE.book).values["value"]).all()


@pytest.mark.parametrize(
    ("far", "near", "infinity"),
    [
        ("2302", "2302585", np.inf),
        ("-2302", "-2302585", -np.inf),
        ("2302", "230200", np.nan),
        ("2302", "230201", np.inf),
        ("2302", "-2302585", -np.inf),
        ("1", "nan", np.nan),
        ("nan", "1", np.nan),
        ("1", "0 +/- inf", np.nan),
    ],
)
def test_growth_without_end_is_a_hundredfold(far: str, near: str, infinity: float) -> None:
    """With certainty: balls that may be smaller do not grow."""
    assert str(growth(flint.arb(far), flint.arb(near))) == str(infinity)
