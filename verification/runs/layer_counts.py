"""The counts of a network's layers on an engine, and the numbers that a page prints of them."""

from collections.abc import Sequence
from decimal import Decimal

from reference.sizes import Count, depth
from verification.case import Case
from worked_examples import NetworkExample, SizedNetworkExample
from worked_examples.printed.quantities import Quantity


def layer_counts(case: Case[NetworkExample] | Case[SizedNetworkExample]) -> list[Count]:
    """Every layer's count on the engine of a case, computed once in a session."""
    return case.session.once(("counts", *case.key), lambda: case.engine.count(case.example))


def printed_size(counts: Sequence[Count], sources: Sequence[Sequence[int]], quantity: Quantity) -> Decimal:
    """The number that a size is in print, exactly; ``sources`` are the numbers of every layer's inputs."""
    if quantity.part == "depth":
        return Decimal(depth(counts, sources))
    chosen = [counts[quantity.layer - 1]] if quantity.layer else counts
    if quantity.part == "shape":
        return Decimal(chosen[0].shape[quantity.entry[0]])
    return Decimal(sum(getattr(count, quantity.part.lower()) for count in chosen)).scaleb(-quantity.exponent)
