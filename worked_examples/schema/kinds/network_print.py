"""What is printed of a network, checked when it is loaded: names, formulas, further data, log rows; each fault with its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from worked_examples.printed.moments import OVER_UPDATES
from worked_examples.printed.quantities import OF_EPOCH, WITHOUT_DATA, Quantity, quantity
from worked_examples.schema.base import rectangle
from worked_examples.schema.kinds.network_sizes import faults_of_sizes
from worked_examples.schema.layers.network import OF_LABELS
from worked_examples.schema.layers.samples import data_faults
from worked_examples.schema.log import LogBlock
from worked_examples.schema.quantities import of_further_data

if TYPE_CHECKING:
    from worked_examples.schema.kinds.network import NetworkExample

WITHOUT_TARGETS = ("input", "output", "pre-activation")  # what further data have that have no targets
OF_CLASSES = ("cross entropy", OF_LABELS)
NOT_CHAINED = "which is printed; accepted here: exact, float64, float32"


def faults_of_print(example: NetworkExample) -> Iterator[str]:
    """What is wrong, each with its key."""
    yield from faults_of_data(example)
    yield from faults_of_names(example)
    yield from faults_of_formulas(example)
    yield from faults_of_sizes(example)
    for position, block in enumerate(example.blocks):
        if isinstance(block, LogBlock):
            yield from (f"{example.key_of(position)}.{fault}" for fault in faults_of_log(example, position, block))
        for name in dict.fromkeys(item.name for item in block.items):
            named = example.quantity(position, name)
            if fault := fault_of(example, named):
                yield f"{example.key_of(position)}.text: '{name}' means '{named}'{fault}"
            elif block.arithmetic == "rounded chain" and (
                named.formula or named.data or named.over or named.part == "learning rate"
            ):
                yield f"{example.key_of(position)}.arithmetic: 'rounded chain' does not carry on '{named}', {NOT_CHAINED}"


def faults_of_data(example: NetworkExample) -> Iterator[str]:
    """Further data that do not fit the network."""
    inputs, outputs = (shape[1] for shape in example.data.shapes)
    for name, data in example.further_data.items():
        columns = rectangle(data.input)[1]
        if columns != inputs:
            lines = "rows" if example.has_columns else "columns"
            yield f"further_data.{name}.input: {columns} {lines}, but the network has {inputs} inputs"
        if data.target is not None and rectangle(data.target) != (len(data.input), outputs):
            shapes = rectangle(data.target), (len(data.input), outputs)
            found, wanted = (shape[::-1] for shape in shapes) if example.has_columns else shapes
            lines = "a column an input and a row an output" if example.has_columns else "a row an input and a column an output"
            yield f"further_data.{name}.target: shape {found}; accepted: {wanted}, {lines}"
        for row, target in enumerate(data.target or [] if example.network.loss in OF_CLASSES else []):
            if fault := fault_of_classes(example.network.loss, target):
                yield f"further_data.{name}.target{example.at_sample(row)}: {fault}"
        if columns == inputs:
            for fault in data_faults(example.network.layers, data.with_targets(outputs), None):
                yield f"further_data.{name}: not for network.{fault}"


def fault_of_classes(loss: str, target: Sequence[str]) -> str:
    """What is wrong with the target of a sample under a cross entropy of classes; empty for other losses."""
    if loss == OF_LABELS and sorted(map(Fraction, target)) != [*[0] * (len(target) - 1), 1]:
        return f"[{', '.join(target)}]; accepted under {OF_LABELS}: a single 1 among 0, as in 'one hot of [0, 2, 1]'"
    if loss in (*OF_CLASSES, "cross entropy from logits") and (total := sum(map(Fraction, target))) != 1:
        return f"sums to {float(total):g}; accepted under cross entropy: numbers that sum to 1"
    return ""


def faults_of_formulas(example: NetworkExample) -> Iterator[str]:
    """The first formula that cannot be read, or has an unknown name."""
    try:
        formulas = example.formulas
    except ValueError as error:
        yield f"quantities.{error}"
        return
    for name, formula in formulas.items():
        for operand, found in formula.operands.items():
            if found.is_size:
                yield f"quantities.{name}: '{operand}' means '{found}', a size; accepted in formulas: what is computed from data"
            elif fault := fault_of(example, found):
                yield f"quantities.{name}: '{operand}' means '{found}'{fault}"


def faults_of_names(example: NetworkExample) -> Iterator[str]:
    """Names whose words are not a quantity."""
    for name, words in example.names.items():
        try:
            quantity(words, example.quantities)
        except ValueError as error:
            yield f"names.{name}: {error}"


def fault_of(example: NetworkExample, named: Quantity) -> str:
    """Why there is no such quantity of this network, to stand behind it; empty where there is."""
    if named.part == "learning rate" and example.training is None:
        return ", but there is no [training]"
    if named.data and named.data not in example.further_data:
        known = ", ".join(example.further_data) or "none"
        return f", but '{named.data}' is not in [further_data]; known: {known}"
    if named.data and example.further_data[named.data].target is None and (word := needs_target(example, named)):
        return f", but {word} needs targets; write further_data.{named.data}.target"
    if named.formula and named.data and (names := list(of_further_data(named.formula, example.formulas))):
        return f", but '{names[0]}' in its formula is of further data already"
    return ""


def needs_target(example: NetworkExample, named: Quantity) -> str:
    """What of a quantity depends on targets; empty where nothing does."""
    if not named.formula:
        return "" if named.part in WITHOUT_TARGETS and not named.gradient else f"'{named.of_array._replace(data='')}'"
    parts = example.formulas[named.formula].operands.values()
    found = (needs_target(example, part) for part in parts if not part.data and (part.part not in WITHOUT_DATA or part.gradient))
    return next(filter(None, found), "")


def faults_of_log(example: NetworkExample, position: int, block: LogBlock) -> Iterator[str]:
    """Rows without an epoch, numbers without a moment or with two."""
    if example.training is None:
        yield "taken: of a training, but there is no [training]; write its numbers in [[printed]]"
        return
    quantities = {name: example.quantity(position, name) for name in dict.fromkeys(item.name for item in block.items)}
    dated = {item.line for item in block.items if quantities[item.name].part == "epoch"}
    if block.every is None and (first := next(block.lines())) not in dated:  # later lines are of the last printed epoch
        yield f"every: missing, and line {first} of the text prints no epoch; write every = N, the epochs from row to row"
    if block.epoch is not None and block.epoch < example.training.first_epoch:
        yield f"epoch: {block.epoch}; accepted: the number of an epoch, from {example.training.first_epoch}"
    for name, named in quantities.items():
        words, moment = block.names.get(name) or example.names.get(name) or name, block.moment_of(name)
        if named.part in OF_EPOCH:
            continue
        if not moment:
            yield f"taken: no moment for '{name}', which is printed; write {name} = \"...\" in the table"
        elif quantity(words, example.formulas).after_update:
            yield f"taken: '{name}' means '{words}' already; remove 'after update', the log says when its numbers are taken"
        elif moment in OVER_UPDATES and (named.data or (named.formula and list(of_further_data(named.formula, example.formulas)))):
            yield f"taken: '{name}' means '{named}', of further data; accepted for these: after the epoch, before the epoch"
