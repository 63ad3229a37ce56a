"""Architectures: shapes, parameters and multiply-accumulates on every engine, and what is printed."""

from collections.abc import Iterator
from decimal import Decimal

from verification.case import Case
from verification.certification.certified_value import CertifiedValue
from verification.exact.calculated_values import wrong_values
from verification.records import Findings
from verification.runs.architecture_counts import architecture_number, layer_counts
from verification.verdicts.printed_number import Computed, settle
from worked_examples.printed.claims import claims
from worked_examples.schema.kinds.architecture import ArchitectureExample
from worked_examples.schema.kinds.block import BlockExample

OTHER_COUNT = "compare the adapter's layer with the formulas in reference/architecture.py"
NEXT_STEP = "count by hand; a number that is wrong in print becomes an erratum, [[printed.errata]]"


def check_counts(case: Case[ArchitectureExample], findings: Findings) -> Iterator[str]:
    """Every layer of the engine's own model has the shape, the parameters and the multiply-accumulates of the formulas."""
    expected, computed = layer_counts(case.on("reference")), layer_counts(case)
    if not expected:
        yield "no layer is counted"
    for name in dict.fromkeys([*expected, *computed]):
        if computed.get(name) != expected.get(name):
            yield f"{name}: {computed.get(name)}, expected {expected.get(name)}"


def check_printed(case: Case[ArchitectureExample], findings: Findings) -> Iterator[str]:
    """Every printed size is the counted one, rounded; every erratum is one. The engine's counts are exact."""
    findings.printed_numbers, example, computed = [], case.example, layer_counts(case)
    for claim in claims(example):
        exact = architecture_number(example, computed, example.part(claim.block, claim.name), claim.at)
        yield from settle(claim, f"{claim}, {claim.where}", findings, Computed(exact, CertifiedValue(exact, Decimal(0))))


def check_block(case: Case[BlockExample], findings: Findings) -> Iterator[str]:
    """Every layer's output and every gradient is the exact one, within the rounding bound of its formula."""
    shapes = {name: count.shape for name, count in layer_counts(case.on("reference")).items()}
    calculation = case.example.calculation({**shapes, "input": tuple(case.example.input)})
    yield from wrong_values(Case(calculation, case.engine_name, case.session, case.dtype), findings)
