"""How each function of calculations is used at random: its operands and parameters, by name of the function."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from hypothesis import strategies as st

from verification.random_examples.generator.building import Builder


class Use(NamedTuple):
    """Operands, parameters as a fixture writes them, and those that the oracle takes otherwise (an index as slices)."""

    operands: list[str]
    parameters: dict[str, Any] = {}
    read: dict[str, Any] = {}


Recipe: TypeAlias = Callable[[Builder], Use]
EXPONENTS = ("0.5", "2", "-0.5", "1.5", "-1", "0.3", "3", "0", "2.25", "0.333333")


def one(least: int = 0, domain: str = "any", greatest: float = 1e6) -> Recipe:
    """A function of one array."""
    return lambda b: Use([b.array(least, 3, domain, greatest)])


def two(domain: str = "any") -> Recipe:
    """A function of two arrays that broadcast; the second is of a domain."""

    def use(b: Builder) -> Use:
        first = b.array()
        return Use([first, b.partner(first, domain)])

    return use


def power(b: Builder) -> Use:
    """A positive base with any exponent, or any base with a whole one, whose own gradient does not exist then."""
    if b.draw(st.booleans()):
        base = b.array(domain="positive", greatest=100)
        exponent = b.given(b.draw(st.sampled_from(EXPONENTS))) if b.draw(st.integers(0, 3)) else b.partner(base, "fraction")
        return Use([base, exponent])
    whole = b.draw(st.integers(-2, 4))
    return Use([b.array(domain="any" if whole > 0 else "not zero", greatest=100), b.given(str(whole), setting=True)])


def softmax(b: Builder) -> Use:
    """Rows, now and then with a mask of minus infinity added that leaves their first entry."""
    scores = b.array(1, 3, greatest=50)
    if b.draw(st.integers(0, 2)):
        return Use([scores])
    others = b.shape(scores)[-1] - 1
    mask = b.draw(st.lists(st.sampled_from(("0", "-inf")), min_size=others, max_size=others))
    return Use([b.add("add", [scores, b.given(["0", *mask], setting=True)], {}, {})])


def dot(b: Builder) -> Use:
    """Vectors and matrices that fit."""
    left = b.array(1, 2)
    inner = b.shape(left)[-1]
    shapes = st.sampled_from([(inner,), (inner, 1), (inner, 2), (inner, 3)])
    return Use([left, b.operand(shapes, lambda shape: len(shape) in (1, 2) and shape[0] == inner)])


def loss(domain: str, *more: str) -> Recipe:
    """A loss of outputs and targets of one shape, in rare cases of targets that broadcast; ``more`` are scalars."""

    def use(b: Builder) -> Use:
        y = b.array(1, 2, domain, 1000)
        shape = b.shape(y) if b.draw(st.integers(0, 5)) else b.shape(y)[-1:]
        return Use([y, b.of_shape(shape, greatest=1000), *(b.fresh((), kind) for kind in more)])

    return use


def reshape(b: Builder) -> Use:
    """Another shape of as many entries, perhaps with -1 for one of its axes."""
    x = b.array(1, 3)
    count = int(np.prod(b.shape(x), dtype=int))
    rows = b.draw(st.sampled_from([n for n in range(1, count + 1) if count % n == 0]))
    shape = b.draw(st.sampled_from([[count], [rows, count // rows], [rows, -1], [-1], [1, rows, count // rows]]))
    return Use([x], {"shape": shape})


def stack(b: Builder) -> Use:
    """Arrays of one shape along a new axis."""
    first = b.array(0, 2)
    count, axis = b.draw(st.integers(1, 3)), b.draw(st.integers(0, len(b.shape(first))))
    operands = [first, *(b.of_shape(b.shape(first)) for _ in range(count - 1))]
    return Use(operands, {"axis": axis} if axis or b.draw(st.booleans()) else {}, {"axis": axis})


def index_entry(draw: st.DrawFn, extent: int) -> tuple[str, int | slice]:
    """One place, or a slice that is not empty, of an axis."""
    at = draw(st.integers(-extent, extent - 1))
    low = draw(st.integers(0, extent - 1))
    high = draw(st.integers(low + 1, extent))
    step = draw(st.sampled_from((1, 2)))
    choices: list[tuple[str, int | slice]] = [
        (str(at), at),
        (f"{low}:{high}", slice(low, high)),
        (":", slice(None)),
        (f"::{step}", slice(None, None, step)),
        ("::-1", slice(None, None, -1)),
    ]
    return draw(st.sampled_from(choices))


def index_of(b: Builder, shape: tuple[int, ...]) -> tuple[str, tuple[int | slice, ...]]:
    """An index of some of the first axes of a shape, as text and as NumPy takes it."""
    axes = b.draw(st.integers(1, len(shape)))
    entries = [index_entry(b.draw, extent) for extent in shape[:axes]]
    return ",".join(text for text, _ in entries), tuple(entry for _, entry in entries)


def index(b: Builder) -> Use:
    """Some entries."""
    x = b.array(1, 3)
    text, places = index_of(b, b.shape(x))
    return Use([x], {"index": text}, {"index": places})


def assign(b: Builder) -> Use:
    """Some entries replaced, by an array of their shape or by one number."""
    x = b.array(1, 3)
    text, places = index_of(b, b.shape(x))
    shape = np.asarray(b.graph.values[x][places]).shape
    return Use([x, b.of_shape(shape if b.draw(st.booleans()) else ())], {"index": text}, {"index": places})


def arange(b: Builder) -> Use:
    """A few numbers: from a start, in steps; the stop is now and then exactly one of them."""
    places = b.draw(st.integers(0, 2))
    start, step = b.draw(st.integers(-20, 20)), b.draw(st.integers(1, 20))
    stop = start + step * b.draw(st.integers(1, 6)) + b.draw(st.sampled_from((0, 0, 1 - step)))
    wholes = (start, stop, step)
    return Use([b.given(f"{whole / 10**places:.{places}f}", setting=True) for whole in wholes])


def linspace(b: Builder) -> Use:
    """A few numbers between two."""
    return Use([b.array(0, 0), b.array(0, 0)], {"num": b.draw(st.integers(1, 5))})


def split(b: Builder) -> Use:
    """One of the equal parts along an axis, which an array of one axis need not name."""
    x = b.array(1, 3)
    axis = b.draw(st.integers(0, len(b.shape(x)) - 1))
    extent = b.shape(x)[axis]
    sections = b.draw(st.sampled_from([n for n in range(1, extent + 1) if extent % n == 0]))
    parameters = {"sections": sections, "part": b.draw(st.integers(0, sections - 1))}
    return Use([x], parameters if len(b.shape(x)) == 1 and b.draw(st.booleans()) else {**parameters, "axis": axis})


def where(b: Builder) -> Use:
    """A condition in the shape of the first of two arrays that broadcast."""
    first = b.array()
    return Use([b.of_shape(b.shape(first)), first, b.partner(first)])


def along(b: Builder) -> Use:
    """Of all entries, or along an axis; the axis may be kept."""
    x = b.array(0, 3)
    axis = b.draw(st.sampled_from([None, *range(-len(b.shape(x)), len(b.shape(x)))]))
    parameters = {} if axis is None else {"axis": axis}
    return Use([x], {**parameters, "keepdims": True} if b.draw(st.booleans()) else parameters)


def pick(b: Builder) -> Use:
    """One entry of each row."""
    x = b.array(2, 2)
    rows, columns = b.shape(x)
    labels = b.draw(st.lists(st.integers(0, columns - 1), min_size=rows, max_size=rows))
    return Use([x, b.given([str(label) for label in labels], setting=True)])


def argmax(b: Builder) -> Use:
    """Of all entries, or along an axis."""
    x = b.array(1, 3)
    axis = b.draw(st.sampled_from([None, *range(len(b.shape(x)))]))
    return Use([x], {} if axis is None else {"axis": axis})


OPERATIONS: Mapping[str, Recipe] = {
    **{name: two() for name in ("add", "subtract", "multiply", "maximum", "minimum", "equal", "greater or equal", "greater")},
    "divide": two("not zero"),
    "power": power,
    **{name: one() for name in ("negative", "identity", "relu", "step", "step at zero", "abs", "transpose", "flatten")},
    **dict.fromkeys(("sum", "mean", "max", "min"), along),
    "where": where,
    "linspace": linspace,
    "split": split,
    **{name: one(greatest=50) for name in ("exp", "sin", "cos", "sigmoid", "tanh")},
    **{name: one(domain="positive") for name in ("log", "sqrt")},
    "softmax": softmax,
    "naive softmax": one(least=1, greatest=50),
    "dot": dot,
    "half squared error": loss("any"),
    "cross entropy": loss("positive", "not negative"),
    "reshape": reshape,
    "stack": stack,
    "index": index,
    "assign": assign,
    "arange": arange,
    "pick": pick,
    "argmax": argmax,
}
