"""Sizes of networks: what every engine counts, what is printed, and mistakes that must be caught."""

import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from torch import nn

from adapters.capabilities import SIZES
from adapters.reference.engine import Engine
from adapters.torch import units
from reference.sizes import Count
from verification.case import Case
from verification.checks.sizes import prints_sizes
from verification.records import Findings, Outcome
from worked_examples import NetworkExample, SizedNetworkExample

ALEXNET, SMALL = "dl-python/cnn-alexnet", "numpy-dnn/311_1"


def test_a_convolution_without_its_groups_is_caught(
    monkeypatch: pytest.MonkeyPatch, judged: Callable[..., Findings], example: Callable[[str], Any]
) -> None:
    """An engine that forgets the groups has too many weights, and the layer is named."""

    def without_groups(layer: Any, given: Any, dtype: Any) -> units.Unit:
        return units.Unit(nn.Conv2d(given[0][0], layer.filters, layer.kernel_size, layer.stride, layer.padding, dtype=dtype))

    monkeypatch.setattr(units, "UNITS", {**units.UNITS, "convolution": without_groups})
    problems = judged("counts", example(ALEXNET), "torch").problems
    assert "layer 7, conv4: weights 1327104, by the formulas 663552" in problems


@pytest.mark.parametrize(
    ("change", "line"), [("more", "layer 10: the example has no such layer"), ("fewer", "layer 9, joined: not counted")]
)
def test_a_layer_too_many_or_too_few_is_caught(
    change: str, line: str, judged: Callable[..., Findings], example: Callable[[str], Any]
) -> None:
    """Every layer is counted once."""

    class Faulty(Engine):
        """The reference with another number of layers."""

        def count(self, example: NetworkExample | SizedNetworkExample) -> list[Count]:
            """One layer more, or one fewer."""
            counts = super().count(example)
            return [*counts, Count((1,), 0, 0, 0)] if change == "more" else counts[:-1]

    assert judged("counts", example("dl-python/cnn-inception"), Faulty()).problems == [line]


def test_an_erratum_that_is_none_is_caught(judged: Callable[..., Findings], example: Callable[[str], Any]) -> None:
    """A table that were right would make its errata fail."""
    alexnet = example(ALEXNET)
    assert judged("printed", alexnet).outcome is Outcome.PASSED
    layers = [layer.model_copy(update={"groups": 1}) if layer.name == "conv4" else layer for layer in alexnet.network.layers]
    other = alexnet.model_copy(update={"network": alexnet.network.model_copy(update={"layers": layers})})
    problems = judged("printed", other).problems
    assert any(re.search(r"conv4_weights_M.*the erratum is none: the printed 1.3 is confirmed", problem) for problem in problems)


@pytest.fixture
def with_sizes(changed: Callable[[str, str, str], Path], loaded: Callable[[str, str, str], Any]) -> Callable[[str], Any]:
    """A trained network whose first block prints its parameters and its depth."""
    names = "names = { P = 'layer 1 parameters', D = 'depth' }"
    block = f"[[printed]]\nwhere = 'here'\n{names}\ntext = 'P = 6, D = %s'\n\n[[printed]]"
    return lambda depth: loaded(SMALL, "[[printed]]", block % depth)


@pytest.mark.parametrize("engine", ["reference", "keras", "torch"])
def test_sizes_of_a_training_are_judged(engine: str, judged: Callable[..., Findings], with_sizes: Callable[[str], Any]) -> None:
    """By the engine's own count, beside the numbers that it computes."""
    assert judged("printed", with_sizes("1"), engine).outcome is Outcome.PASSED
    assert judged("counts", with_sizes("1"), engine).outcome is Outcome.PASSED
    (problem,) = judged("printed", with_sizes("2"), engine).problems
    assert problem.startswith("D (depth), here: printed 2, ")


def test_only_who_prints_sizes_has_layers_counted(with_sizes: Callable[[str], Any], example: Callable[[str], Any]) -> None:
    """The counts of a network without any are of no use."""
    assert prints_sizes(Case(with_sizes("1"), "reference"))
    assert prints_sizes(Case(example(ALEXNET), "reference"))
    assert not prints_sizes(Case(example(SMALL), "reference"))


def test_an_engine_that_counts_no_layers_judges_the_rest(judged: Callable[..., Findings], with_sizes: Callable[[str], Any]) -> None:
    """Sizes are left out with the reason."""

    class Small(Engine):
        """The reference without its counts."""

        unsupported = MappingProxyType({SIZES: "it is small"})

    findings = judged("printed", with_sizes("2"), Small())
    assert (findings.problems, findings.n_unsupported) == ([], 2)
    assert findings.notes[0] == "P (layer 1 parameters) at epoch 0 , here not judged: it is small".replace(" ,", ",")
