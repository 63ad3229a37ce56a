"""The questions asked of examples that are no networks."""

from collections.abc import Mapping

import numpy as np

from adapters import Array
from fixtures import ArraysExample, Distribution, DistributionExample, Example, numbers
from fixtures.claims import Claim, claims
from tests.checks import Check
from tests.failures import Record, fail
from tests.runs import Case, adapter
from tests.verdicts import Verdict, judge


def check_arrays(case: Case, record: Record) -> None:
    """Every printed entry and every printed shape is what the engine's own indexing gives."""
    example = case.example
    assert isinstance(example, ArraysExample)
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "total": 0}
    problems = []
    for claim in claims(example):
        judgement = judge(entry(example, claim, case.engine), claim.text)
        verdicts["total"] += 1
        verdicts[judgement.verdict.value] += 1
        if judgement.verdict is not Verdict.CONFIRMED:
            problems.append(f"{claim}, {claim.where}: printed {claim.text}, should read {judgement.corrected}")
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "compare the arrays in the fixture with the listing")


def entry(example: ArraysExample, claim: Claim, engine: str) -> float:
    """The number that a claim stands for: an entry of an array, or a side of its shape."""
    name, index, is_shape = example.part(claim.block, claim.name)
    values: Array = adapter(engine).item(numbers(example.arrays[name]), index)
    return float(np.array(values.shape)[claim.at] if is_shape else values[claim.at])


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
    ArraysExample: {"printed": check_arrays},
    DistributionExample: {"distribution": check_distributions},
}
