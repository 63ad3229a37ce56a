"""The engines' own initializers: mean and standard deviation of a sample, against the formula."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from verification.case import Case
from verification.exact.parameter_distances import beyond
from verification.records import Findings
from worked_examples import InitializerExample, InitializerFormula

NEXT_STEP = (
    "compare the initializer of {engine} with the formula: does it truncate, or take its fan from another side of the kernel?"
)


def check_sample(case: Case[InitializerExample], findings: Findings) -> Iterator[str]:
    """A sample by the engine's own initializer has mean 0 and the standard deviation of the formula.

    For n normal numbers the sample's mean has the standard error sd/sqrt(n), and its standard deviation sd/sqrt(2n); five of
    either are exceeded by one seed in 1.7 million.
    """
    for formula in case.example.distributions:
        yield from off_formula(case, formula, findings)


def off_formula(case: Case[InitializerExample], formula: InitializerFormula, findings: Findings) -> Iterator[str]:
    """Lines for a sample whose shape, mean or standard deviation is not the formula's."""
    sample = np.asarray(case.engine.sample_initializer(formula))
    if sample.shape != formula.shape or not sample.size:
        yield f"{formula.formula}: shape {sample.shape}, expected {formula.shape}"
        return
    if not np.all(np.isfinite(sample)):
        yield f"{formula.formula}: {np.count_nonzero(~np.isfinite(sample))} of {sample.size} numbers are not finite"
        return
    deviation, note = float(formula.variance) ** 0.5, partial(findings.note_tightness, "initializers")
    mean_bound, bound = 5 * deviation / sample.size**0.5, 5 * deviation / (2 * sample.size) ** 0.5
    yield from beyond(
        f"{formula.formula}: mean {sample.mean()}, expected 0: difference", abs(float(sample.mean())), mean_bound, note
    )
    difference = abs(float(sample.std()) - deviation)
    what = f"{formula.formula}: standard deviation {sample.std()}, expected {deviation}: difference"
    yield from beyond(what, difference, bound, note)
