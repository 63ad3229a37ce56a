"""How layers of sequences are used: recurrent layers and attention."""

from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.shapes import sequences
from verification.random_examples.generator.layered.units import LAYOUTS, dense
from verification.random_examples.truth.numbers import numbers

LSTM = ("input", "forget", "candidate", "output")
GRU = ("update", "reset", "candidate")


def states(b: LayerBuilder, names: tuple[str, ...], units: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Initial states as the fixture has them, and as the oracle takes them: 0 where none is written."""
    written = {name: b.texts(units) for name in names if b.draw(st.booleans())}
    return written, {name: numbers(written.get(name, ["0"] * units)) for name in ("initial_state", "initial_cell")}


def cells(b: LayerBuilder, kind: str, gates: tuple[str, ...], table: dict[str, Any], biases: tuple[str, ...] = ("bias",)) -> None:
    """Up to 2 units; the gates in any order."""
    (times, features), units = sequences(b), b.draw(st.integers(1, 2))
    width, kernels = max(len(gates), 1) * units, {"kernel": features, "recurrent_kernel": units}
    order = b.draw(st.permutations(gates)) if b.draw(st.booleans()) else list(gates)
    layout, written_layout = b.layout(LAYOUTS)
    weights = {name: b.texts(*((rows, width) if layout == LAYOUTS[0] else (width, rows))) for name, rows in kernels.items()}
    weights |= {name: b.texts(width) for name in biases}
    written, known = states(b, ("initial_state", "initial_cell") if kind == "lstm" else ("initial_state",), units)
    returns = b.draw(st.booleans())
    table |= written | written_layout | ({"gates": order} if order != list(gates) or (gates and b.draw(st.booleans())) else {})
    table |= {"returns_sequences": returns} if returns or b.draw(st.booleans()) else {}
    options = {"gates": order, "layout": layout, "returns_sequences": returns, **known}
    b.add(kind, (times, units) if returns else (units,), (), weights, table, options)


def recurrent(b: LayerBuilder) -> None:
    """No gates."""
    cells(b, "recurrent", (), {})


def lstm(b: LayerBuilder) -> None:
    """Four gates and a cell state."""
    cells(b, "lstm", LSTM, {})


def gru(b: LayerBuilder) -> None:
    """Three gates; with two biases where the reset gate is behind the product."""
    reset = b.draw(st.sampled_from(("before", "after")))
    cells(b, "gru", GRU, {"reset": reset}, ("bias", "recurrent_bias") if reset == "after" else ("bias",))


def attention(b: LayerBuilder) -> None:
    """Of a sequence to itself, or of layers on it; the queries may be of twice as many times."""
    sequences(b)
    source = b.last
    query = key = value = source
    if b.draw(st.booleans()):
        width = b.draw(st.integers(1, 2))
        query, key = (dense(b, width, source=source) for _ in range(2))
        value = dense(b, source=source) if b.draw(st.booleans()) else source
    times, causal = b.shapes[query][0], b.draw(st.booleans())
    if not causal and not b.draw(st.integers(0, 2)):
        query = b.add("concatenate", (2 * times, b.shapes[query][1]), (query, query), table={"axis": 1})
    table: dict[str, Any] = {"causal": causal} if causal or b.draw(st.booleans()) else {}
    if b.draw(st.booleans()):
        table["mask"] = mask(b, b.shapes[query][0], times, causal=causal)
    options = {"causal": causal} | ({"mask": numbers(table["mask"])} if "mask" in table else {})
    b.add("attention", (b.shapes[query][0], b.shapes[value][1]), (query, key, value), {}, table, options)


def mask(b: LayerBuilder, queries: int, keys: int, *, causal: bool) -> list[Any]:
    """Which keys each query sees, of one sample or of every sample: at least one, where it is causal one that is no later."""

    def row(query: int) -> list[str]:
        bits = b.draw(st.lists(st.sampled_from(("1", "1", "0")), min_size=keys, max_size=keys))
        bits[b.draw(st.integers(0, query if causal else keys - 1))] = "1"
        return bits

    def of_sample() -> list[list[str]]:
        return [row(query) for query in range(queries)]

    if b.draw(st.integers(0, 2)):
        return of_sample()
    b.is_full_batch = True
    return [of_sample() for _ in range(b.samples)]
