"""Keras's initializers, bit by bit those of the installed Keras."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from worked_examples.recipes.keras_stream import draws as bits
from worked_examples.recipes.keras_stream import philox, within_two

Draws = Callable[..., dict[str, Any]]
SEEDS = (0, 1, 42, 2**31 - 3, 2**31 - 2, 2**32 - 1)
NAMES = (
    *("GlorotUniform", "HeUniform", "LecunUniform", "RandomUniform"),
    *("GlorotNormal", "HeNormal", "LecunNormal", "RandomNormal", "TruncatedNormal"),
)
SHAPES = ((1, 1), (2, 3), (7, 5), (100, 33))
GENERATOR = "keras.initializers"


def test_the_generator_is_that_of_its_paper() -> None:
    """The first and the last known answers of Random123 for Philox 4x32-10."""
    zeros, key = np.zeros((1, 4), dtype=np.uint64), np.zeros(2, dtype=np.uint64)
    assert [f"{number:08x}" for number in philox(zeros, key)[0]] == ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]
    ones = np.uint64(2**32 - 1)
    assert [f"{number:08x}" for number in philox(zeros + ones, key + ones)[0]] == ["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"]


def test_fewer_numbers_are_the_first_ones() -> None:
    """Counter by counter, four at a time."""
    assert bits(7, 10).tolist() == bits(7, 100)[:10].tolist()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_are_keras_s(name: str, shape: tuple[int, int], seed: int, draws: Draws) -> None:
    """With a seed of their own, and with that of the recipe."""
    keras = pytest.importorskip("keras")
    expected = np.asarray(getattr(keras.initializers, name)(seed=seed)(shape, dtype="float32"))
    drawn = draws(f"a = {name}({shape}, seed={seed})\nb = {name}(shape={shape})", GENERATOR, seed, "float32")
    assert drawn["a"].dtype == expected.dtype
    assert drawn["a"].tolist() == drawn["b"].tolist() == expected.tolist()


def test_a_range_may_be_given(draws: Draws) -> None:
    """As Keras names its ends."""
    keras = pytest.importorskip("keras")
    expected = np.asarray(keras.initializers.RandomUniform(minval=-0.3, maxval=0.7, seed=5)((4, 2), dtype="float32"))
    drawn = draws("a = RandomUniform((4, 2), minval=-0.3, maxval=0.7)", GENERATOR, 5, "float32")
    assert drawn["a"].tolist() == expected.tolist()


@pytest.mark.parametrize("name", ["RandomNormal", "TruncatedNormal"])
def test_a_mean_and_a_deviation_may_be_given(name: str, draws: Draws) -> None:
    """In Keras's order, or by name; 100,000 numbers are Keras's too."""
    keras = pytest.importorskip("keras")
    expected = np.asarray(getattr(keras.initializers, name)(mean=0.3, stddev=0.7, seed=5)((1000, 100), dtype="float32"))
    drawn = draws(f"a = {name}((1000, 100), 0.3, 0.7)\nb = {name}((1000, 100), stddev=0.7, mean=0.3)", GENERATOR, 5, "float32")
    assert np.array_equal(drawn["a"], expected)
    assert np.array_equal(drawn["b"], expected)


def test_more_counters_are_tried_where_the_first_do_not_suffice() -> None:
    """The same numbers come of one counter at first, which often has fewer than four within 2."""
    groups = np.arange(200)
    assert within_two(3, groups, 1).tolist() == within_two(3, groups, 8).tolist()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("Orthogonal((2, 3))", "an orthogonal initializer is not reproduced; print the program's numbers and paste them"),
        ("HeNormal(3)", "accepted: the shape of a dense kernel, (inputs, outputs)"),
        ("GlorotUniform(3)", "accepted: the shape of a dense kernel, (inputs, outputs)"),
        ("GlorotUniform((2, 3), seed=-1)", "-1; accepted: a whole number from 0 to 4,294,967,295"),
    ],
)
def test_what_is_not_reproduced_is_refused(statement: str, reason: str, draws: Draws) -> None:
    """In one line."""
    with pytest.raises(ValueError, match=r".") as caught:
        draws(f"x = {statement}", GENERATOR, 1, "float32")
    assert str(caught.value) == f"'x = {statement}': {reason}"
