"""The sizes of layers: a layer that does not fit its inputs is told with its key and what is accepted."""

from typing import Any

import pytest

from worked_examples.layer_sizes import layer_sizes
from worked_examples.schema.kinds.architecture import ArchitectureExample

HEAD = {"kind": "architecture", "id": "a/b", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}


def architecture(*layers: dict[str, Any], size: tuple[int, int, int] = (3, 8, 8)) -> ArchitectureExample:
    """These layers on an image."""
    return ArchitectureExample.model_validate({**HEAD, "input": list(size), "layers": list(layers)})


def layer(name: str, kind: str, **settings: Any) -> dict[str, Any]:
    """A layer as a fixture writes it."""
    return {"name": name, "type": kind, **settings}


def test_counts_by_the_formulas() -> None:
    """Shapes go from layer to layer."""
    counts = layer_sizes(architecture(layer("c", "convolution", units=4, size=3), layer("d", "dense", units=2)))
    assert (counts["c"].shape, counts["c"].weights, counts["d"].weights) == ((4, 6, 6), 4 * 27, 4 * 36 * 2)


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([layer("c", "convolution")], "layers.c.units: missing, or 0; accepted: the number of filters"),
        ([layer("d", "dense")], "layers.d.units: missing, or 0; accepted: the number of units"),
        (
            [layer("c", "convolution", units=1, size=9)],
            "layers.c.size: 9 is larger than the map of 8 rows and 8 columns with its padding",
        ),
        ([layer("c", "convolution", units=1, size=0)], "layers.c.size: 0; accepted: a whole number from 1"),
        ([layer("p", "max pooling", size=2, stride=0)], "layers.p.stride: 0; accepted: a whole number from 1"),
        (
            [layer("p", "average pooling", size=2, padding=2)],
            "layers.p.padding: 2; accepted: at most half the size, 2, so that no window has only padding",
        ),
        ([layer("c", "convolution", units=4, groups=2)], "layers.c.groups: 2 does not divide 3 channels and 4 filters"),
        (
            [layer("d", "dense", units=2), layer("c", "convolution", units=2)],
            "layers.c.inputs: the shape (2,); accepted: channels, rows and columns, for a layer of type 'convolution'",
        ),
        (
            [layer("c", "convolution", units=3), layer("d", "dense", units=2, inputs=["c", "input"])],
            "layers.d.inputs: 2 inputs; accepted: one, for a layer of type 'dense'",
        ),
        (
            [layer("c", "convolution", units=4), layer("s", "add", inputs=["c", "input"])],
            "layers.s.inputs: the shapes (4, 8, 8), (3, 8, 8); accepted: maps of one shape",
        ),
        (
            [layer("c", "convolution", units=4, size=3), layer("s", "concatenate", inputs=["c", "input"])],
            "layers.s.inputs: the shapes (4, 6, 6), (3, 8, 8); accepted: maps of equally many rows and columns",
        ),
        (
            [layer("d", "dense", units=1_000_000), layer("e", "dense", units=10_000)],
            "layers: 10,192,000,000 weights; accepted: at most 1,500,000,000",
        ),
    ],
)
def test_a_layer_that_does_not_fit_is_refused(layers: list[dict[str, Any]], message: str) -> None:
    """The first one, with what was found and what is accepted."""
    with pytest.raises(ValueError, match="layers") as caught:
        layer_sizes(architecture(*layers))
    assert str(caught.value) == message
