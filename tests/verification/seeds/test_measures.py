"""What is measured of the outputs of many seeds, on hand-made samples."""

import numpy as np

from verification.seeds import measures

PRINTED = (("0.1",), ("0.9",))
OUTPUTS = np.array([[[0.104, 0.3]], [[0.9, 0.8]]])
TARGETS = np.array([[0.0], [1.0]])


def test_every_output_of_a_table_is_a_quantity_by_itself() -> None:
    """Each has its position, its printed text and the values of all seeds."""
    first, second = measures.single_outputs("t", PRINTED, OUTPUTS)
    assert (first.name, first.printed, first.derived) == ("t, output [0, 0]", "0.1", False)
    assert second.values.tolist() == [0.9, 0.8]


def test_the_table_as_a_whole() -> None:
    """A table's errors follow from the rounded outputs, and its nearest seed is the one whose worst output is nearest."""
    squares, worst, nearest = measures.whole_table("t", PRINTED, OUTPUTS, TARGETS)
    assert (squares.printed, worst.printed, nearest.printed) == ("0.010000", "0.100000", "0.000000")
    np.testing.assert_allclose([squares.values, worst.values, nearest.values], [[0.01, 0.065], [0.1, 0.3], [0.2, 0.2]], rtol=1e-15)
    assert squares.derived
    assert worst.derived
    assert nearest.derived


def test_all_quantities_of_a_table_begin_with_its_outputs() -> None:
    """First the printed outputs, then what follows from them."""
    assert [quantity.derived for quantity in measures.table_quantities("t", PRINTED, OUTPUTS, TARGETS)] == [False] * 2 + [True] * 3


def test_outputs_are_rounded_as_printed() -> None:
    """Each position has the decimals of its own text."""
    assert measures.rounded(np.array([[[0.126], [0.126]]]), (("0.1", "0.13"),)).tolist() == [[[0.1], [0.13]]]


def test_the_nearest_seed_can_leave_one_out() -> None:
    """A seed is not its own nearest one."""
    outputs = np.array([[0.0, 1.0]])
    assert measures.nearest(outputs, np.array([0.0])) == 0.0
    assert measures.nearest(outputs, np.array([0.0]), without=0) == 1.0


def test_fractions_of_claims() -> None:
    """A claim's fraction is counted over seeds."""
    assert measures.fraction(np.array([True, False, False, False])) == 0.25


def test_a_table_as_a_whole_leaves_out_seeds_without_outputs() -> None:
    """They have no value; the others have theirs."""
    outputs = np.concatenate([OUTPUTS, np.full((2, 1, 1), np.nan)], axis=-1)
    for with_nan, quantity in zip(
        measures.whole_table("t", PRINTED, outputs, TARGETS), measures.whole_table("t", PRINTED, OUTPUTS, TARGETS), strict=True
    ):
        assert with_nan.printed == quantity.printed
        np.testing.assert_array_equal(with_nan.values, [*quantity.values, np.nan])


def test_correct_outputs_are_on_their_targets_sides() -> None:
    """A seed is correct where every output is above 0.5 exactly where its target is."""
    assert measures.all_correct(np.array([[[0.6, 0.4]], [[0.2, 0.2]]]), np.array([[1.0], [0.0]])).tolist() == [True, False]
    assert measures.all_correct(np.array([[[0.6, 0.6]], [[0.2, np.nan]]]), np.array([[1.0], [0.0]])).tolist() == [True, False]
