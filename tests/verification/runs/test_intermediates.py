"""What certified parameters give on the way of a pass."""

from collections.abc import Callable
from typing import Any

import flint
import numpy as np

from adapters import Parameters
from verification.certification.certified_numbers import CertifiedNumbers
from verification.certification.certified_value import certified_value
from verification.certification.when_judged import certified
from verification.records import Findings
from verification.runs.intermediates import exact_intermediates, exact_number
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.exact_numbers import Exact
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


def test_a_committed_run_gives_them(network: Network) -> None:
    """The committed files have no pre-activations; under the identity they are the outputs."""
    example = network("numpy-dnn/311_1")
    numbers = CertifiedNumbers(example, certified(Session([example]), example))
    z, y = (certified_value(numbers.measured(quantity(f"layer 1 {name} [0, 1]"), 78)) for name in ("pre-activation", "output"))
    assert z.radius < 1e-22
    assert abs(z.decimal - y.decimal) <= z.radius + y.radius
    deltas = [numbers.measured(quantity(f"{sign}gradient of layer 1 pre-activation"), 78) for sign in ("", "minus ")]
    delta, other = map(certified_value, deltas)
    assert (delta.decimal, delta.radius) == (-other.decimal, other.radius)


def test_exact_parameters_stay_exact(network: Network) -> None:
    """Certified strings of whole numbers give exact intermediates."""
    example = network("ours/stop-rule")
    layers = [Parameters(np.array([["3"]], dtype=object), np.array(["1"], dtype=object))]
    known = exact_intermediates(example, layers)
    assert certified_value(known.losses[0, 0]) == certified_value("8")


def test_an_open_comparison_leaves_no_digit(network: Network) -> None:
    """A ReLU at 0, as far as the enclosure tells: nothing after it is certain, and nothing is claimed."""
    example = network("ours/stop-rule")
    layer = example.network.layers[0].model_copy(update={"activation": "relu"})
    example = example.model_copy(update={"network": example.network.model_copy(update={"layers": [layer]})})
    layers = [Parameters(np.array([["0 +/- 0.1"]], dtype=object), np.array(["0"], dtype=object))]
    value = certified_value(exact_intermediates(example, layers).losses[0, 0])
    assert not value.radius.is_finite()


def test_a_short_number_is_a_rational() -> None:
    """Of strings and balls; an enclosure stays one."""
    assert [exact_number(known).rational is not None for known in ("0.5", flint.arb(2), Exact.read("1/3"))] == 3 * [True]
    assert exact_number("0.5 +/- 0.1").rational is None


GRAPH = """
kind = "network"
network = { loss = "half squared error", layers = [
  { type = "reshape", shape = [2, 1] },
  { kernel = [["1"]], bias = "none", activation = "relu" },
  { type = "flatten" },
  { kernel = [["2"], ["3"]], bias = "none", activation = "identity" },
] }
data = { input = [["1", "2"]], target = [["5"]] }
names = { z = "layer 1 pre-activation", g = "gradient of layer 1 output", d = "gradient of layer 4 pre-activation" }
printed = [{ where = "console", text = "z = [[[1.0], [2.0]]], g = [[[6.0], [9.0]]], d = 3.0" }]
"""


def test_the_first_layer_need_not_have_parameters(written: Callable[[str], Any], judged: Callable[..., Findings]) -> None:
    """Its pre-activations, and gradients by what it gives, are known as those of any other layer."""
    findings = judged("printed", written(GRAPH))
    assert findings.problems == []
    assert [number.verdict.value for number in findings.printed_numbers or []] == ["confirmed"] * 5


def test_an_open_comparison_leaves_the_shapes_of_any_layer(written: Callable[[str], Any]) -> None:
    """Also where a layer has no bias, or no units but times and features."""
    example = written(GRAPH)
    layers = example.network.parameters("exact")
    layers[1] = Parameters(np.array([["0 +/- 0.1"]], dtype=object))
    assert [array.shape for array in exact_intermediates(example, layers).pre_activations] == [(1, 2, 1), (1, 2, 1), (1, 2), (1, 1)]
