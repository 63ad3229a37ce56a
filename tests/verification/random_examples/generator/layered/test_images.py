"""How layers of images are used."""

from collections.abc import Callable
from typing import Any

import pytest

from verification.random_examples.generator.layered import images
from verification.random_examples.generator.layered.building import LayerBuilder

Built = Callable[..., list[LayerBuilder]]


def innermost(kernel: Any) -> tuple[int, int]:
    """The filters and channels of a kernel that has them last."""
    return len(kernel[0][0][0]), len(kernel[0][0])


def test_a_convolution_has_every_option(built: Built) -> None:
    """Stride, padding, groups, no bias, either layout; the kernel has the channels of a group."""
    found = built(images.convolution, 8, 80)
    tables = [b.tables[-1] for b in found]
    for b, table in zip(found, tables, strict=True):
        is_first = table.get("layout", images.LAYOUTS[0]) == images.LAYOUTS[0]
        filters, seen = (len(table["kernel"]), len(table["kernel"][0])) if is_first else innermost(table["kernel"])
        assert (filters, seen * table.get("groups", 1)) == (b.shape[0], b.shapes[-2][0])
    assert {table.get("layout") for table in tables} == {None, *images.LAYOUTS}
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
