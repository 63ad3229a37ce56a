"""Numbers that nobody has seen: other ones, the same in every run, of the same kind."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from adapters import Parameters
from verification.exact import arithmetic
from verification.images.data import initial
from verification.independence.unseen import changed, random_of, unseen, unseen_parameters
from worked_examples import CalculationExample, NetworkExample
from worked_examples.number_types import numbers

Example = Callable[[str], Any]


@pytest.mark.parametrize("name", ["numpy-dnn/311_1", "numpy-dnn/321_1", "linear-algebra/cheese"])
def test_every_parameter_changes(name: str, example: Example) -> None:
    """Zeros too; nothing else of the network does."""
    before, after = example(name), unseen(example(name))
    for old, new in zip(before.network.layers, after.network.layers, strict=True):
        assert np.all(numbers(old.kernel) != numbers(new.kernel))
        assert np.all(numbers(old.bias) != numbers(new.bias))
    assert after.model_copy(update={"network": before.network}) == before


def test_the_numbers_are_the_same_in_every_run(example: Example) -> None:
    """They depend on the id alone, and differ between examples."""
    assert unseen(example("numpy-dnn/311_1")) == unseen(example("numpy-dnn/311_1"))
    first, second = (random_of(example(f"numpy-dnn/{name}")).uniform() for name in ("311_1", "312_1"))
    assert first != second


def test_whole_inputs_of_a_calculation_stay(example: Example) -> None:
    """The number of apples is a count; the tax is not."""
    before, after = (chosen.inputs for chosen in (example("dl-python/graph-shopping"), unseen(example("dl-python/graph-shopping"))))
    differing = {name for name in before if before[name] != after[name]}
    assert differing
    assert all(Decimal(before[name]) % 1 for name in differing)


def test_a_range_keeps_its_length() -> None:
    """Its start, stop and step stay, whatever they are; other numbers of formulas do not."""
    table = {"kind": "calculation", "id": "a/b", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}
    steps = "y = reshape(arange(0, 1, 0.05), (4, 5)) * 0.5 + a"
    before = CalculationExample.model_validate({**table, "inputs": {"a": "0.25"}, "steps": steps})
    after = unseen(before)
    assert {name for name in before.inputs if before.inputs[name] != after.inputs[name]} == {"a", "0.5"}


@pytest.mark.parametrize("offset", ["0.5", "0.499"])
def test_numbers_without_a_value_are_drawn_again(offset: str) -> None:
    """Of many examples, none gets a negative number under its logarithm, although about half of the draws are."""
    table = {"kind": "calculation", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}
    for name in map(str, range(20)):
        before = {**table, "id": f"a/{name}", "inputs": {"a": "0.5", "b": offset}, "steps": "y = log(a - b)"}
        after = unseen(CalculationExample.model_validate(before)).inputs
        assert Decimal(after["a"]) >= Decimal(after["b"])


def test_a_changed_number_keeps_its_sign_and_its_range() -> None:
    """It loses 1 to 9 percent, so that a probability stays one; lists keep their shape."""
    random = np.random.RandomState(0)
    for text in ("0.25", "-0.25", "1.5e-3", ".5"):
        share = Decimal(changed(text, random, of_all=False)) / Decimal(text)
        assert Decimal("0.91") <= share <= Decimal("0.99")
    assert changed([["1", "2"], ["3", "0"]], random, of_all=False) == [["1", "2"], ["3", "0"]]


@pytest.mark.parametrize("name", ["dl-python/twolayer-backprop", "dl-python/mnist-pretrained"])
def test_a_network_on_images_gets_random_parameters_of_another_seed(name: str, example: Example) -> None:
    """Pretrained ones are replaced."""
    before, after = initial(example(name), 64), initial(unseen(example(name)), 64)
    assert [layer.kernel.shape for layer in before] == [layer.kernel.shape for layer in after]
    assert all(np.all(old.kernel != new.kernel) for old, new in zip(before, after, strict=True))


def test_another_kind_is_refused(example: Example) -> None:
    """With its id and kind."""
    with pytest.raises(TypeError, match=r"^ours/activations: no unseen numbers for kind 'convention'$"):
        unseen(example("ours/activations"))


def test_unseen_parameters_are_near_and_of_the_same_type(network: Callable[[str], NetworkExample]) -> None:
    """All entries differ, the zeros among them."""
    start = [Parameters(np.ones((2, 2), "float32"), np.zeros(2, "float32"))]
    (layer,) = unseen_parameters(network("numpy-dnn/311_1"), start)
    assert layer.kernel.dtype == layer.bias.dtype == np.float32
    assert np.all((layer.kernel != 1) & (abs(layer.kernel - 1) < 0.1))
    assert np.all((layer.bias > 0) & (layer.bias <= 0.01))


def test_the_state_of_an_optimizer_stays(network: Callable[[str], NetworkExample]) -> None:
    """Behind the layers: a sum of squares must not become negative."""
    example = network("ours/adam")
    start = arithmetic.initial(example, "float64")
    other, layers = unseen_parameters(example, start), len(example.network.layers)
    assert len(other) == 3 * layers
    assert all(a is b for a, b in zip(other[layers:], start[layers:], strict=True))
    assert not any(np.array_equal(a.kernel, b.kernel) for a, b in zip(other[:layers], start[:layers], strict=True))
