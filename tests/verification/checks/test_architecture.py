"""Architectures: how their tables are read and counted, and mistakes that must be caught."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from torch import nn

from adapters.reference.engine import Engine
from adapters.torch import architecture as torch_counting
from reference import architecture
from reference.architecture import Count
from verification.records import Findings, Outcome
from verification.runs.architecture_counts import architecture_depth
from worked_examples import FixtureError, layer_sizes, load
from worked_examples.loading import ROOT
from worked_examples.schema.kinds.architecture import ArchitectureExample

ALEXNET = ROOT / "dl-python" / "cnn-alexnet.toml"


def read(name: str) -> ArchitectureExample:
    """An architecture of ours."""
    example = load(ROOT / f"{name}.toml")
    assert isinstance(example, ArchitectureExample)
    return example


def test_repetitions_are_written_out() -> None:
    """Repeated layers get the number of the repetition, and ``before`` is what went into each."""
    units = {unit.name: unit for unit in read("dl-python/cnn-resnet").units}
    assert units["s2_a_1"].inputs == units["s2_skip_1"].inputs == ["pool1"]
    assert units["s3_d_2"].inputs == ["s3_out_1"]
    assert units["s3_out_2"].inputs == ["s3_f_norm_2", "s3_out_1"]
    assert units["s4_a_1"].inputs == ["s3_out_7"]


def test_the_depth_is_that_of_the_longest_way() -> None:
    """A convolution beside the way, on a skip connection, adds nothing; nor does a normalisation."""
    example = read("ours/residual-block")
    assert architecture_depth(example, layer_sizes.layer_sizes(example)) == 5
    assert sum(unit.type == "convolution" for unit in example.units) == 6


def test_groups_divide_the_weights() -> None:
    """With two groups a filter sees half of the channels."""
    slide = layer_sizes.window_of(read("dl-python/cnn-alexnet").units[5])
    whole, halved = (architecture.convolution((384, 13, 13), 384, slide, groups, True) for groups in (1, 2))  # noqa: FBT003 -- a bias
    assert (whole.weights, halved.weights) == (1327104, 663552)
    assert whole.shape == halved.shape == (384, 13, 13)


def test_maps_of_different_shapes_are_not_added() -> None:
    """A skip connection past layers that change the shape is a mistake."""
    with pytest.raises(ValueError, match=re.escape("maps of different shapes cannot be added: [(3, 6, 5), (4, 3, 3)]")):
        architecture.added([(3, 6, 5), (4, 3, 3)])


def test_a_use_of_a_weight_or_bias_is_a_connection() -> None:
    """LeNet's first layer has 156 parameters and, at 784 positions, 122,304 connections."""
    count = layer_sizes.layer_sizes(read("dl-python/cnn-lenet"))["c1"]
    assert count == Count((6, 28, 28), 150, 6, 117600)
    assert (count.parameters, count.connections) == (156, 122304)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"pool1", type = "max pooling"',
            '"conv1", type = "max pooling"',
            "layers.conv1: two layers of this name",
        ),
        (
            '"pool1", type = "max pooling"',
            '"pool1", inputs = ["conv9"], type = "max pooling"',
            "layers.pool1.inputs: 'conv9' is neither 'input' nor an earlier layer",
        ),
        ("conv1_weights_K", "conv9_weights_K", "printed[1].text: 'conv9_weights_K' is neither depth nor LAYER.shape nor "),
        ('type = "dense"', 'type = "dens"', "'dens' is not a layer; accepted: add, average pooling, "),
    ],
)
def test_a_bad_architecture_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message names the layer or the printed name."""
    text = ALEXNET.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "dl-python" / "cnn-alexnet.toml"
    file.parent.mkdir()
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FixtureError, match=re.escape(message)):
        load(file)


def test_a_convolution_without_its_groups_is_caught(monkeypatch: pytest.MonkeyPatch, judged: Callable[..., Findings]) -> None:
    """An engine that forgets the groups has too many weights, and the layer is named."""
    without_groups = {
        "convolution": lambda unit, x: nn.Conv2d(x.shape[1], unit.units, **torch_counting.window(unit)),
    }
    monkeypatch.setattr(torch_counting, "MODULES", {**torch_counting.MODULES, **without_groups})
    problems = judged("counts", read("dl-python/cnn-alexnet"), "torch").problems
    assert "conv4: weights 1327104, by the formulas 663552" in problems


@pytest.mark.parametrize(("change", "line"), [("more", "extra: the example has no such layer"), ("fewer", "c1: not counted")])
def test_a_layer_too_many_or_too_few_is_caught(change: str, line: str, judged: Callable[..., Findings]) -> None:
    """The names of both models are compared."""

    class Faulty(Engine):
        """The reference with another set of layers."""

        def count(self, example: ArchitectureExample) -> dict[str, Count]:
            """One layer more, or one fewer."""
            counts = super().count(example)
            more = counts | {"extra": Count((1,), 0, 0, 0)}
            return more if change == "more" else {name: count for name, count in counts.items() if name != "c1"}

    assert judged("counts", read("dl-python/cnn-lenet"), Faulty()).problems == [line]


def test_no_layer_at_all_is_a_line(monkeypatch: pytest.MonkeyPatch, judged: Callable[..., Findings]) -> None:
    """Nothing compared with nothing is not equal."""
    monkeypatch.setattr("verification.checks.architecture.layer_counts", lambda _: {})
    assert judged("counts", read("dl-python/cnn-lenet")).problems == ["no layer is counted"]


def test_an_erratum_that_is_none_is_caught(judged: Callable[..., Findings]) -> None:
    """A table that were right would make its errata fail."""
    example = read("dl-python/cnn-alexnet")
    assert judged("printed", example).outcome is Outcome.PASSED
    units = [unit.model_copy(update={"groups": 1}) if unit.name == "conv4" else unit for unit in example.units]
    problems = judged("printed", example.model_copy(update={"layers": units})).problems
    assert any(re.search(r"conv4_weights_M.*the erratum is none: the printed 1.3 is confirmed", problem) for problem in problems)


def test_a_block_is_checked_with_its_counted_shapes(judged: Callable[..., Findings]) -> None:
    """Its outputs and gradients are those of exact arithmetic."""
    example = load(ROOT / "ours" / "inception-block.toml")
    assert judged("values", example).outcome is Outcome.PASSED
