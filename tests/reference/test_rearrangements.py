"""Functions that rearrange: each entry's gradient goes back to its place, a replaced one's to what replaced it."""

import numpy as np
import pytest

from reference.rearrangements import IMAGE_REARRANGEMENTS, REARRANGEMENTS, is_inside


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ((1,), [[0, 0, 0], [1, 1, 1]]),
        ((slice(None), -1), [[0, 0, 1], [0, 0, 1]]),
        ((slice(None, None, -1), slice(None, None, 2)), [[1, 0, 1], [1, 0, 1]]),
        ((slice(5, None),), [[0, 0, 0], [0, 0, 0]]),
    ],
)
def test_the_gradient_of_a_part_is_at_its_entries(index: tuple[int | slice, ...], expected: list[list[float]]) -> None:
    """Zeros elsewhere: negative entries, strides and empty slices too."""
    x = np.arange(6.0).reshape(2, 3)
    part = REARRANGEMENTS["index"].value({"index": index}, x)
    (gradient,) = REARRANGEMENTS["index"].backward({"index": index}, [x], part, np.ones_like(part))
    assert gradient is not None
    assert gradient.tolist() == expected


def test_a_replaced_entry_has_no_gradient_and_the_entries_have_its() -> None:
    """One that fills several gets the sum; a leading axis of length 1 is kept."""
    x, dy = np.arange(6.0).reshape(2, 3), np.arange(1.0, 7.0).reshape(2, 3)
    for entries, expected in ((np.array(9.0), 15), (np.array([[7.0, 8.0, 9.0]]), [[4, 5, 6]])):
        y = REARRANGEMENTS["assign"].value({"index": (1,)}, x, entries)
        gradients = REARRANGEMENTS["assign"].backward({"index": (1,)}, [x, entries], y, dy)
        assert [gradient is not None and gradient.tolist() for gradient in gradients] == [[[1, 2, 3], [0, 0, 0]], expected]
    assert x.tolist() == [[0, 1, 2], [3, 4, 5]], "a copy is changed, not the operand"


@pytest.mark.parametrize(
    ("part", "expected"),
    [(slice(0, 4), True), (slice(1, 2), True), (slice(0, 5), False), (slice(2, 2), False), (slice(None, 2), False), (1, False)],
)
def test_a_crop_lies_inside_the_image(part: int | slice, expected: bool) -> None:
    """A slice with a start and a stop in an axis of 4 entries."""
    assert is_inside(part, 4) is expected


def test_images_are_flipped_along_an_axis() -> None:
    """And so are their gradients."""
    x = np.arange(4.0).reshape(1, 1, 2, 2)
    flip = IMAGE_REARRANGEMENTS["flip"]
    (gradient,) = flip.backward({"axis": 3}, [x], x, x)
    assert gradient is not None
    assert flip.value({"axis": 3}, x).tolist() == gradient.tolist() == [[[[1, 0], [3, 2]]]]
