"""How layers of images are used."""

from collections.abc import Callable

import pytest

from verification.random_examples.generator.layered import images
from verification.random_examples.generator.layered.building import LayerBuilder

Built = Callable[..., list[LayerBuilder]]


def test_a_convolution_has_every_option(built: Built) -> None:
    """Stride, padding, groups, no bias; the kernel has the channels of a group."""
    found = built(images.convolution, 8, 80)
    tables = [b.tables[-1] for b in found]
    assert all(len(table["kernel"][0]) * table.get("groups", 1) == b.shapes[-2][0] for b, table in zip(found, tables, strict=True))
    assert {table.get("groups") for table in tables} == {None, 1, 2}
    assert {table["bias"] == "none" for table in tables} == {True, False}
    assert {type(table.get("stride")) for table in tables} == {type(None), int, list}
    assert any(b.layers[-1].options["padding"] != (0, 0) for b in found)


@pytest.mark.parametrize("recipe", [images.max_pooling, images.average_pooling])
def test_a_stride_that_is_not_written_is_the_size(recipe: Callable[[LayerBuilder], None], built: Built) -> None:
    """And a padding is at most half of the window."""
    found = built(recipe, 12, 60)
    for b in found:
        options = b.layers[-1].options
        assert "stride" in b.tables[-1] or options["stride"] == options["size"]
        assert all(2 * padding <= size for padding, size in zip(options["padding"], options["size"], strict=True))
        assert min(b.shape) >= 1
    assert {"stride" in b.tables[-1] for b in found} == {True, False}
