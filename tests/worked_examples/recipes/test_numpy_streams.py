"""NumPy's generators, against NumPy itself."""
# ruff: noqa: NPY002, FBT003 -- the books' way is what is tested

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from worked_examples.recipes.numpy_streams import DefaultRng, Legacy

Draws = Callable[..., dict[str, Any]]
SEEDS = (0, 1, 42, 2**32 - 1)
SHAPES = ((1,), (3, 4), (2, 1, 5), (100,))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_legacy_draws_are_numpy_s(seed: int, shape: tuple[int, ...], draws: Draws) -> None:
    """Every call, one after the other from one stream, in each way to write a size."""
    sizes = ", ".join(map(str, shape))
    text = f"""
    a = rand({sizes})
    b = randn({sizes})
    c = 2*random({sizes}) - 1
    d = uniform(-0.5, 2, ({sizes},))
    e = normal(1, 0.1, ({sizes},))
    f = randint(-3, 9, ({sizes},))
    g = choice(7, ({sizes},))
    h = permutation(10)
    i = arange(6)
    shuffle(i)
    j = random()
    k = choice(8, 5, False)
    l = choice([0.5, 1, 2], 4, True, [0.5, 0.25, 0.25])
    m = randint(5)
    n = random(({sizes},)) + random_sample(({sizes},)) * standard_normal(({sizes},))
    """
    np.random.seed(seed)
    expected: list[Any] = [np.random.rand(*shape), np.random.randn(*shape), 2 * np.random.random(shape) - 1]
    expected += [np.random.uniform(-0.5, 2, shape), np.random.normal(1, 0.1, shape), np.random.randint(-3, 9, shape)]
    expected += [np.random.choice(7, shape), np.random.permutation(10), np.arange(6)]
    np.random.shuffle(expected[-1])
    expected += [np.random.random(), np.random.choice(8, 5, False), np.random.choice([0.5, 1, 2], 4, True, [0.5, 0.25, 0.25])]
    expected += [np.random.randint(5), np.random.random(shape) + np.random.random_sample(shape) * np.random.standard_normal(shape)]
    values = draws(text, seed=seed)
    assert list(values) == list("abcdefghijklmn")
    for name, numbers in zip(values, expected, strict=True):
        assert np.array_equal(values[name], numbers), name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_default_rng_s_draws_are_numpy_s(seed: int, shape: tuple[int, ...], draws: Draws) -> None:
    """Every call, one after the other from one stream."""
    text = f"""
    a = random({shape})
    b = standard_normal({shape})
    c = normal(1, 0.1, {shape})
    d = uniform(-1, 1, {shape})
    e = integers(0, 10, {shape})
    f = permutation(9)
    g = arange(5)
    shuffle(g)
    h = choice(9, 4, False)
    """
    random = np.random.default_rng(seed)
    expected: list[Any] = [
        random.random(shape),
        random.standard_normal(shape),
        random.normal(1, 0.1, shape),
        random.uniform(-1, 1, shape),
    ]
    expected += [random.integers(0, 10, shape), random.permutation(9), np.arange(5)]
    random.shuffle(expected[-1])
    expected.append(random.choice(9, 4, False))
    values = draws(text, "numpy.random.default_rng", seed)
    for name, numbers in zip(values, expected, strict=True):
        assert np.array_equal(values[name], numbers), name


def test_the_streams_have_not_changed(draws: Draws) -> None:
    """Their first numbers after seed 1: NumPy promises this of the legacy generator alone."""
    assert draws("a = random()")["a"] == 0.417022004702574
    assert draws("a = random()", "numpy.random.default_rng")["a"] == 0.5118216247002567


def test_further_numbers_follow_the_draw() -> None:
    """From the same stream."""
    legacy, random = Legacy(3), np.random.RandomState(3)
    legacy.calls["randn"](3.0)
    random.standard_normal(3)
    assert np.array_equal(legacy.uniform_numbers(2, 3), random.random_sample((2, 3)))
    assert np.array_equal(DefaultRng(3).uniform_numbers(4), np.random.default_rng(3).random(4))


def test_arguments_may_have_keywords(draws: Draws) -> None:
    """As NumPy names them, in any order; the numbers are those of NumPy."""
    text = """
    a = normal(loc=1, scale=0.1, size=(2, 3))
    b = uniform(size=4, low=-1, high=2)
    c = random(size=(2, 2))
    d = choice(5, 3, replace=False)
    e = standard_normal(size=3)
    f = randint(2, high=9, size=4)
    """
    drawn, random = draws(text, seed=5), np.random.RandomState(5)
    expected = (random.normal(1, 0.1, (2, 3)), random.uniform(-1, 2, 4), random.random_sample((2, 2)))
    for name, numbers in zip("abc", expected, strict=True):
        assert np.array_equal(drawn[name], numbers)
    for name, whole in (("d", random.choice(5, 3, False)), ("e", random.standard_normal(3)), ("f", random.randint(2, 9, 4))):
        assert np.array_equal(drawn[name], whole)
    generator, new = draws("a = normal(loc=0, scale=0.1, size=(2, 3))\nb = random(size=3)", "numpy.random.default_rng"), 1
    random_2 = np.random.default_rng(new)
    assert np.array_equal(generator["a"], random_2.normal(0, 0.1, (2, 3)))
    assert np.array_equal(generator["b"], random_2.random(3))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("normal(mean=0)", "normal: got an unexpected keyword argument 'mean'"),
        ("normal(loc=0, loc=1)", "normal: 'loc' is given twice; write it once"),
        ("normal(0, loc=1)", "normal: multiple values for argument 'loc'"),
        ("random(2, size=3)", "a size is given twice; write size=(2, 3) alone"),
        ("normal(size=2.5)", "2.5; accepted: a whole number from 1 to 700,000"),
    ],
)
def test_a_keyword_that_does_not_fit_is_refused(statement: str, reason: str, draws: Draws) -> None:
    """With the call's own name."""
    with pytest.raises(ValueError, match=r".") as caught:
        draws(f"x = {statement}")
    assert str(caught.value) == f"'x = {statement}': {reason}"


def test_keywords_are_written_out(draws: Draws) -> None:
    """Without dictionaries."""
    with pytest.raises(ValueError, match=r"^'normal\(\*\*size\)' in 'normal\(\*\*size\)' is not accepted \(Call\)|\(keyword\)"):
        draws("x = normal(**size)")
