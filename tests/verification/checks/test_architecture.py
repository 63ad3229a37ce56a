"""Architectures: how their tables are read and counted, and mistakes that must be caught."""

import re
from pathlib import Path

import pytest
from torch import nn

from adapters.reference import architecture as counting
from adapters.torch import architecture as torch_counting
from reference import architecture
from reference.architecture import Count
from verification.checks.architecture import ARCHITECTURE_CHECKS, depth
from verification.session import Case
from worked_examples import FixtureError, load
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
    assert depth(example, counting.count(example)) == 5
    assert sum(unit.type == "convolution" for unit in example.units) == 6


def test_groups_divide_the_weights() -> None:
    """With two groups a filter sees half of the channels."""
    slide = counting.window_of(read("dl-python/cnn-alexnet").units[5])
    one, two = (architecture.convolution((384, 13, 13), 384, slide, groups, True) for groups in (1, 2))  # noqa: FBT003 -- a bias
    assert (one.weights, two.weights) == (1327104, 663552)
    assert one.shape == two.shape == (384, 13, 13)


def test_maps_of_different_shapes_are_not_added() -> None:
    """A skip connection past layers that change the shape is a mistake."""
    with pytest.raises(ValueError, match=re.escape("maps of different shapes cannot be added: [(3, 6, 5), (4, 3, 3)]")):
        architecture.added([(3, 6, 5), (4, 3, 3)])


def test_a_use_of_a_weight_or_bias_is_a_connection() -> None:
    """LeNet's first layer has 156 parameters and, at 784 positions, 122,304 connections."""
    found = counting.count(read("dl-python/cnn-lenet"))["c1"]
    assert found == Count((6, 28, 28), 150, 6, 117600)
    assert (found.parameters, found.connections) == (156, 122304)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"pool1", layer = "max pooling"',
            '"conv1", layer = "max pooling"',
            "layers.conv1: two layers of this name",
        ),
        (
            '"pool1", layer = "max pooling"',
            '"pool1", of = ["conv9"], layer = "max pooling"',
            "layers.pool1.inputs: 'conv9' is neither 'input' nor an earlier layer",
        ),
        ("conv1_weights_K", "conv9_weights_K", "printed[1].text: 'conv9_weights_K' is neither depth nor LAYER.shape nor "),
        ('layer = "dense"', 'layer = "dens"', "'dens' is not a layer; accepted: add, average pooling, "),
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


def test_a_convolution_without_its_groups_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that forgets the groups has too many weights, and the layer is named."""
    monkeypatch.setitem(
        torch_counting.MODULES,
        "convolution",
        lambda unit, x: nn.Conv2d(x.shape[1], unit.units, **torch_counting.window(unit)),
    )
    with pytest.raises(pytest.fail.Exception, match=r"conv4: .*weights=1327104.*, expected .*weights=663552"):
        ARCHITECTURE_CHECKS["counts"](Case(read("dl-python/cnn-alexnet"), "torch"), {})  # type: ignore[arg-type]


def test_an_erratum_that_is_none_is_caught() -> None:
    """A table that were right would make its errata fail."""
    example = read("dl-python/cnn-alexnet")
    units = [unit.model_copy(update={"groups": 1}) if unit.name == "conv4" else unit for unit in example.units]
    changed = example.model_copy(update={"layers": units})
    with pytest.raises(pytest.fail.Exception, match=r"conv4_weights_M.*the erratum is none: the printed 1.3 is confirmed"):
        ARCHITECTURE_CHECKS["printed"](Case(changed, "reference"), {})  # type: ignore[arg-type]
