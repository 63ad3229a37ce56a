"""Rows of logs: epochs that are printed or follow from one to the next, and numbers taken at moments of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from verification.random_examples.generator.derived.measured import AROUND, MOMENTS, Measured, Words
from verification.random_examples.generator.snapshots import quantities
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.texts.blocks import Block, Item, items
from verification.random_examples.texts.printing import UNSURE, Printed
from verification.random_examples.truth.numbers import Array, array

MOST_ROWS = 3


class Column(NamedTuple):
    """A printed name, what it means, and when it is taken."""

    name: str
    named: Words
    moment: str


@st.composite
def logs(draw: st.DrawFn, measured: Measured, training: Trained, names: dict[str, str]) -> Block | None:
    """A log of some rows; None where there is none that can be printed. The names of its columns are added to ``names``."""
    moment = draw(st.sampled_from(("", *MOMENTS)))
    columns = [found for _ in range(draw(st.integers(1, 3))) if (found := draw(column(measured, moment, names)))]
    every, epochs = draw(epochs_of_rows(training))
    keys: dict[str, Any] = {**every, "taken": moment or {one.name: one.moment for one in columns if one.moment}}
    rows = list[list[Item]]()
    for epoch in epochs if columns and keys["taken"] else []:
        row = draw(row_of(measured, columns, epoch))
        if row is None and every:
            break
        if row:
            counted = Printed(epoch + training.first_epoch, 0, negative=False, fixed=True)
            prints_epoch = not every or draw(st.booleans())
            rows.append([*([Item("epoch", array(counted), numpy=False)] if prints_epoch else []), *row])
    return Block([item for row in rows for item in row], keys, [len(row) for row in rows]) if rows else None


@st.composite
def column(draw: st.DrawFn, measured: Measured, moment: str, names: dict[str, str]) -> Column | None:
    """A column of one number: the loss, a formula, the learning rate, an entry of a quantity, also of further data."""
    words = draw(
        st.sampled_from(
            ["loss", "learning rate", *list(measured.formulas) * 2, draw(st.sampled_from(quantities(measured.network)))]
        )
    )
    named, when = Words(words), moment or draw(st.sampled_from(MOMENTS))
    fitting = [data for data in measured.further if data not in measured.without_targets]
    if words == "loss" and fitting and when in AROUND and draw(st.booleans()):
        named = named._replace(data=draw(st.sampled_from(fitting)))
    if measured.is_of_further_data(named) and when not in AROUND:
        if moment:
            return None
        when = draw(st.sampled_from(AROUND))
    value = measured.value(named, measured.point(0))
    if value is None:
        return None
    least = [min(extent, smallest) for extent, smallest in zip(value.shape, smallest_shape(measured, value), strict=True)]
    named = named._replace(place=tuple(draw(st.integers(0, extent - 1)) for extent in least))
    name = f"c{len(names)}"
    names[name] = named.text()
    return Column(name, named, "" if words == "learning rate" else when)


def smallest_shape(measured: Measured, value: Array) -> Sequence[int]:
    """The extents of which every batch has the entries: 1 along an axis of samples."""
    samples = len(measured.start.x)
    return [1 if extent == samples else extent for extent in value.shape]


@st.composite
def epochs_of_rows(draw: st.DrawFn, training: Trained) -> tuple[Mapping[str, int], list[int]]:
    """The keys of rows that follow from one to the next, and the epochs (from 0) of all rows."""
    last, first = training.last, training.first_epoch
    if draw(st.booleans()):
        return {}, sorted(draw(st.lists(st.integers(0, last - 1), min_size=1, max_size=MOST_ROWS)))
    every, start = draw(st.integers(1, 3)), draw(st.integers(first, first + last - 1))
    keys = {"every": every, "epoch": start}
    if draw(st.booleans()):
        keys = {"every": every}
        start = next(number for number in range(first, first + every) if number % every == 0)
    return keys, [number - first for number in range(start, first + last, every)][:MOST_ROWS]


@st.composite
def row_of(draw: st.DrawFn, measured: Measured, columns: Sequence[Column], epoch: int) -> list[Item] | None:
    """The items of a row; None where one of them cannot be printed."""
    found = list[Item]()
    for name, named, moment in columns:
        value = measured.at_moment(named, epoch, moment or AROUND[0])
        if value is None or value.shape != () or 0 < abs(value[()]) < UNSURE:
            return None
        item = draw(items(name, value))
        if item is None:
            return None
        found.append(item)
    return found
