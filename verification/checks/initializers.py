"""The engines' own initializers: mean and standard deviation of a sample, against the formula."""

from collections.abc import Iterator

from verification.case import Case
from verification.records import Findings
from worked_examples import InitializerExample, InitializerFormula

NEXT_STEP = "the initializer truncates, or takes its fan from another side of the kernel"


def check_sample(case: Case[InitializerExample], findings: Findings) -> Iterator[str]:
    """A sample by the engine's own initializer has mean 0 and the standard deviation of the formula.

    For n normal numbers the sample's mean has the standard error sd/sqrt(n), and its standard deviation sd/sqrt(2n); five of
    either are exceeded by one seed in 1.7 million.
    """
    for formula in case.example.distributions:
        yield from off_formula(case, formula)


def off_formula(case: Case[InitializerExample], formula: InitializerFormula) -> Iterator[str]:
    """Lines for a sample whose shape, mean or standard deviation is not the formula's."""
    sample = case.engine.sample_initializer(formula)
    deviation = float(formula.variance) ** 0.5
    error = deviation / sample.size**0.5
    if sample.shape != formula.shape:
        yield f"{formula.formula}: shape {sample.shape}, expected {formula.shape}"
    if not abs(sample.mean()) <= 5 * error:
        yield f"{formula.formula}: mean {sample.mean()}, expected 0, five standard errors are {5 * error:.1e}"
    if not abs(sample.std() - deviation) <= 5 * error / 2**0.5:
        yield f"{formula.formula}: standard deviation {sample.std()}, expected {deviation}"
