"""The question asked of a claim in words about precision: which trainings of this suite bear it out, and which refute it."""

from collections.abc import Mapping
from typing import Any

from verification.checks.precision import expectations
from verification.failure import Record, fail
from verification.session import Case, training_of
from worked_examples.schema.precision import PrecisionExample


def arrivals(dtype: str, engine: str) -> dict[str, bool]:
    """For every training whose end is printed and recorded, whether it stops in the smaller type at the printed epoch."""
    outcomes = {name: found[dtype].get(engine) for name, found in expectations()["outcomes"].items() if dtype in found}
    stops = {name: training_of(name).stopping_criterion for name, outcome in outcomes.items() if outcome}
    return {name: outcomes[name].get("epochs") == stop.epoch for name, stop in stops.items() if stop and stop.epoch is not None}


def check_trainings(case: Case, record: Record) -> None:
    """Every training that is named ends in the smaller type as the fixture says; a note counts how many of all do."""
    claim = case.example
    assert isinstance(claim, PrecisionExample)
    found = arrivals(claim.dtype, case.engine)
    problems = [
        f"{it.example} in {claim.dtype}: {'does not arrive' if it.reaches_printed_epoch else 'arrives'} at the printed epoch, or is not recorded"
        for it in claim.trainings
        if found.get(it.example) is not it.reaches_printed_epoch
    ]
    if case.engine == "reference":
        record["notes"] = [f"{sum(found.values())} of {len(found)} trainings stop in {claim.dtype} at the printed epoch"]
    if problems:
        fail(
            case,
            problems,
            "see fixtures/precision.json; record it again with python -m verification.checks.precision, or correct the fixture",
        )


PRECISION_CHECKS: Mapping[str, Any] = {"trainings": check_trainings}
