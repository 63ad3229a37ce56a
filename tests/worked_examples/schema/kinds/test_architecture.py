"""Architectures: layers in a graph, repetitions, printed names."""

from collections.abc import Callable

import pytest

from worked_examples.schema.kinds.architecture import ArchitectureExample

HEAD = {"kind": "architecture", "id": "a/b", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}
CONVOLUTION = {"type": "convolution", "units": 2, "size": 3}


def example(layers: list[object]) -> ArchitectureExample:
    """An architecture of these layers."""
    return ArchitectureExample.model_validate({**HEAD, "input": [1, 8, 8], "layers": layers})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "s2"', 'name = "c1"', "layers.c1: two layers of this name"),
        ('"s2", type', '"s2", inputs = ["c9"], type', "layers.s2.inputs: 'c9' is neither 'input' nor an earlier layer"),
        (
            "c1_parameters",
            "c9_parameters",
            "printed[0].text: 'c9_parameters' is neither depth nor LAYER.shape nor LAYER_parameters",
        ),
        ('type = "dense"', 'type = "dens"', "layers[5].type: 'dens' is not a layer; accepted: add, average pooling, batch normal"),
        (
            "size = 2, stride",
            'size = "2", stride',
            "layers[1].size: '2' is not an extent; accepted: a whole number from 0, or [rows, ",
        ),
        (
            'activation = "sigmoid"',
            'activation = "softmax"',
            "layers[0].activation: 'softmax' is not an activation; accepted: identity, ",
        ),
        ('{ name = "f6",', '{ repeat = 0, name = "f6",', "layers[5]: unknown key 'name'; accepted: layers, repeat"),
        (
            '{ name = "f6",',
            '{ groups = 2, name = "f6",',
            "layers.f6: groups and missing biases are only counted; use kind = 'architect",
        ),
    ],
)
def test_a_bad_architecture_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the layer or the printed name."""
    assert refusal("dl-python/cnn-lenet", old, new).startswith(message)


def test_repetitions_are_written_out() -> None:
    """Each has a number behind its names; ``before`` is the input of the repetition."""
    block = [{"name": "a", **CONVOLUTION}, {"name": "b", "type": "add", "inputs": ["a", "before"]}]
    layers = example([{"name": "first", **CONVOLUTION}, {"repeat": 2, "layers": block}]).units
    assert [(layer.name, layer.inputs) for layer in layers] == [
        ("first", ["input"]),
        ("a_1", ["first"]),
        ("b_1", ["a_1", "first"]),
        ("a_2", ["b_1"]),
        ("b_2", ["a_2", "b_1"]),
    ]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("depth", ("total", "depth", 0)),
        ("one.shape", ("one", "shape", 0)),
        ("one_macs_M", ("one", "macs", 6)),
        ("total_parameters_K", ("total", "parameters", 3)),
    ],
)
def test_a_printed_name_is_a_size(name: str, target: tuple[str, str, int]) -> None:
    """Of a layer or of all, in units of a power of ten."""
    assert example([{"name": "one", **CONVOLUTION}]).part(0, name) == target
