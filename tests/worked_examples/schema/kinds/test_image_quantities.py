"""What the names of a network on a data set may mean."""

from worked_examples.schema.kinds.image_quantities import OF_IMAGE, OF_SETS, OTHERS, QUANTITIES, RESULTS


def test_a_quantity_is_a_result_or_none() -> None:
    """Those of whole sets of images are results; those of one image are apart."""
    assert not OTHERS.keys() & RESULTS.keys()
    assert not OF_IMAGE.keys() & {*OTHERS, *RESULTS}
    assert set(QUANTITIES) == {*OTHERS, *RESULTS, *OF_IMAGE}
    assert set(OF_SETS) <= set(RESULTS)
