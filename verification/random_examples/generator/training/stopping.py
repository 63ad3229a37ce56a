"""Random stopping criteria: one that holds at an epoch of a training, with a threshold near the loss or its change there."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.decimals import written
from verification.random_examples.truth.numbers import number, sign
from verification.random_examples.truth.stopping import CLASSES
from verification.random_examples.truth.training import Epoch

LEAST = 1e-12  # of a threshold: float64 stalls before it reaches much less


class Criterion(NamedTuple):
    """What is tested, and whether the threshold itself stops."""

    tests: str
    inclusive: bool


CRITERIA: Mapping[str, Criterion] = {
    "loss_below": Criterion("loss", inclusive=False),
    "loss_at_most": Criterion("loss", inclusive=True),
    "change_below": Criterion("change", inclusive=False),
    "change_at_most": Criterion("change", inclusive=True),
    "no_errors": Criterion("errors", inclusive=True),
}
"""The criteria by their keys in a fixture."""


@st.composite
def stopped(draw: st.DrawFn, table: dict[str, Any], reached: list[Epoch], first: int, *, of_classes: bool) -> list[Epoch]:
    """The epochs up to the one at which a criterion holds, which is written into the table; errors are of classes in most cases."""
    key = draw(st.sampled_from((*["no_errors" if of_classes else "loss_below"] * 2, "loss_at_most", *CRITERIA)))
    if key == "no_errors":
        threshold, limit = draw(st.sampled_from(sorted(CLASSES))), mpmath.mpf(0)
    else:
        threshold = draw(thresholds(reached, CRITERIA[key].tests))
        limit = number(threshold)
    for position, epoch in enumerate(reached):
        value = tested(CRITERIA[key].tests, threshold, reached[: position + 1])
        difference = None if value is None else sign(value - limit)
        if difference is not None and (difference < 0 or (difference == 0 and CRITERIA[key].inclusive)):
            table["stopping_criterion"] = {key: threshold, "epoch": epoch.number + first}
            table["max_epochs"] += draw(st.sampled_from((0, 1, 1000)))
            return reached[: position + 1]
    table["stopping_criterion"] = {key: threshold}
    return reached


def tested(tests: str, words: str, epochs: Sequence[Epoch]) -> Any:
    """What is tested at the last of some epochs; None where there is no loss, or none before it, or no error was looked for."""
    last = epochs[-1]
    if tests == "errors":
        return last.errors.get(words)
    if tests == "loss" or last.loss is None:
        return last.loss
    before = epochs[-2].loss if len(epochs) > 1 else None
    return None if before is None else abs(last.loss - before)


@st.composite
def thresholds(draw: st.DrawFn, reached: Sequence[Epoch], tests: str) -> str:
    """A number near what is tested at one of the epochs, where it is finite; 1 where nothing is."""
    values = [tested(tests, "", reached[: position + 1]) for position in range(len(reached))]
    if tests == "change":  # a fixture takes numbers above 0 only
        values = [value for value in values if value is not None and value >= LEAST] or [None]
    finite = [value for value in values if value is None or mpmath.isfinite(value)]
    values = [value for value in finite if value is None or not 0 < value < LEAST] or finite[:1] or [None]
    chosen = draw(st.sampled_from(values))
    return near(mpmath.mpf(1) if chosen is None else chosen, draw(st.integers(-1, 1)))


def near(value: Any, units: int) -> str:
    """A number to three significant digits, some units more or less; 0 where it is none."""
    if not sign(value):
        return "0"
    places = 2 - int(mpmath.floor(mpmath.log10(value)))
    whole = int(mpmath.nint(value * mpmath.mpf(10) ** places)) + units
    return written(whole, places) if places >= 0 else written(whole * 10**-places, 0)
