"""The questions asked of examples that are no networks."""

from collections.abc import Mapping

from fixtures import CalculationExample, DescentExample, DialectExample, Distribution, DistributionExample, Example
from fixtures.architecture import ArchitectureExample
from fixtures.block import BlockExample
from fixtures.precision import PrecisionExample
from tests.check_architecture import ARCHITECTURE_CHECKS, BLOCK_CHECKS
from tests.check_calculation import CALCULATION_CHECKS
from tests.check_descent import DESCENT_CHECKS
from tests.check_dialects import DIALECT_CHECKS
from tests.check_words import PRECISION_CHECKS
from tests.checks import Check
from tests.failures import Record, fail
from tests.runs import Case, adapter


def check_distributions(case: Case, record: Record) -> None:
    """A sample by the engine's own initializer has mean 0 and the standard deviation of the formula.

    For n normal draws the sample's mean has the standard error sd/sqrt(n), and its standard deviation sd/sqrt(2n); five of
    either are exceeded by one seed in 1.7 million.
    """
    example = case.example
    assert isinstance(example, DistributionExample)
    problems = [line for distribution in example.distributions for line in sampled(distribution, case.engine)]
    if problems:
        fail(case, problems, "the initializer truncates, or takes its fan from another side of the kernel")


def sampled(distribution: Distribution, engine: str) -> list[str]:
    """Lines for a sample whose mean or standard deviation is too far from the formula's."""
    sample = adapter(engine).draw(distribution)
    deviation = float(distribution.variance) ** 0.5
    error = deviation / sample.size**0.5
    found = {
        "shape": (sample.shape == distribution.shape, sample.shape, distribution.shape),
        "mean": (abs(sample.mean()) <= 5 * error, sample.mean(), 0),
        "standard deviation": (abs(sample.std() - deviation) <= 5 * error / 2**0.5, sample.std(), deviation),
    }
    return [f"{distribution.formula}: {name} {got}, expected {right}" for name, (fine, got, right) in found.items() if not fine]


OTHER_CHECKS: Mapping[type[Example], Mapping[str, Check]] = {
    ArchitectureExample: ARCHITECTURE_CHECKS,
    BlockExample: BLOCK_CHECKS,
    CalculationExample: CALCULATION_CHECKS,
    DescentExample: DESCENT_CHECKS,
    DialectExample: DIALECT_CHECKS,
    PrecisionExample: PRECISION_CHECKS,
    DistributionExample: {"distribution": check_distributions},
}
OF_THE_BOOK: Mapping[type[Example], tuple[str, ...]] = {DescentExample: ("differences", "printed", "notes")}
"""Questions about the book's own program, which only the reference repeats."""
