"""What one check finds about one example on one engine."""

import math
from typing import Any, Literal

import numpy as np
from pydantic import Field

from verification.records.base import Digits, Outcome, Record
from verification.records.images import ImageFindings
from verification.records.printed import OnPage, PrintedNumber, StatementResult


class EpochCount(Record):
    """Where a training stops, as the book counts."""

    printed: int | None
    certified: int | None
    reached: int | None = Field(description="absent where the stopping criterion never holds")
    margin: Digits | None = Field(None, description="distance of the loss from the threshold, in units of the engine's error")


class Ending(Record):
    """How a training in a smaller floating-point type ends."""

    how: Literal["stopped", "stalled", "overflowed", "unfinished"]
    epoch: int | None = None
    loss: float | None = None
    reason: str = ""

    def __str__(self) -> str:
        at = "" if self.epoch is None else f"{self.epoch:,}"
        return at if self.how == "stopped" else f"{self.how} at {at}" if at else self.how


class Findings(Record):
    """What one check finds about one example on one engine."""

    example: str
    engine: str
    check: str
    dtype: str
    outcome: Outcome = Outcome.PASSED
    reason: str = Field("", description="why the check is not applicable, not judged or undecided")
    problems: list[str] = []
    next_step: str = Field("", description="what to do about the problems")
    notes: list[str] = []
    printed_numbers: list[PrintedNumber] | None = None
    n_unsupported: int = Field(0, description="printed numbers of formulas with a function that the engine does not have")
    n_not_judged: int = Field(0, description="printed numbers that need data which are not available")
    statements: list[StatementResult] | None = None
    epochs: EpochCount | None = None
    correct_digits: dict[str, Digits] = {}
    guaranteed_digits: float | None = Field(None, description="the digits that the divergence bound guarantees, where there is one")
    tightness: dict[str, float] = Field({}, description="by name of a bound: the largest error over bound")
    ending: Ending | None = None
    on_page: OnPage | None = Field(None, description="what of the print is found in the text of the document")
    proofs: dict[str, int] | None = Field(None, description="errata in words, by kind of evidence")
    outcomes: list[str] | None = Field(None, description="what a reader gets by running what is printed, for each erratum in words")
    places: dict[str, list[int]] = Field({}, description="the lines of the document's text in which each quote is found")
    images: ImageFindings = ImageFindings()
    versions: dict[str, str] = Field({}, description="the packages that computed")

    def note_digits(self, kind: str, digits: float) -> None:
        """Keep the correct digits of a kind of quantity: the fewest of all its arrays, rounded; ``exact`` where all are."""
        new: Digits = "exact" if digits == math.inf else round(digits, 2) if math.isfinite(digits) else 0.0
        known = self.correct_digits.get(kind, "exact")
        self.correct_digits[kind] = min((value for value in (new, known) if not isinstance(value, str)), default="exact")

    def note_tightness(self, name: str, errors: Any, bounds: Any) -> None:
        """Keep the largest error over bound of the bound of this name; where there is neither error nor bound, there is none.

        Errors without bound, and what is not a finite number, fail their check and say nothing about the bound.
        """
        errors, bounds = (np.ravel(np.asarray(array, dtype=float)) for array in (errors, bounds))
        usable = np.isfinite(errors) & np.isfinite(bounds) & (bounds > 0)
        if np.any(usable):
            largest = float(np.max(errors[usable] / bounds[usable]))
            self.tightness[name] = max(self.tightness.get(name, 0.0), float(f"{largest:.3g}"))
