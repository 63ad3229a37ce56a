"""Data of a dense network: given or random, with known shapes."""

from fractions import Fraction

import numpy as np
import pytest

from worked_examples.schema.data import Data, FurtherData, Variant

RANDOM = {"seed": 1, "samples": 4, "inputs": 3, "outputs": 2}


def test_given_data_are_numbers_of_any_type() -> None:
    """Decimal strings keep their digits until they are read."""
    data = Data(input=[["0.1", "2"]], target=[["1"]])
    assert (data.shapes, data.samples, data.numbers("rational")[0][0, 0]) == (((1, 2), (1, 1)), 1, Fraction(1, 10))


def test_random_data_are_those_of_numpy() -> None:
    """Inputs first, then targets, from one stream; the shapes are known without them."""
    data = Data.model_validate({"random": RANDOM})
    stream = np.random.RandomState(1)
    assert data.shapes == ((4, 3), (4, 2))
    assert np.array_equal(data.pair[0], stream.standard_normal((4, 3)))
    assert np.array_equal(data.pair[1], stream.standard_normal((4, 2)))


def test_chosen_samples_are_data() -> None:
    """In the order that is asked for; of random data the same numbers."""
    data = Data(input=[["0.1", "2"], ["3", "4"], ["5", "6"]], target=[["1"], ["2"], ["3"]])
    assert data.chosen([2, 0]).pair == ([["5", "6"], ["0.1", "2"]], [["3"], ["1"]])
    random = Data.model_validate({"random": RANDOM})
    chosen = random.chosen([3, 1])
    assert (chosen.shapes, chosen.samples) == (((2, 3), (2, 2)), 2)
    assert np.array_equal(chosen.numbers("float64")[0], random.pair[0][[3, 1]])


def test_further_data_without_targets_have_zeros() -> None:
    """So many as the network has outputs; nothing is judged that depends on them."""
    given = FurtherData(input=[["1", "2"]])
    assert given.with_targets(3).pair == ([["1", "2"]], [["0", "0", "0"]])
    assert FurtherData(input=[["1"]], target=[["0.5"]]).with_targets(1).pair == ([["1"]], [["0.5"]])


def test_a_copy_with_another_size_has_other_arrays() -> None:
    """Cached arrays do not survive a change of what they were made from."""
    random = Data.model_validate({"random": RANDOM}).random
    assert random
    assert random.arrays[0].shape == (4, 3)
    assert random.model_copy(update={"samples": 9}).arrays[0].shape == (9, 3)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "input: missing"),
        ({"input": [["1"]]}, "target: missing"),
        ({"random": RANDOM, "input": [["1"]]}, "either input and target or random must be given"),
    ],
)
def test_data_are_given_or_random(table: dict[str, object], message: str) -> None:
    """Half of them, and both ways at once, are refused."""
    with pytest.raises(ValueError, match=message):
        Data.model_validate(table)


def test_the_id_of_a_variant_says_its_sizes() -> None:
    """Layer sizes and samples."""
    assert Variant(units=[2, 3, 1], samples=4, seed=1).suffix == "@2-3-1x4"
