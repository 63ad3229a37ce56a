"""An oracle that shares nothing with the reference: each function in mpmath at 60 digits, gradients by differences of 20 digits."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import mpmath as mp
import numpy as np
import pytest

from adapters import load_engine
from worked_examples import CalculationExample
from worked_examples.expression.writing import formula

Array = np.ndarray[Any, Any]
DIGITS, STEP = 60, "1e-20"


class Truth(NamedTuple):
    """A function's value, and the gradients of its weighted sum by the place of the operand, as texts of 40 digits."""

    value: Array
    gradients: dict[int, Array]


def entries(function: Callable[..., Any], *arrays: Array) -> Array:
    """A function of numbers, entry by entry."""
    return np.asarray(np.frompyfunc(function, len(arrays), 1)(*arrays), dtype=object)


def sigmoid(x: Array) -> Array:
    """The logistic function."""
    return entries(lambda entry: 1 / (1 + mp.exp(-entry)), x)


def tanh(x: Array) -> Array:
    """The hyperbolic tangent."""
    return entries(mp.tanh, x)


def rowwise(function: Callable[[Array], Array], x: Array) -> Array:
    """A function of vectors along the last axis."""
    rows = [function(row) for row in x.reshape(-1, x.shape[-1])]
    return np.array(rows, dtype=object).reshape(x.shape)


def softmax(x: Array) -> Array:
    """All entries as probabilities."""
    powers = entries(mp.exp, x)
    return powers / sum(powers.flat)


def product_of(a: Array, b: Array) -> Array:
    """The matrix product by its definition, of vectors and matrices, and of the matrices in two stacks."""
    if max(a.ndim, b.ndim) > 2:
        shape = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
        pairs = zip(*(np.broadcast_to(x, (*shape, *x.shape[-2:])).reshape(-1, *x.shape[-2:]) for x in (a, b)), strict=True)
        return np.array([product_of(*pair) for pair in pairs]).reshape(*shape, a.shape[-2], b.shape[-1])
    left, right = np.atleast_2d(a), b.reshape(len(b), -1)
    table = [[sum(p * q for p, q in zip(row, column, strict=True)) for column in right.T] for row in left]
    return np.array(table, dtype=object).reshape(a.shape[:-1] + b.shape[1:])


def power(x: Array, n: Array) -> Array:
    """``x^n``; whole exponents of negative numbers too."""
    return entries(lambda base, exponent: mp.mpf(base) ** (int(exponent) if exponent == int(exponent) else exponent), x, n)


def replaced(p: Mapping[str, Any], x: Array, values: Array) -> Array:
    """An assignment to a part."""
    copy = x.copy()
    copy[p["index"]] = values if values.ndim else values.item()
    return copy


def spread(start: Array, stop: Array, step: Array) -> Array:
    """A range, entry by entry."""
    listed, entry = [], start.item()
    while entry < stop.item() if step.item() > 0 else entry > stop.item():
        listed.append(entry)
        entry = start.item() + step.item() * len(listed)
    return np.array(listed, dtype=object)


def first_greatest(x: Array, axis: int | None = None) -> Array:
    """The place of the first greatest entry."""
    lines = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1).reshape(-1, x.shape[axis])
    places = [min(i for i, entry in enumerate(line) if entry == max(line)) for line in lines]
    return np.array(places, dtype=object).reshape(() if axis is None else np.delete(x.shape, axis))


def over(function: Callable[[list[Any]], Any], p: Mapping[str, Any], x: Array) -> Array:
    """A function of all entries, or along an axis, which may be kept."""
    axis = p.get("axis")
    lines = x.reshape(1, -1) if axis is None else np.moveaxis(x, axis, -1).reshape(-1, x.shape[axis])
    shape = [1 if axis is None or place == axis % x.ndim else extent for place, extent in enumerate(x.shape)]
    values = np.array([function(list(line)) for line in lines], dtype=object).reshape(shape)
    if p.get("keepdims"):
        return values
    return values.reshape(()) if axis is None else np.squeeze(values, axis)


def windows(p: Mapping[str, Any], x: Array, size: Sequence[int]) -> Any:
    """The shape of all windows of one channel, and the entries inside the image of each."""
    (down, right), (top, left) = (np.broadcast_to(p.get(key, default), 2) for key, default in (("stride", 1), ("padding", 0)))
    rows = range(-top, x.shape[2] + top - size[0] + 1, down)
    columns = range(-left, x.shape[3] + left - size[1] + 1, right)
    places = {
        (i, j): list(product(range(r, r + size[0]), range(c, c + size[1])))
        for i, r in enumerate(rows)
        for j, c in enumerate(columns)
    }
    return (len(rows), len(columns)), places


def pooled(p: Mapping[str, Any], x: Array, of_window: Callable[[list[Any], int, tuple[int, ...]], Any]) -> Array:
    """One number for every window of every channel."""
    size = tuple(np.broadcast_to(p["size"], 2))
    shape, places = windows(p, x, size)
    result = np.empty((*x.shape[:2], *shape), dtype=object)
    for n, c, (at, window) in product(range(x.shape[0]), range(x.shape[1]), places.items()):
        inside = [x[n, c, i, j] for i, j in window if 0 <= i < x.shape[2] and 0 <= j < x.shape[3]]
        result[(n, c, *at)] = of_window(inside, len(window), (n, c, *at))
    return result


def convolution(p: Mapping[str, Any], x: Array, filters: Array, bias: Array) -> Array:
    """Every filter at every place, by its definition."""
    shape, places = windows(p, x, filters.shape[2:])
    result = np.empty((len(x), len(filters), *shape), dtype=object)
    for n, f, (at, window) in product(range(len(x)), range(len(filters)), places.items()):
        total = bias[f]
        for c, (k, (i, j)) in product(range(x.shape[1]), enumerate(window)):
            if 0 <= i < x.shape[2] and 0 <= j < x.shape[3]:
                total += filters[f, c].ravel()[k] * x[n, c, i, j]
        result[(n, f, *at)] = total
    return result


def drawn(draws: Array) -> Callable[[list[Any], int, tuple[int, ...]], Any]:
    """The entry of a window at which the running sum first exceeds the draw's part of the whole."""

    def of_window(window: list[Any], _: int, at: tuple[int, ...]) -> Any:
        sums = [sum(window[: i + 1]) for i in range(len(window))]
        return next(entry for entry, total in zip(window, sums, strict=True) if total > draws[at] * sums[-1])

    return of_window


def normalized(x: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: Array) -> Array:
    """Every channel shifted and scaled."""
    result = x.copy()
    for c in range(x.shape[1]):
        scale = gamma[c] / mp.sqrt(variance[c] + epsilon.item())
        result[:, c] = (x[:, c] - mean[c]) * scale + beta[c]
    return result


def batch_normalized(x: Array, gamma: Array, beta: Array, epsilon: Array) -> Array:
    """The same with mean and variance of the batch."""
    channels = [list(x[:, c].flat) for c in range(x.shape[1])]
    means = [sum(channel) / len(channel) for channel in channels]
    pairs = zip(channels, means, strict=True)
    variances = [sum((entry - mean) ** 2 for entry in channel) / len(channel) for channel, mean in pairs]
    return normalized(x, gamma, beta, np.array(means), np.array(variances), epsilon)


def unrolled(x: Array, units: int, step: Callable[[Array, Any], tuple[Array, Any]], state: Any) -> Array:
    """The outputs of a recurrent cell, one time step after the other, ``(N, T, units)``."""
    result = np.empty((*x.shape[:2], units), dtype=object)
    for t in range(x.shape[1]):
        result[:, t], state = step(x[:, t], state)
    return result


def zeros(x: Array, units: int) -> Array:
    """The state before the first time step."""
    return np.full((len(x), units), mp.mpf(0), dtype=object)


def recurrent(x: Array, kernel: Array, u: Array, b: Array) -> Array:
    """``h = tanh(x W + h U + b)``."""

    def step(now: Array, h: Array) -> tuple[Array, Array]:
        h = tanh(product_of(now, kernel) + product_of(h, u) + b)
        return h, h

    return unrolled(x, len(u), step, zeros(x, len(u)))


def lstm(x: Array, kernel: Array, u: Array, *biases: Array) -> Array:
    """Gates in the order input, forget, candidate, output."""

    def step(now: Array, state: tuple[Array, Array]) -> tuple[Array, tuple[Array, Array]]:
        h, c = state
        i, f, g, o = np.split(product_of(now, kernel) + product_of(h, u) + sum(biases), 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * tanh(g)
        h = sigmoid(o) * tanh(c)
        return h, (h, c)

    return unrolled(x, len(u), step, (zeros(x, len(u)), zeros(x, len(u))))


def gru(x: Array, kernel: Array, u: Array, b: Array, c: Array, reset_after: bool = False) -> Array:
    """Gates in the order update, reset, candidate."""
    u_gates, u_candidate = u[:, : 2 * len(u)], u[:, 2 * len(u) :]
    c_gates, c_candidate = c[: 2 * len(u)], c[2 * len(u) :]

    def step(now: Array, h: Array) -> tuple[Array, Array]:
        z, r, g = np.split(product_of(now, kernel) + b, 3, axis=1)
        more_z, more_r = np.split(product_of(h, u_gates) + c_gates, 2, axis=1)
        z, r = sigmoid(z + more_z), sigmoid(r + more_r)
        after, before = r * (product_of(h, u_candidate) + c_candidate), product_of(r * h, u_candidate) + c_candidate
        h = z * h + (1 - z) * tanh(g + (after if reset_after else before))
        return h, h

    return unrolled(x, len(u), step, zeros(x, len(u)))


FORMULAS: Mapping[str, Callable[..., Any]] = {
    "add": lambda _, a, b: a + b,
    "subtract": lambda _, a, b: a - b,
    "multiply": lambda _, a, b: a * b,
    "divide": lambda _, a, b: a / b,
    "power": lambda _, x, n: power(x, n),
    "negative": lambda _, x: -x,
    "exp": lambda _, x: entries(mp.exp, x),
    "log": lambda _, x: entries(mp.log, x),
    "sin": lambda _, x: entries(mp.sin, x),
    "cos": lambda _, x: entries(mp.cos, x),
    "tanh": lambda _, x: tanh(x),
    "identity": lambda _, x: x,
    "step": lambda _, x: entries(lambda entry: mp.mpf(entry > 0), x),
    "step at zero": lambda _, x: entries(lambda entry: mp.mpf(entry >= 0), x),
    "equal": lambda _, a, b: entries(lambda p, q: mp.mpf(p == q), a, b),
    "greater or equal": lambda _, a, b: entries(lambda p, q: mp.mpf(p >= q), a, b),
    "sigmoid": lambda _, x: sigmoid(x),
    "relu": lambda _, x: entries(lambda entry: max(entry, mp.mpf(0)), x),
    "softmax": lambda _, x: rowwise(softmax, x),
    "naive softmax": lambda _, x: softmax(x),
    "dot": lambda _, a, b: product_of(a, b),
    "half squared error": lambda _, y, t: sum(((y - t) ** 2).flat) / 2,
    "cross entropy": lambda _, y, t, delta: -sum((t * entries(mp.log, y + delta)).flat),
    "transpose": lambda _, x: np.array([x[tuple(reversed(i))] for i in np.ndindex(x.shape[::-1])]).reshape(x.shape[::-1]),
    "reshape": lambda p, x: np.array(list(x.flat)).reshape(p["shape"]),
    "flatten": lambda _, x: np.array(list(x.flat)),
    "rows": lambda _, x: np.array([list(sample.flat) for sample in x]),
    "stack": lambda p, *arrays: np.stack(arrays, p.get("axis", 0)),
    "concatenate": lambda p, *arrays: np.concatenate(arrays, p["axis"]),
    "index": lambda p, x: x[p["index"]],
    "crop": lambda p, x: x[(slice(None), slice(None), *p["index"])],
    "flip": lambda p, x: np.stack(list(reversed(list(np.moveaxis(x, p["axis"], 0)))), p["axis"]),
    "assign": replaced,
    "arange": lambda _, *ends: spread(*ends),
    "maximum": lambda _, a, b: entries(max, a, b),
    "minimum": lambda _, a, b: entries(min, a, b),
    "max": lambda p, x: over(max, p, x),
    "min": lambda p, x: over(min, p, x),
    "sum": lambda p, x: over(sum, p, x),
    "mean": lambda p, x: over(lambda line: sum(line) / len(line), p, x),
    "where": lambda _, condition, a, b: entries(lambda chosen, yes, no: yes if chosen else no, condition, a, b),
    "linspace": lambda p, start, stop: np.array(mp.linspace(start.item(), stop.item(), p["num"]), dtype=object),
    "split": lambda p, x: np.array_split(x, p["sections"], p.get("axis", 0))[p["part"]],
    "sqrt": lambda _, x: entries(mp.sqrt, x),
    "abs": lambda _, x: entries(abs, x),
    "greater": lambda _, a, b: entries(lambda left, right: mp.mpf(left > right), a, b),
    "argmax": lambda p, x: first_greatest(x, p.get("axis")),
    "pick": lambda _, x, t: np.array([row[int(label)] for row, label in zip(x, t, strict=True)]),
    "sum of products": lambda _, *arrays: sum(sum((a * b).flat) for a, b in zip(arrays[::2], arrays[1::2], strict=True)),
    "convolution": convolution,
    "max pooling": lambda p, x: pooled(p, x, lambda window, _size, _at: max(window)),
    "average pooling": lambda p, x: pooled(p, x, lambda window, _size, _at: sum(window) / len(window)),
    "average pooling, padding counted": lambda p, x: pooled(p, x, lambda window, size, _at: sum(window) / size),
    "stochastic pooling": lambda p, x, draws: pooled(p, x, drawn(draws)),
    "expected pooling": lambda p, x: pooled(p, x, lambda window, _size, _at: sum(e * e for e in window) / sum(window)),
    "batch normalization": lambda _, *arrays: batch_normalized(*arrays),
    "batch normalization at inference": lambda _, *arrays: normalized(*arrays),
    "dropout": lambda _, x, mask, keep_prob: x * mask / keep_prob,
    "recurrent": lambda _, *arrays: recurrent(*arrays),
    "lstm": lambda _, *arrays: lstm(*arrays),
    "gru": lambda _, *arrays: gru(*arrays),
    "gru reset after": lambda _, x, kernel, u, b, c: gru(x, kernel, u, b, c, reset_after=True),
    "hidden units": lambda _, v, kernel, b: sigmoid(product_of(v, kernel) + b),
    "visible units": lambda _, h, kernel, b: sigmoid(product_of(h, kernel.T) + b),
}


def weighted(y: Any) -> Any:
    """The sum of all entries, each with another weight."""
    flat = np.asarray(y, dtype=object).ravel()
    return sum(mp.mpf(i % 7 + 1) / 8 * entry for i, entry in enumerate(flat))


def slopes(f: Callable[[Array], Any], x: Array) -> Array:
    """The central difference of a scalar by every entry."""
    result, h = np.empty(x.shape, dtype=object), mp.mpf(STEP)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index], below[index] = x[index] + h, x[index] - h
        result[index] = (f(above) - f(below)) / (2 * h)
    return result


def texts(array: Array) -> Array:
    """Decimals of 40 digits."""
    return entries(lambda entry: mp.nstr(mp.mpf(entry), 40), array)


@pytest.fixture(scope="session")
def truth() -> Callable[..., Truth]:
    """``truth(example, without)``: the value of step y and the gradients of the loss by its operands, but for some, in mpmath."""

    def compute(example: CalculationExample, without: Sequence[int]) -> Truth:
        step, read = example.nodes[0], np.frompyfunc(mp.mpf, 1, 1)
        formula = FORMULAS[step.function]
        with mp.workdps(DIGITS):
            arrays = [np.asarray(read(np.array(example.inputs[name], dtype=object)), dtype=object) for name in step.operands]

            def loss(place: int, x: Array) -> Any:
                return weighted(formula(step.parameters, *arrays[:place], x, *arrays[place + 1 :]))

            value = np.asarray(formula(step.parameters, *arrays), dtype=object)
            wanted = [(i, array) for i, array in enumerate(arrays) if i not in without]
            return Truth(texts(value), {i: texts(slopes(partial(loss, i), array)) for i, array in wanted})

    return compute


@pytest.fixture(scope="session")
def one_step() -> Callable[..., CalculationExample]:
    """``one_step(function, operands, parameters)``: y, and the loss ``sum w y`` whose gradients are compared."""

    def make(function: str, operands: Sequence[Any], parameters: Mapping[str, Any]) -> CalculationExample:
        names = [f"x{i}" for i in range(len(operands))]
        steps = formula("y", function, names, parameters)
        table: dict[str, Any] = {"kind": "calculation", "id": "ours/step", "title": "t", "provenance": "ours"}
        table |= {
            "source": {"document": "ours", "section": "tests"},
            "steps": steps,
            "inputs": dict(zip(names, operands, strict=True)),
        }
        shape = load_engine("reference").calculate(CalculationExample.model_validate(table), "float64").values["y"].shape
        count = int(np.prod(shape))
        weights = np.array([str((i % 7 + 1) / 8) for i in range(count)], dtype=object).reshape(shape).tolist()
        loss = "loss = sum_of_products(y, w)"
        table |= {"inputs": {**table["inputs"], "w": weights}, "steps": f"{steps}\n{loss}", "gradients_of": "loss"}
        return CalculationExample.model_validate(table)

    return make
