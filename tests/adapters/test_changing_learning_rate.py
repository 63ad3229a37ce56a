"""Every optimizer under a learning rate that changes from step to step, over 24 steps."""

import pytest

from verification.checks.conventions import measured, side_of
from verification.exact.convention_distances import apart, exact, within
from worked_examples import load_all
from worked_examples.schema.kinds.convention import ConventionExample

RATES = ["0.1", "0.05", "0.2", "0.01"]
FILES = [example for name, example in load_all().items() if name in ("dl-python/optimizers", "dl-python/weight-decay")]
ENTRIES = {
    convention.name: (example, convention)
    for example in FILES
    if isinstance(example, ConventionExample)
    for convention in example.conventions
    if convention.family in ("optimizer", "decay") and convention.name != "learning-rate-in-float32"
}
ONLY_AT_A_CONSTANT_RATE = {
    "momentum",
    "momentum-average",
    "momentum-dampened",
    "nesterov",
    "rmsprop-momentum",
    "weight-decay-momentum",
}
"""The frameworks keep the rate in different places of these: equal while it is constant; *-changing-rate says how they part."""


@pytest.mark.parametrize("engine", ["keras", "torch"])
@pytest.mark.parametrize("name", sorted(set(ENTRIES) - ONLY_AT_A_CONSTANT_RATE))
def test_the_settings_of_equality_hold_under_a_changing_rate(name: str, engine: str) -> None:
    """After each of 24 steps at four rates in turn, the parameters are those of the formula that the dialect states."""
    example, convention = ENTRIES[name]
    probe = example.probe_of(convention).model_copy(update={"rates": RATES})
    side = side_of(convention, engine)
    found = measured(engine, convention, probe, side.best)
    formula = side.actual_formula or convention.book
    without_rate = {option: value for option, value in formula.options.items() if option != "rate"}
    ground = exact(convention, probe, formula.model_copy(update={"options": without_rate}))
    assert within(convention, found, ground), f"{apart(convention, found, ground.values)} from the formula"
