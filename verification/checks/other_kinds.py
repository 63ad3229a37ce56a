"""The questions asked of examples that are no networks."""

from collections.abc import Mapping

from verification.checks.architecture import ARCHITECTURE_CHECKS, BLOCK_CHECKS
from verification.checks.calculation import CALCULATION_CHECKS
from verification.checks.conventions import DIALECT_CHECKS
from verification.checks.errata import check_errata
from verification.checks.gradient_descent import DESCENT_CHECKS
from verification.checks.images.registry import LEARNING_CHECKS, learning_questions
from verification.checks.networks import Check, has_errata
from verification.checks.precision_claims import PRECISION_CHECKS
from verification.failure import Record, fail
from verification.session import Case, adapter
from worked_examples import (
    CalculationExample,
    ConventionExample,
    Example,
    GradientDescentExample,
    ImageExample,
    InitializerExample,
    InitializerFormula,
)
from worked_examples.schema.architecture import ArchitectureExample
from worked_examples.schema.block import BlockExample
from worked_examples.schema.precision import PrecisionExample


def check_distributions(case: Case, record: Record) -> None:
    """A sample by the engine's own initializer has mean 0 and the standard deviation of the formula.

    For n normal draws the sample's mean has the standard error sd/sqrt(n), and its standard deviation sd/sqrt(2n); five of
    either are exceeded by one seed in 1.7 million.
    """
    example = case.example
    assert isinstance(example, InitializerExample)
    problems = [line for distribution in example.distributions for line in sampled(distribution, case.engine)]
    if problems:
        fail(case, problems, "the initializer truncates, or takes its fan from another side of the kernel")


def sampled(distribution: InitializerFormula, engine: str) -> list[str]:
    """Lines for a sample whose mean or standard deviation is too far from the formula's."""
    sample = adapter(engine).sample_initializer(distribution)
    deviation = float(distribution.variance) ** 0.5
    error = deviation / sample.size**0.5
    found = {
        "shape": (sample.shape == distribution.shape, sample.shape, distribution.shape),
        "mean": (abs(sample.mean()) <= 5 * error, sample.mean(), 0),
        "standard deviation": (abs(sample.std() - deviation) <= 5 * error / 2**0.5, sample.std(), deviation),
    }
    return [f"{distribution.formula}: {name} {got}, expected {right}" for name, (fine, got, right) in found.items() if not fine]


OWN_CHECKS: Mapping[type[Example], Mapping[str, Check]] = {
    ArchitectureExample: ARCHITECTURE_CHECKS,
    BlockExample: BLOCK_CHECKS,
    CalculationExample: CALCULATION_CHECKS,
    GradientDescentExample: DESCENT_CHECKS,
    ConventionExample: DIALECT_CHECKS,
    PrecisionExample: PRECISION_CHECKS,
    InitializerExample: {"distribution": check_distributions},
    ImageExample: LEARNING_CHECKS,
}
OTHER_CHECKS = {kind: {**checks, "errata": check_errata} for kind, checks in OWN_CHECKS.items()}
OF_THE_BOOK: Mapping[type[Example], tuple[str, ...]] = {GradientDescentExample: ("differences", "printed", "notes")}
"""Questions about the book's own program, which only the reference repeats."""


def applies(question: str, case: Case) -> bool:
    """Whether a question is asked of an example that is no network."""
    if question == "errata":
        return has_errata(case)
    if isinstance(case.example, ImageExample):
        return question in learning_questions(case)
    return case.engine == "reference" or question not in OF_THE_BOOK.get(type(case.example), ())
