"""The counts of an architecture's layers on an engine, and the numbers that a page prints of them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from reference.architecture import Count
from verification.case import Case
from worked_examples.schema.kinds.architecture import ArchitectureExample, ArchitectureTarget

Counts: TypeAlias = Mapping[str, Count]


def layer_counts(case: Case[Any]) -> Counts:
    """Every layer's count on the engine of a case, whose example is an architecture or a block."""
    return case.session.once(("counts", *case.key), lambda: case.engine.count(case.example))


def architecture_depth(example: ArchitectureExample, counts: Counts) -> int:
    """The layers with weights on the longest path; normalizations do not count."""
    longest = {"input": 0}
    for layer in example.units:
        weighted = layer.type in ("convolution", "dense") and counts[layer.name].weights > 0
        longest[layer.name] = max(longest[name] for name in layer.inputs) + weighted
    return longest[example.units[-1].name]


def architecture_number(
    example: ArchitectureExample,
    counts: Counts,
    target: ArchitectureTarget,
    index: tuple[int, ...],
) -> Decimal:
    """The number that a printed name and an index stand for, exactly."""
    if target.what == "depth":
        return Decimal(architecture_depth(example, counts))
    if target.what == "shape":
        return Decimal(counts[target.layer].shape[index[0]])
    chosen = counts.values() if target.layer == "total" else [counts[target.layer]]
    return Decimal(sum(getattr(count, target.what) for count in chosen)).scaleb(-target.exponent)
