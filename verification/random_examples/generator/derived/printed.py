"""What is printed of formulas and further data of a random network, at epochs and in logs."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from verification.random_examples.generator.decimals import decimal, texts
from verification.random_examples.generator.derived.formulas import formulas
from verification.random_examples.generator.derived.logs import logs
from verification.random_examples.generator.derived.measured import Measured, Point, Words
from verification.random_examples.generator.quantity_items import at_epoch, quantity_item
from verification.random_examples.generator.snapshots import quantities
from verification.random_examples.generator.training.further import further_rows
from verification.random_examples.generator.training.patience import NAME as WATCHED
from verification.random_examples.generator.trainings import Trained
from verification.random_examples.texts.blocks import Block, Item
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import Array, numbers

FURTHER = ("test", "val")
SMALL = 12  # entries of an operand of a formula


class Derived(NamedTuple):
    """Blocks, tables of the fixture, and words for what was drawn."""

    blocks: list[Block]
    tables: dict[str, Any]
    words: frozenset[str]

    @property
    def may_refuse(self) -> tuple[str, ...]:
        """The words with which a formula may be refused."""
        return ("hangs on rounding",) if "formula arange" in self.words else ()


@st.composite
def derived(draw: st.DrawFn, network: Network, start: Point, training: Trained | None, names: dict[str, str]) -> Derived:
    """Formulas, further data and logs, every second time; ``names`` is added to."""
    measured = Measured(network, start, training)
    tables, words = watched_tables(measured), set[str]()
    if draw(st.booleans()):
        return Derived([], tables, frozenset())
    if draw(st.booleans()):
        tables["further_data"] = {**tables.get("further_data", {}), **draw(further_data(measured))}
        words.add("further data")
    epoch = draw(st.sampled_from(training.epochs)) if training else 0
    for _ in range(draw(st.integers(0, 2))):
        words |= draw(add_formula(measured, epoch, names))
    if measured.formulas:
        tables["quantities"] = {name: formula.text for name, formula in measured.formulas.items()}
    found = draw(printed_items(measured, epoch, names))
    blocks = [at_epoch(found, training, epoch, in_text=draw(st.booleans()))] if found else []
    if training and training.last and training.seen and (log := draw(logs(measured, training, names))):
        blocks.append(log)
        taken = log.keys["taken"]
        words |= {"log", *(f"log {moment}" for moment in ([taken] if isinstance(taken, str) else taken.values()))}
    return Derived(blocks, tables, frozenset(words))


@st.composite
def further_data(draw: st.DrawFn, measured: Measured) -> dict[str, dict[str, Any]]:
    """One or two tables of further data, some with targets; of the loss's own kind."""
    columns, found = measured.start.x.shape[1], dict[str, dict[str, Any]]()
    of_words = any(layer.type == "embedding" for layer in measured.network.layers)
    for name in FURTHER[: draw(st.integers(1, 2))]:
        rows = draw(further_rows(measured.network, len(measured.start.x)))
        x = draw(texts((rows, columns), plain=True)) if not of_words else draw(rows_of(measured.start.x, rows))
        found[name] = {"input": x}
        t = measured.start.t[[draw(st.integers(0, len(measured.start.t) - 1)) for _ in range(rows)]]
        if draw(st.integers(0, 3)):
            found[name]["target"] = [[decimal(entry) for entry in row] for row in t]
        else:
            measured.without_targets.add(name)
        measured.further[name] = numbers(x), t
    return found


def rows_of(x: Array, count: int) -> st.SearchStrategy[list[list[str]]]:
    """So many rows of the training data, as a fixture writes them: numbers of words are no others."""
    return st.lists(st.sampled_from([[decimal(entry) for entry in row] for row in x]), min_size=count, max_size=count)


def watched_tables(measured: Measured) -> dict[str, Any]:
    """The further data whose loss stops the training, which can be printed of like others; nothing where there are none."""
    watched = measured.training.watched if measured.training else None
    if watched is None:
        return {}
    measured.further[WATCHED] = watched.x, watched.t
    return {"further_data": {WATCHED: watched.table}}


@st.composite
def quantity_words(draw: st.DrawFn, measured: Measured, *, only_formulas: bool = False) -> Words:
    """A quantity or a formula; now and then of further data, where it can be."""
    known = [] if only_formulas else quantities(measured.network)
    named = Words(draw(st.sampled_from([*known, *list(measured.formulas) * (len(known) + 1)])))
    fitting = further_of(measured, named)
    if fitting and not is_without_data(named.words) and draw(st.booleans()):
        return named._replace(data=draw(st.sampled_from(fitting)))
    return named


def further_of(measured: Measured, named: Words) -> list[str]:
    """The further data of which a quantity or a formula can be."""
    if measured.is_of_further_data(named):
        return []
    return [data for data in measured.further if data not in measured.without_targets or not measured.depends_on_targets(named)]


def is_without_data(words: str) -> bool:
    """Whether a quantity is the same for all data: a parameter, or the penalty of some."""
    is_of_layer = "layer" in words and not words.endswith(("output", "pre-activation")) and "gradient" not in words
    return is_of_layer or words == "penalty"


@st.composite
def add_formula(draw: st.DrawFn, measured: Measured, epoch: int, names: dict[str, str]) -> set[str]:
    """Add a formula of quantities at an epoch, some by names with words of their own; its functions."""
    point, operands = measured.point(epoch), dict[str, Array]()
    known = ["output", "target", "loss", "input", *(["epoch", "learning_rate"] if measured.training else []), *measured.formulas]
    for name in draw(st.lists(st.sampled_from(known), max_size=3, unique=True)):
        value = measured.value(measured.operand(name), point)
        if value is not None and value.size <= SMALL:
            operands[name] = value
    for _ in range(draw(st.integers(not operands, 2))):
        named = draw(quantity_words(measured))
        if named.words in measured.formulas:
            named = Words("output")
        named = named._replace(transposed=draw(st.booleans()))
        value = measured.value(named, point)
        if value is not None and value.size <= SMALL:
            name = f"p{len(names)}"
            measured.names[name], names[name], operands[name] = named, named.text(), value
    if not operands:
        return set()
    made = draw(formulas(operands))
    measured.formulas[f"f{len(measured.formulas)}"] = made
    return {"formula", *(f"formula {function}" for function in made.functions)}


@st.composite
def printed_items(draw: st.DrawFn, measured: Measured, epoch: int, names: dict[str, str]) -> list[Item]:
    """Some formulas and quantities, of all data, at an epoch or after its update."""
    found, training = list[Item](), measured.training
    for _ in range(draw(st.integers(1, 3))):
        named = draw(quantity_words(measured, only_formulas=bool(measured.formulas) and draw(st.booleans())))
        after = training is not None and epoch < training.last and not draw(st.integers(0, 2))
        value = measured.value(named, measured.point(epoch, after=after))
        if value is not None:
            words, extra = named.text(), " after update" if after else ""
            item = draw(quantity_item(f"q{len(names)}", words, value, extra, names, after_training=epoch + after > 0))
            found += [item] if item else []
    return found
