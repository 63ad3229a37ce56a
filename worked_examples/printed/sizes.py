"""Sizes in print: the names that mean one without an entry in ``[names]``, and the words of each.

``conv1.shape``, ``conv1_weights_K`` (in thousands; M and G are millions and billions) and ``total_macs_M`` are of the layer that
the fixture names ``conv1`` and of all layers; ``depth`` is the number of layers with kernels on the longest path.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

PARTS: Mapping[str, str] = MappingProxyType(
    {**{name: name for name in ("weights", "biases", "parameters", "connections")}, "macs": "MACs"}
)
"""What is counted, by its name in print."""
COUNTED = tuple(PARTS.values())
SIZES = ("shape", "depth", *COUNTED)
EXPONENTS: Mapping[str, int] = MappingProxyType({"thousands": 3, "millions": 6, "billions": 9})
UNITS: Mapping[str, str] = MappingProxyType(dict(zip("KMG", EXPONENTS, strict=True)))
TOTAL = "total"
NAME = re.compile(rf"(?P<layer>\w+?)(?:\.shape|_(?P<what>{'|'.join(PARTS)})(?:_(?P<unit>[KMG]))?)")


def words_of_name(name: str, layers: Sequence[str | None]) -> str:
    """The words of the size that a printed name means, given the names of all layers; empty where it means none."""
    if name == "depth":
        return name
    match = NAME.fullmatch(name)
    if not match or (match["layer"] not in layers and (match["layer"] != TOTAL or not match["what"])):
        return ""
    of = f"layer {layers.index(match['layer']) + 1} " if match["layer"] in layers else ""
    unit = f" in {UNITS[match['unit']]}" if match["unit"] else ""
    return f"{of}{PARTS[match['what']] if match['what'] else 'shape'}{unit}"
