"""The counts of an architecture's layers on an engine, and the numbers that a page prints of them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from reference.architecture import Count
from verification.case import Case
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureTarget
from worked_examples.schema.kinds.block import BlockExample

Counts: TypeAlias = Mapping[str, Count]


def counts(case: Case[ArchitectureExample] | Case[BlockExample]) -> Counts:
    """Every layer's count on the case's engine."""
    return case.session.once(("counts", *case.key), lambda: case.engine.count(case.example))


def architecture_depth(example: ArchitectureExample, found: Counts) -> int:
    """The layers with weights on the longest path; normalizations do not count."""
    longest = {"input": 0}
    for layer in example.units:
        weighted = layer.type in ("convolution", "dense") and found[layer.name].weights > 0
        longest[layer.name] = max(longest[name] for name in layer.inputs) + weighted
    return longest[example.units[-1].name]


def architecture_number(example: ArchitectureExample, found: Counts, target: ArchitectureTarget, index: tuple[int, ...]) -> Decimal:
    """The number that a printed name and an index stand for, exactly."""
    if target.what == "depth":
        return Decimal(architecture_depth(example, found))
    if target.what == "shape":
        return Decimal(found[target.layer].shape[index[0]])
    chosen = found.values() if target.layer == "total" else [found[target.layer]]
    return Decimal(sum(getattr(count, target.what) for count in chosen)).scaleb(-target.exponent)
