"""The sizes of a network: shapes, parameters and multiply-accumulates on every engine, and those that are printed."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest

from adapters.calculation import UnsupportedError
from adapters.capabilities import SIZES
from reference.sizes import Count
from verification.case import Case
from verification.certification.certified_value import CertifiedValue
from verification.records import Findings
from verification.runs.layer_counts import layer_counts, printed_size
from verification.verdicts.printed_number import Computed, settle
from worked_examples import NetworkExample, SizedNetworkExample
from worked_examples.printed.claims import Claim, claims, quantity_of
from worked_examples.schema.layers.any_layer import AnyLayer

Sized = Case[NetworkExample] | Case[SizedNetworkExample]
OTHER_COUNT = "compare the layer in adapters/{engine} with the formulas in reference/sizes.py, which are what it is judged by"
NEXT_STEP = "count by hand; a number that is wrong in print becomes an erratum, [[printed.errata]]"


def prints_sizes(case: Sized) -> bool:
    """Whether sizes are printed; of a network without data, nothing else is."""
    example = case.example
    return isinstance(example, SizedNetworkExample) or any(
        example.quantity(position, item.name).is_size for position, block in enumerate(example.printed) for item in block.items
    )


def check_counts(case: Sized, findings: Findings) -> Iterator[str]:
    """Every layer of the engine's own model has the shape, the parameters and the multiply-accumulates of the formulas."""
    expected, computed, layers = case.example.counts, layer_counts(case), case.example.network.layers
    for number, (mine, right) in enumerate(zip_longest(computed, expected), 1):
        yield from other_count(name_of(layers, number), mine, right)


def name_of(layers: list[AnyLayer], number: int) -> str:
    """What a layer is called in a message."""
    name = layers[number - 1].name if number <= len(layers) else None
    return f"layer {number}, {name}" if name else f"layer {number}"


def other_count(name: str, computed: Count | None, expected: Count | None) -> Iterator[str]:
    """A line for a layer that is not counted, or not expected, or for each of its counts that is another."""
    if computed is None or expected is None:
        yield f"{name}: {'not counted' if computed is None else 'the example has no such layer'}"
        return
    for what, number, right in zip(Count._fields, computed, expected, strict=True):
        if number != right:
            yield f"{name}: {what} {number}, by the formulas {right}"


def check_printed(case: Case[SizedNetworkExample], findings: Findings) -> Iterator[str]:
    """Every printed size is the counted one, rounded; every erratum is one."""
    findings.printed_numbers = []
    for claim in claims(case.example):
        yield from judged_size(case, claim, findings, f"{claim} ({quantity_of(case.example, claim)}), {claim.where}")


def judged_size(case: Sized, claim: Claim, findings: Findings, place: str) -> Iterator[str]:
    """Judge one printed size by the engine's counts, which are exact.

    Raises:
        UnsupportedError: where the engine counts no layers.

    """
    if SIZES in case.engine.unsupported:
        raise UnsupportedError(case.engine.unsupported[SIZES])
    counts, sources = layer_counts(case), case.example.network.sources
    exact = printed_size(counts, sources, quantity_of(case.example, claim))
    yield from settle(claim, place, findings, Computed(exact, CertifiedValue(exact, Decimal(0))))
