"""The names of what a proof may use without retyping it: the quantities of its own example, by kind.

Every proof may ask ``printed`` (numbers of this page by printed name, a list with one entry for each time that the name stands
there), ``printed_in("document/id")`` and ``seed_claims_of("document/id")`` (for how many of many seeds a claim holds).
"""

from collections.abc import Iterator, Mapping

from worked_examples.schema.calculation import CalculationExample
from worked_examples.schema.errata import faults
from worked_examples.schema.page import ExampleBase

EVERYWHERE = ("printed", "printed_in", "seed_claims_of")
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "network": ("input", "target", "kernels", "biases", "outputs", "loss", "kernel_gradients", "bias_gradients", "stop_epoch"),
    "gradient descent": ("h", "starts", "gradients", "ends", "exact_ends", "f", "difference"),
    "architecture": ("kinds", "shapes", "weights", "biases", "macs", "depth"),
    "block": ("kinds", "shapes", "weights", "biases", "macs", "depth"),
    "precision": ("reaches_printed_epoch",),
    "initializer": ("fan_in", "deviations"),
    "convention": ("parameters_after",),
    "image network": ("seeds",),
}


def known(example: ExampleBase) -> set[str]:
    """The names of the facts that an example has."""
    found = {*EVERYWHERE, *OF_KIND.get(getattr(example, "kind", ""), ())}
    if isinstance(example, CalculationExample):
        names = {*example.inputs, *(step.name for step in example.steps)}
        found |= names | ({f"d_{name}" for name in names} if example.gradients_of else set())
    return found


def unproved(example: ExampleBase) -> Iterator[str]:
    """Errata in words whose proof cannot be one: key and message."""
    names = known(example)
    for position, erratum in enumerate(example.errata):
        yield from (f"errata[{position}].proof.{fault}" for fault in faults(erratum.proof, names))
