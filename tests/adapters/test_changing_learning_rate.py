"""Every optimizer under a learning rate that changes from step to step, over 24 steps."""

import pytest

from verification.checks.conventions import measured, side_of
from verification.convention_distances import apart, exact, within
from worked_examples import load_all
from worked_examples.schema.convention import DialectExample

RATES = ["0.1", "0.05", "0.2", "0.01"]
FILES = [example for name, example in load_all().items() if name in ("dl-python/optimizers", "dl-python/weight-decay")]
ENTRIES = {
    dialect.name: (example, dialect)
    for example in FILES
    if isinstance(example, DialectExample)
    for dialect in example.dialects
    if dialect.family in ("optimizer", "decay") and dialect.name != "learning-rate-in-float32"
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
    example, dialect = ENTRIES[name]
    probe = example.probe_of(dialect).model_copy(update={"rates": RATES})
    side = side_of(dialect, engine)
    found = measured(engine, dialect, probe, side.best)
    formula = side.really or dialect.book
    without_rate = {option: value for option, value in formula.options.items() if option != "rate"}
    ground = exact(dialect, probe, formula.model_copy(update={"options": without_rate}))
    assert within(dialect, found, ground), f"{apart(dialect, found, ground.values)} from the formula"
