"""The sizes of a network on the reference: its counts, layer by layer."""

from reference.sizes import Count
from worked_examples import NetworkExample, SizedNetworkExample


def count(example: NetworkExample | SizedNetworkExample) -> list[Count]:
    """Every layer's count, by the reference's formulas."""
    return list(example.counts)
