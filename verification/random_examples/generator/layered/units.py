"""How layers of any shape are used: dense, embedding, normalizations, dropout, activation."""

from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.shapes import size, units
from verification.random_examples.generator.training.losses import shared
from verification.random_examples.truth.numbers import number, numbers

LAYOUTS = ("(in, out)", "(out, in)")
EPSILONS = ("0.001", "1e-5", "0.1", "0.0009765625")


def dense(b: LayerBuilder, outputs: int = 0, activation: str = "", source: int | None = None) -> int:
    """Of units, or of every time of a sequence; 1 to 3 outputs where nothing else is wanted."""
    if len(b.shape) > 2:
        units(b)
    source = b.last if source is None else source
    shape = b.shapes[source]
    count = outputs or b.draw(st.integers(1, 3))
    layout, written = b.layout(LAYOUTS)
    rows = (shape[-1], count) if layout == LAYOUTS[0] else (count, shape[-1])
    bias, shared, of_bias = b.draw(biases(b, count))
    return b.add(
        "dense",
        (*shape[:-1], count),
        (source,),
        {"kernel": b.texts(*rows), "bias": bias},
        {**written, **shared},
        {"layout": layout},
        activation or b.activation(shape),
        of_bias,
    )


@st.composite
def biases(draw: st.DrawFn, b: LayerBuilder, units: int) -> tuple[Any, dict[str, bool], int]:
    """The bias, how the fixture says whether all units share it, and how many numbers it is: 1 where they do."""
    if not draw(st.integers(0, 5)):
        return draw(shared(b.texts())), {"shared_bias": True}, 1
    return b.bias(units), {} if draw(st.integers(0, 3)) else {"shared_bias": False}, units


def embedding(b: LayerBuilder) -> None:
    """Of words, which are the data; two of the numbers may be of one word."""
    width = b.draw(st.integers(1, 2))
    b.add("embedding", (*b.shapes[0], width), (0,), {"kernel": b.texts(b.words, width)})


def activation(b: LayerBuilder) -> None:
    """A layer of its own."""
    b.add("activation", b.shape, activation=b.activation(b.shape))


def scaled(b: LayerBuilder, count: int) -> dict[str, Any]:
    """Scale and offset."""
    return {"scale": b.texts(count), "offset": b.texts(count)}


def batch_normalization(b: LayerBuilder) -> None:
    """Of units or images, by the statistics of the batch or by others."""
    shape = units(b) if len(b.shape) == 2 else b.shape
    epsilon = b.draw(st.sampled_from(EPSILONS))
    table: dict[str, Any] = {"epsilon": epsilon}
    options: dict[str, Any] = {"epsilon": number(epsilon)}
    is_single = size(shape[1:]) == 1
    if (is_single and b.samples == 1) or not b.draw(st.integers(0, 3)):
        table["running_mean"] = b.texts(shape[0])
        table["running_variance"] = b.draw(texts(shape[:1], "not negative", plain=True))
        options |= {name: numbers(table[name]) for name in ("running_mean", "running_variance")}
    elif is_single:
        b.least_batch = 2
    b.add("batch normalization", shape, (), scaled(b, shape[0]), table, options, b.activation(shape))


def layer_normalization(b: LayerBuilder) -> None:
    """Of units or of every time of a sequence; seldom of a single number, which it makes 0."""
    if len(b.shape) > 2:
        units(b)
    if b.shape[-1] == 1 and b.draw(st.integers(0, 7)):
        dense(b, b.draw(st.integers(2, 3)))
    epsilon = b.draw(st.sampled_from(EPSILONS))
    table, options = {"epsilon": epsilon}, {"epsilon": number(epsilon)}
    b.add("layer normalization", b.shape, (), scaled(b, b.shape[-1]), table, options, b.activation(b.shape))


def dropout(b: LayerBuilder) -> None:
    """A mask for one sample or for every sample."""
    is_of_all = not b.draw(st.integers(0, 2))
    b.is_full_batch = b.is_full_batch or is_of_all
    bits = st.sampled_from(("1", "1", "0"))
    mask: Any = bits
    for extent in reversed((b.samples, *b.shape) if is_of_all else b.shape):
        mask = st.lists(mask, min_size=extent, max_size=extent)
    table = {"mask": b.draw(mask), "keep_prob": b.draw(st.sampled_from(("0.5", "0.8", "1", "0.3")))}
    options = {"mask": numbers(table["mask"]), "keep_prob": number(table["keep_prob"])}
    b.add("dropout", b.shape, (), {}, table, options)
