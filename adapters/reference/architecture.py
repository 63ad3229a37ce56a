"""Architectures on the reference: its counts, layer by layer."""

from reference.architecture import Count
from worked_examples.layer_sizes import layer_sizes
from worked_examples.schema.kinds.architecture import ArchitectureExample


def count(example: ArchitectureExample) -> dict[str, Count]:
    """Every layer's count, by the reference's formulas."""
    return layer_sizes(example)
