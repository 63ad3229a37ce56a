"""Random units that are trained by a rule of their own: the perceptron, and the ADALINE, whose rule is that of gradient descent."""

from collections.abc import Mapping
from typing import Any

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts
from verification.random_examples.generator.networks import Given, printed_networks
from verification.random_examples.generator.quantity_items import MOST_PRINTED
from verification.random_examples.generator.trainings import trained
from verification.random_examples.texts.examples import RandomExample
from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.network import Network, activated
from verification.random_examples.truth.numbers import DIGITS, Array, numbers, sign
from verification.random_examples.truth.operations import dot

ACTIVATIONS: Mapping[str, tuple[str, ...]] = {
    "perceptron": ("step", "step at zero", "bipolar step", "bipolar step at zero"),
    "adaline": ("identity",),
}
"""The activations of each rule's units."""
CLASSES = {"identity": "bipolar step"}  # the step that makes classes of a unit that has none


@st.composite
def units(draw: st.DrawFn, rule: str, activation: str) -> RandomExample:
    """A trained layer of such units, on samples that units with other weights tell apart, or on any."""
    with mpmath.workdps(DIGITS):
        given = draw(given_units(rule, activation))
        return draw(printed_networks(given, draw(trained(given.network, given.parameters, given.x, given.t))))


@st.composite
def given_units(draw: st.DrawFn, rule: str, activation: str) -> Given:
    """1 or 2 units with 1 to 3 inputs, and 1 to 5 samples."""
    inputs, count, samples = draw(st.integers(1, 3)), draw(st.integers(1, 2)), draw(st.integers(1, MOST_PRINTED // 2 - 1))
    kernel, bias = draw(weights((inputs, count))), draw(weights((count,)))
    x = draw(texts((samples, inputs), plain=True))
    step = CLASSES.get(activation, activation)
    hidden = numbers(draw(texts((inputs, count), plain=True))), numbers(draw(texts((count,), plain=True)))
    t = draw(classes(activated(step, Branches(), dot(numbers(x), hidden[0]) + hidden[1]), step))
    network = Network((activation,), "half squared error", rule="perceptron" if rule == "perceptron" else "gradient")
    layer = {"kernel": kernel, "bias": bias, "activation": activation}
    data = {"input": x, "target": t}
    return Given({"loss": network.loss, "layers": [layer]}, data, network, (numbers(kernel), numbers(bias)), numbers(x), numbers(t))


@st.composite
def weights(draw: st.DrawFn, shape: tuple[int, ...]) -> Any:
    """Weights at first: all 0, as in most books, or any."""
    chosen = draw(texts(shape, plain=True))
    return zeros(chosen) if draw(st.booleans()) else chosen


def zeros(nested: Any) -> Any:
    """Zeros in the shape of nested lists."""
    return [zeros(row) for row in nested] if isinstance(nested, list) else "0"


@st.composite
def classes(draw: st.DrawFn, reachable: Array, step: str) -> list[list[str]]:
    """Targets that some weights reach, now and then any of both classes."""
    low, high = ("-1", "1") if step.startswith("bipolar") else ("0", "1")
    if draw(st.integers(0, 3)):
        return [[high if sign(entry) > 0 else low for entry in row] for row in reachable]
    row = st.lists(st.sampled_from((low, high)), min_size=reachable.shape[1], max_size=reachable.shape[1])
    return draw(st.lists(row, min_size=len(reachable), max_size=len(reachable)))
