"""How layers of any shape are used."""

from collections.abc import Callable

from verification.random_examples.generator.layered import units
from verification.random_examples.generator.layered.building import LayerBuilder
from verification.random_examples.generator.layered.shapes import sequences

Built = Callable[..., list[LayerBuilder]]


def test_a_dense_layer_has_either_layout_and_any_bias(built: Built) -> None:
    """The kernel has its rows and columns by the layout; a bias is a list, one number, or none."""
    for b in built(units.dense, 4, 60):
        rows = len(b.tables[0]["kernel"])
        assert rows == (b.shape[0] if b.tables[0].get("layout") == "(out, in)" else 4)
    tables = [b.tables[0] for b in built(units.dense, 4, 60)]
    assert {type(table["bias"]) for table in tables} == {list, str}
    assert {table["bias"] == "none" for table in tables} == {True, False}
    assert {table.get("layout") for table in tables} == {None, *units.LAYOUTS}


def test_units_may_share_a_bias(built: Built) -> None:
    """One number in either form, which is one parameter; whether it is shared need not be written."""
    found = built(units.dense, 4, 150)
    sharing = [b for b in found if b.tables[0].get("shared_bias")]
    assert {type(b.tables[0]["bias"]) for b in sharing} == {list, str}
    assert {len(b.parameters[1]) for b in sharing} == {1}
    assert max(b.shape[0] for b in sharing) > 1
    assert {b.tables[0].get("shared_bias") for b in found} == {True, False, None}


def test_a_batch_is_large_enough_for_its_statistics(built: Built) -> None:
    """Units need two samples, or running statistics."""
    found = {("running_mean" in b.tables[-1], b.least_batch) for b in built(units.batch_normalization, 2, 40)}
    assert found == {(True, 1), (False, 2)}


def test_a_sequence_is_no_batch_of_units(built: Built) -> None:
    """It is flattened before its batch is normalized."""

    def recipe(b: LayerBuilder) -> None:
        sequences(b)
        units.batch_normalization(b)

    assert all(len(b.shape) == 1 for b in built(recipe, 4))


def test_a_mask_is_of_one_sample_or_of_all(built: Built) -> None:
    """One for each sample needs the full batch."""
    found = {(b.is_full_batch, isinstance(b.tables[0]["mask"][0], list)) for b in built(units.dropout, 3, 40)}
    assert found == {(True, True), (False, False)}


def test_a_single_number_is_seldom_normalized(built: Built) -> None:
    """A dense layer most often makes more of it."""
    shapes = [b.shape[-1] for b in built(units.layer_normalization, 1, 60)]
    assert 0 < shapes.count(1) < 30
