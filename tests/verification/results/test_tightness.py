"""A bound that no error comes near is loose, by name; so is every bound of the checks that somebody multiplies by 1,000."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from verification.case import Case
from verification.check import judge
from verification.exact import arithmetic
from verification.records import Findings
from verification.registry import checks_of, unsupported
from verification.results.merging import tightness_of
from verification.results.tightness import FACTOR, FACTORS, loose_bounds
from verification.session import Session

TIGHT = dict.fromkeys(FACTORS, 1.0)
TWOLAYER = "dl-python/twolayer-backprop"
INJECTED = [
    ("outputs", "outputs", "backprop-notes/xor-four-inputs", "torch"),
    ("losses", "outputs", "numpy-dnn/317_3", "torch"),
    ("gradients", "gradients", "numpy-dnn/317_3", "torch"),
    ("values", "values", "dl-python/batch-norm", "torch"),
    ("value_gradients", "values", "dl-python/batch-norm", "torch"),
    ("one_epoch", "trajectory", "numpy-dnn/exercise-2x3", "torch"),
    ("trajectory", "trajectory", "linear-algebra/cheese-batch", "torch"),
    ("compiled", "compiled", "backprop-notes/xor-functional-wide", "torch"),
    ("conventions", "aligned", "ours/nets", "reference"),
    ("convention_pairs", "pairs", "ours/activations", "torch"),
    ("samples", "aligned", "dl-python/initializers", "torch"),
    ("first_update", "update", "study-notes/twolayer", "torch"),
    ("outputs_for_digits", "outputs", "study-notes/mnist-inference", "torch"),
    ("digits", "digits", TWOLAYER, "torch"),
    ("compiled_digits", "compiled", TWOLAYER, "keras"),
    ("numerical_gradients", "differences", "dl-python/twolayer-numerical", "torch"),
]


@pytest.mark.parametrize("name", FACTORS)
def test_a_bound_is_loose_beyond_its_factor(name: str) -> None:
    """One line with the measured and the expected part; just inside there is none."""
    factor = FACTORS[name]
    assert loose_bounds(TIGHT | {name: 1 / factor}) == []
    (line,) = loose_bounds(TIGHT | {name: np.nextafter(1 / factor, 0)})
    assert line == f"{name}: the largest error is {1 / factor:.1e} of it, expected is 1/{factor} at least"


@pytest.mark.parametrize("name", FACTORS)
def test_a_bound_that_nothing_was_compared_with_is_told(name: str) -> None:
    """A check that reports nothing any more has no tightness."""
    rest = {key: ratio for key, ratio in TIGHT.items() if key != name}
    assert loose_bounds(rest) == [f"{name}: no error was compared with it"]


def test_a_bound_without_an_entry_has_the_common_factor() -> None:
    """A new name is judged at once."""
    (line,) = loose_bounds(TIGHT | {"new": 0.5 / FACTOR})
    assert line.startswith("new: ")


def test_the_largest_of_all_examples_and_engines_counts(finding: Callable[..., Findings]) -> None:
    """In any order; a run without any has none."""
    found = [finding("outputs", tightness={"outputs": 0.1}), finding("outputs", "torch", tightness={"outputs": 0.3, "losses": 0.2})]
    for findings in (found, found[::-1]):
        assert tightness_of(findings) == {"losses": 0.2, "outputs": 0.3}
    assert tightness_of([]) == {}


def measured(check_name: str, example: Any, engine: str) -> dict[str, float]:
    """The tightness that one check sees, which passes."""
    session = Session([example])
    case = Case(example, engine, session)
    (check,) = (check for check in checks_of(case) if check.name == check_name)
    if reason := unsupported(check, case):
        pytest.skip(reason)
    findings = judge(check, case)
    assert findings.problems == []
    return findings.tightness


@pytest.mark.parametrize(("name", "check_name", "example_name", "engine"), INJECTED, ids=[row[0] for row in INJECTED])
def test_a_bound_multiplied_by_1000_is_noticed(
    name: str, check_name: str, example_name: str, engine: str, example: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An example with a large error is tight; with the safety factor 1,000 times as great its check still passes, loosely."""
    chosen = example(example_name)
    assert loose_bounds(TIGHT | {name: measured(check_name, chosen, engine)[name]}) == []
    real = Findings.note_tightness

    def loosened(self: Findings, of: str, errors: Any, bounds: Any) -> None:
        """As if the bound had been multiplied before the comparison."""
        real(self, of, errors, 1000 * np.asarray(bounds, dtype=float))

    if name in (
        "samples",
        "numerical_gradients",
    ):  # bounds without the safety factor of rounding, or not of it alone
        monkeypatch.setattr(Findings, "note_tightness", loosened)
    else:
        monkeypatch.setattr(arithmetic, "SAFETY_FACTOR", 1000 * arithmetic.SAFETY_FACTOR)
    (line,) = loose_bounds(TIGHT | {name: measured(check_name, chosen, engine)[name]})
    assert line.startswith(f"{name}: the largest error is ")


def test_every_bound_is_in_the_table_above() -> None:
    """A bound with a factor is one that is seen to be noticed."""
    assert {row[0] for row in INJECTED} == set(FACTORS)
