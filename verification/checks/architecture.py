"""The questions asked of architectures: shapes, parameters and macs on every engine, and what is printed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from reference.architecture import Count
from verification.certification.certified_value import CertifiedValue
from verification.checks.calculation import check_values
from verification.checks.printed_numbers import settle
from verification.failure import Record, fail
from verification.session import Case, adapter
from verification.verdicts import Verdict
from worked_examples.printed.claims import Claim, claims
from worked_examples.schema.architecture import ArchitectureExample, ArchitectureTarget
from worked_examples.schema.block import BlockExample
from worked_examples.schema.calculation import CalculationExample

Counts = Mapping[str, Count]


def example_of(case: Case) -> ArchitectureExample:
    """The case's example, which is an architecture."""
    assert isinstance(case.example, ArchitectureExample)
    return case.example


def counts(example: ArchitectureExample, engine: str) -> Counts:
    """Every layer's count on an engine."""
    return adapter(engine).count(example)


def check_counts(case: Case, record: Record) -> None:
    """Every layer of the engine's own model has the shape, the parameters and the multiply-accumulates that the formulas give."""
    expected, found = counts(example_of(case), "reference"), counts(example_of(case), case.engine)
    problems = [f"{name}: {found.get(name)}, expected {count}" for name, count in expected.items() if found.get(name) != count]
    record["layers"] = len(found)
    if problems or len(found) != len(expected):
        fail(case, problems, "compare the adapter's layer with the formulas in reference/architecture.py")


def depth(example: ArchitectureExample, found: Counts) -> int:
    """The layers with weights on the longest way; normalisations do not count."""
    longest = {"input": 0}
    for unit in example.units:
        weighted = unit.type in ("convolution", "dense") and found[unit.name].weights > 0
        longest[unit.name] = max(longest[name] for name in unit.inputs) + weighted
    return longest[example.units[-1].name]


def number(example: ArchitectureExample, found: Counts, part: ArchitectureTarget, at: tuple[int, ...]) -> Decimal:
    """The number that a printed name and an index stand for, exactly."""
    if part.what == "depth":
        return Decimal(depth(example, found))
    if part.what == "shape":
        return Decimal(found[part.layer].shape[at[0]])
    chosen = found.values() if part.layer == "total" else [found[part.layer]]
    return Decimal(sum(getattr(count, part.what) for count in chosen)).scaleb(-part.exponent)


def check_printed(case: Case, record: Record) -> None:
    """Every printed size is the counted one, rounded; every erratum is one."""
    found = counts(example_of(case), case.engine)
    verdicts: Record = {verdict.value: 0 for verdict in Verdict} | {"errata": 0, "labels": 0, "total": 0}
    problems = [line for claim in claims(example_of(case)) for line in judged(case, claim, found, verdicts)]
    record["printed"] = verdicts
    if problems:
        fail(case, problems, "count by hand; a number that is wrong in print becomes an erratum")


def judged(case: Case, claim: Claim, found: Counts, verdicts: Record) -> Iterator[str]:
    """Judge one claim by the engine's count, which is exact."""
    example = example_of(case)
    exact = number(example, found, example.part(claim.block, claim.name), claim.at)
    yield from settle(claim, f"{claim}, {claim.where}", verdicts, exact, CertifiedValue(exact, Decimal(0)), None)


@cache
def calculation(text: str) -> CalculationExample:
    """A block (given as JSON) as a calculation."""
    block = BlockExample.model_validate_json(text)
    shapes = {name: count.shape for name, count in counts(block, "reference").items()}
    return block.calculation({**shapes, "input": tuple(block.input)})


def check_block(case: Case, record: Record) -> None:
    """Every layer's output and every gradient is the exact one, within the rounding bound of its formula."""
    assert isinstance(case.example, BlockExample)
    check_values(case._replace(example=calculation(case.example.model_dump_json())), record)


ARCHITECTURE_CHECKS: Mapping[str, Any] = {"counts": check_counts, "printed": check_printed}
BLOCK_CHECKS: Mapping[str, Any] = {**ARCHITECTURE_CHECKS, "values": check_block}
