"""Layers of images, by hand."""

from typing import Any

import pytest

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.layer_types.table import LAYER_TYPES
from verification.random_examples.truth.numbers import numbers, size

SLIDE = {"stride": (1, 1), "padding": (0, 0)}
FIRST, LAST = ({**SLIDE, "layout": layout} for layout in ("(out, in, rows, columns)", "(rows, columns, in, out)"))
TWO_CHANNELS = [[[["1", "2"]], [["3", "5"]]]]


@pytest.mark.parametrize(
    ("kind", "options", "weights", "expected"),
    [
        ("convolution", {**FIRST, "groups": 1}, {"kernel": [[[["1", "1"]], [["10", "1"]]]], "bias": ["100"]}, [[[["138"]]]]),
        ("convolution", {**FIRST, "groups": 2}, {"kernel": [[[["1", "1"]]], [[["10", "1"]]]]}, [[[["3"]], [["35"]]]]),
        ("convolution", {**LAST, "groups": 1}, {"kernel": [[[["1"], ["10"]], [["1"], ["1"]]]]}, [[[["38"]]]]),
        ("convolution", {**LAST, "groups": 2}, {"kernel": [[[["1", "10"]], [["1", "1"]]]]}, [[[["3"]], [["35"]]]]),
        ("max pooling", {**SLIDE, "size": (1, 2)}, {}, [[[["2"]], [["5"]]]]),
        ("average pooling", {**SLIDE, "size": (1, 2), "counts_padding": False}, {}, [[[["1.5"]], [["4"]]]]),
        (
            "average pooling",
            {"stride": (1, 2), "padding": (0, 1), "size": (1, 2), "counts_padding": True},
            {},
            [[[["0.5", "1"]], [["1.5", "2.5"]]]],
        ),
    ],
)
def test_a_layer_has_its_value(kind: str, options: Any, weights: dict[str, Any], expected: Any) -> None:
    """Filters may be last; their second group sees the second channel; the padding counts in a mean only where it is said."""
    known = {name: numbers(texts) for name, texts in weights.items()}
    y, wanted = LAYER_TYPES[kind](Branches(), options, known, numbers(TWO_CHANNELS)), numbers(expected)
    assert y.shape == wanted.shape
    assert size(y - wanted) < 1e-90
