"""Printed results of runs that nobody can repeat: what they say of themselves.

The weights of such a run are unknown, so that no printed number follows from the fixture. Still a printed number stands for every
number that rounds to it, an interval; what is printed together must be possible together, and agree with data and stop rule.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from verification.failure import Record, fail
from verification.session import Case
from verification.verdicts import plain, unit
from worked_examples.printed.parser import flatten
from worked_examples.schema.network import UnreproducibleBlock
from worked_examples.schema.page import lookup


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Whether both have a number in common."""
        return self.low <= other.high and other.low <= self.high


def interval(text: str) -> Interval:
    """All numbers that round to a printed one."""
    return Interval(Decimal(text) - unit(text) / 2, Decimal(text) + unit(text) / 2)


def half_square(output: Interval, target: Decimal) -> Interval:
    """All values of ``(o - t)^2 / 2``."""
    ends = sorted(abs(end - target) for end in output)
    low = Decimal(0) if output.low <= target <= output.high else ends[0]
    return Interval(low**2 / 2, ends[1] ** 2 / 2)


def loss_of(outputs: list[str], targets: list[str]) -> Interval:
    """All losses, half the sum of squares, that printed outputs admit."""
    parts = [half_square(interval(o), Decimal(t)) for o, t in zip(outputs, targets, strict=True)]
    return Interval(sum((part.low for part in parts), Decimal(0)), sum((part.high for part in parts), Decimal(0)))


def shortest_float32(text: str) -> bool:
    """Whether a text is what NumPy prints for some float32: its shortest digits."""
    return Decimal(str(np.float32(text))) == Decimal(text)


def check_unreproducible(case: Case, record: Record) -> None:
    """What is printed of a run that cannot be repeated agrees with itself, with the data, and with the stop rule."""
    blocks = case.example.unreproducible_results
    problems = [f"{block.where}: {line}" for block in blocks for line in contradictions(case, block)]
    losses = [found["loss"][0] for block in blocks if "loss" in (found := by_part(case, block))]
    problems += (
        []
        if not losses or case.training.stopping_criterion is None
        else against_the_rule(losses, case.training.stopping_criterion.threshold)
    )
    record["drawn"] = sum(len(texts) for block in blocks for texts in by_part(case, block).values())
    if problems:
        fail(case, problems, "compare with the page; a printed run that contradicts itself is an erratum, in words")


def by_part(case: Case, block: UnreproducibleBlock) -> dict[str, list[str]]:
    """The printed numbers of a block in the order of print, by the part of the network that they stand for."""
    found: dict[str, list[str]] = {}
    for item in block.items:
        part = lookup(case.example.names, block, item.name).part
        found.setdefault(part, []).extend(text for _, text in flatten(item.values))
    return found


def contradictions(case: Case, block: UnreproducibleBlock) -> Iterator[str]:
    """What cannot be as it is printed, in one block."""
    found, rows = by_part(case, block), case.example.data.pair[1]
    targets: list[str] = [text for row in rows for text in row]
    outputs = found["output"]
    if "target" in found and found["target"] != targets:
        yield f"the printed targets are {found['target']}, the data's {targets}"
    if outside := [text for text in outputs if not interval(text).meets(Interval(Decimal(0), Decimal(1)))]:
        yield f"no probability: {outside}"
    if right(outputs, targets) != block.solved:
        yield f"solved = {str(block.solved).lower()}, but the outputs are {outputs} for the targets {targets}"
    if block.float32 and (other := [text for text in outputs if not shortest_float32(text)]):
        yield f"no float32 in its shortest digits: {other}"
    half = case.example.network.loss == "half squared error"
    if "loss" in found and half and not loss_of(outputs, targets).meets(interval(found["loss"][0])):
        yield f"the outputs give a loss of {loss_of(outputs, targets)}, printed {found['loss'][0]}"


def right(outputs: list[str], targets: list[Any]) -> bool:
    """Whether every output is on its target's side of 1/2."""
    return all((Decimal(plain(o)) > Decimal("0.5")) == (Decimal(t) > Decimal("0.5")) for o, t in zip(outputs, targets, strict=True))


def against_the_rule(losses: list[str], threshold: str) -> Iterator[str]:
    """The last printed loss may lie below the threshold; none before it does for certain."""
    if not interval(losses[-1]).low < Decimal(threshold):
        yield f"the loss where training stops is {losses[-1]}, not below {threshold}"
    yield from (
        f"the loss {loss} is below {threshold}, but training goes on"
        for loss in losses[:-1]
        if not interval(loss).high >= Decimal(threshold)
    )
