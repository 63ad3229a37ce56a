"""Printed results of runs that nobody can repeat: whether they agree with themselves, with the data, and with the criterion.

The weights of such a run are unknown, so that no printed number follows from the fixture. Still a printed number means every
number that rounds to it, an interval; what is printed together must be possible together.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from adapters.schedule import training_of
from verification.case import Case
from verification.records import Findings
from verification.verdicts.intervals import Interval, half_squared_error, interval
from verification.verdicts.verdict import normalized
from worked_examples import NetworkExample
from worked_examples.printed.items import flatten
from worked_examples.printed.notations import plain
from worked_examples.schema.page import lookup
from worked_examples.schema.unreproducible import UnreproducibleBlock

NEXT_STEP = "compare with the page; a printed run that contradicts itself is an erratum, in words"
PROBABILITY = Interval(Decimal(0), Decimal(1))


def check_unreproducible(case: Case[NetworkExample], findings: Findings) -> Iterator[str]:
    """What is printed of a run that cannot be repeated agrees with itself, with the data, and with the stopping criterion."""
    losses = []
    for block in case.example.unreproducible_results:
        yield from (f"{block.where}: {line}" for line in contradictions(case.example, block))
        losses += texts_by_part(case.example, block).get("loss", [])[:1]
    criterion = training_of(case.example).stopping_criterion
    if losses and criterion and criterion.tests == "loss":
        yield from against_the_criterion(losses, criterion.threshold)


def texts_by_part(example: NetworkExample, block: UnreproducibleBlock) -> dict[str, list[str]]:
    """The printed numbers of a block, as plain decimals in the order of print, by the part of the network that they are about."""
    texts: dict[str, list[str]] = {}
    for item in block.items:
        quantity = lookup(example.names, block, item.name)
        texts.setdefault(quantity.part, []).extend(plain(text) for _, text in flatten(item.values))
    return texts


def contradictions(example: NetworkExample, block: UnreproducibleBlock) -> Iterator[str]:
    """What cannot be as it is printed, in one block."""
    printed, rows = texts_by_part(example, block), example.data.pair[1]
    targets: list[str] = [text for row in rows for text in row]
    outputs = printed["output"]
    if "target" in printed and printed["target"] != targets:
        yield f"the printed targets are {printed['target']}, the data's {targets}"
    if outside := [text for text in outputs if not interval(text).meets(PROBABILITY)]:
        yield f"no probability: {outside}"
    if is_solved(outputs, targets) != block.solved:
        yield f"solved = {str(block.solved).lower()}, but the outputs are {outputs} for the targets {targets}"
    if block.float32 and (other := [text for text in outputs if not is_shortest_float32(text)]):
        yield f"no float32 in its shortest digits: {other}"
    if "loss" in printed and (example.network.loss, example.network.reduction) == ("half squared error", "sum"):
        loss = half_squared_error(outputs, targets)
        if not loss.meets(interval(printed["loss"][0])):
            yield f"the outputs give a loss of {loss}, printed {printed['loss'][0]}"


def is_shortest_float32(text: str) -> bool:
    """Whether a text is what NumPy prints for some float32: its shortest digits."""
    return Decimal(str(np.float32(text))) == Decimal(text)


def is_solved(outputs: list[str], targets: list[Any]) -> bool:
    """Whether every output is on its target's side of 1/2."""
    half = Decimal("0.5")
    pairs = zip(outputs, targets, strict=True)
    return all((Decimal(normalized(output)) > half) == (Decimal(target) > half) for output, target in pairs)


def against_the_criterion(losses: list[str], threshold: str) -> Iterator[str]:
    """Lines where the last printed loss cannot be below the threshold, or an earlier one certainly is."""
    if not interval(losses[-1]).low < Decimal(threshold):
        yield f"the loss where training stops is {losses[-1]}, not below {threshold}"
    for loss in losses[:-1]:
        if not interval(loss).high >= Decimal(threshold):
            yield f"the loss {loss} is below {threshold}, but training goes on"
