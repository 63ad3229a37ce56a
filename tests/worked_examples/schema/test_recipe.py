"""Seed recipes in fixtures: names stand for drawn numbers, every digit kept, in networks and calculations."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from worked_examples import CalculationExample, FixtureError, NetworkExample, numbers
from worked_examples.loading import load
from worked_examples.schema.recipe import Recipe, exact_texts, filled

DRAW = "W1 = 2*random(2, 3) - 1\nb1 = zeros(3)\nx = randn(4, 2)\nt = randint(0, 2, (4, 3))\nrate = random()"
NETWORK = """
kind = "network"
id = "book/one"
title = "one"
provenance = "printed"

[source]
document = "book"
section = "1"

[recipe]
generator = "numpy.random.seed"
seed = 3
draw = '''
DRAW
'''

[network]
loss = "half squared error"
layers = [{ kernel = "W1", bias = "b1", activation = "sigmoid" }]

[data]
input = "x"
target = "t"
"""
CALCULATION = """
kind = "calculation"
id = "book/one"
title = "one"
provenance = "printed"
inputs = { y = "2" }
steps = "z = rate * y"

[source]
document = "book"
section = "1"

[recipe]
generator = "numpy.random.seed"
seed = 3
draw = '''
DRAW
'''
"""
Loading = Callable[..., object]


@pytest.fixture
def loading(tmp_path: Path) -> Loading:
    """The example of a fixture in which texts are replaced."""

    def loaded(text: str, *replaced: tuple[str, str]) -> object:
        text = text.replace("DRAW", DRAW)
        for old, new in replaced:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "book" / "one.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return load(file)

    return loaded


@pytest.fixture
def drawn() -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """What NumPy draws."""
    random = np.random.RandomState(3)
    kernel = 2 * random.random_sample((2, 3)) - 1
    return [kernel, np.zeros(3), random.standard_normal((4, 2)), random.randint(0, 2, (4, 3)).astype(float)]


def test_names_stand_for_numbers_in_a_network(
    loading: Loading, drawn: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]
) -> None:
    """Kernel, bias, inputs and targets are the numbers of the book's program, exactly, and the recipe says which is where."""
    example = loading(NETWORK)
    assert isinstance(example, NetworkExample)
    layer, data = example.network.layers[0], example.data
    for texts, expected in zip((*layer.parameters.values(), data.input, data.target), drawn, strict=True):
        assert np.array_equal(numbers(texts), expected)
        assert np.array_equal(numbers(texts, "rational"), np.vectorize(Fraction, otypes=[object])(expected))
    assert example.recipe
    assert example.recipe.places == {
        "network.layers[0].kernel": "W1",
        "network.layers[0].bias": "b1",
        "data.input": "x",
        "data.target": "t",
    }


def test_names_are_inputs_of_a_calculation(
    loading: Loading, drawn: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]
) -> None:
    """Beside those that are given."""
    example = loading(CALCULATION)
    assert isinstance(example, CalculationExample)
    assert list(example.inputs) == ["y", "W1", "b1", "x", "t", "rate"]
    assert np.array_equal(example.floats["W1"], drawn[0])
    assert example.floats["rate"].shape == ()


def test_an_example_is_its_own_table(loading: Loading) -> None:
    """Validated again from what it holds, an example with a recipe is the same, places included."""
    for text in (NETWORK, CALCULATION):
        example = loading(text)
        assert isinstance(example, NetworkExample | CalculationExample)
        assert type(example).model_validate(example.model_dump()) == example


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (NETWORK, '"W1"', '"W2"', "network.layers[0].kernel: 'W2' names no array; accepted: W1, b1, rate, t, x"),
        (
            NETWORK,
            '"numpy.random.seed"',
            '"numpy.seed"',
            "recipe.generator: 'numpy.seed' is not a generator; accepted: keras.initializers, numpy.random.default_rng, ",
        ),
        (
            NETWORK,
            '"numpy.random.seed"',
            '"keras.utils.set_random_seed"',
            "recipe.generator: 'keras.utils.set_random_seed': TensorFlow's generator is not reproduced here, but "
            "initializers with a seed of their own, keras.initializers; else print the program's numbers and paste them in place "
            "of names",
        ),
        (NETWORK, "seed = 3", "seed = -1", "recipe.seed: Input should be greater than or equal to 0; found -1"),
        (
            NETWORK,
            "seed = 3",
            "seed = 3\nplaces = {}\nsede = 4",
            "recipe: unknown key 'sede'; accepted: draw, dtype, generator, parameters, seed; did you mean 'seed'?",
        ),
        (NETWORK, "seed = 3", 'seed = 3\ndtype = "float32"', "recipe.dtype: 'float32'; accepted for numpy.random.seed: float64"),
        (
            NETWORK,
            "b1 = zeros(3)",
            "none = zeros(3)",
            "recipe.draw: 'none' is the word for a bias that there is not; write another name",
        ),
        (NETWORK, "zeros(3)", "zeroes(3)", "recipe.draw: 'b1 = zeroes(3)': 'zeroes' is not a call of this generator; accepted: "),
        (NETWORK, "zeros(3)", "zeros(2)", "network.layers[0]: the kernel has 3 columns but the bias 2 entries"),
        (NETWORK, "rate = random()", "rate = [[1], [1, 2]]", "recipe.draw: 'rate': lists of different lengths at one depth"),
        (
            NETWORK,
            "rate = random()",
            "a = rand(500000)\nb = rand(500000)",
            "recipe.draw: 1,000,029 numbers; accepted: at most 700,000",
        ),
        (CALCULATION, 'y = "2"', 'y = "2", x = "1"', "inputs.x: drawn by the recipe too; write another name"),
    ],
)
def test_a_wrong_recipe_is_refused(text: str, old: str, new: str, message: str, loading: Loading) -> None:
    """One line with the key, and what is accepted."""
    with pytest.raises(FixtureError) as raised:
        loading(text, (old, new))
    said = str(raised.value).partition("one.toml: ")[2]
    assert said.startswith(message)
    assert message.endswith(("accepted: ", "default_rng, ", "at one depth")) or said == message


def test_without_a_recipe_a_name_is_no_array(loading: Loading) -> None:
    """It must be a list."""
    with pytest.raises(FixtureError, match=r"network.layers\[0\].kernel: Input should be a valid list; found 'W1'"):
        loading(NETWORK, (NETWORK.replace("DRAW", DRAW).partition("[recipe]")[2].partition("[network]")[0], ""), ("[recipe]", ""))


def test_texts_are_exact() -> None:
    """Every binary digit of a number, whatever its size and sign."""
    values = np.array([[0.1, -1 / 3], [1e-60, -0.0]])
    texts = exact_texts(values)
    assert texts[0][0] == "0.1000000000000000055511151231257827021181583404541015625"
    assert [[Fraction(text) for text in row] for row in texts] == [[Fraction(value) for value in row] for row in values.tolist()]
    assert exact_texts(np.array(2.0)) == "2"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_pytorch_s_default_type_can_be_stated(dtype: str) -> None:
    """Float32 where nothing is said."""
    table = {"generator": "torch.manual_seed", "seed": 1, "draw": "W = rand(2)", "dtype": dtype}
    assert Recipe.model_validate(table).arrays["W"].dtype == dtype
    del table["dtype"]
    assert Recipe.model_validate(table).arrays["W"].dtype == "float32"


def test_another_seed_gives_other_numbers_by_the_same_statements() -> None:
    """And the stream behind them."""
    recipe = Recipe(generator="random.seed", seed=1, draw="a = random()")
    first, second = recipe.drawn(1), recipe.drawn(2)
    assert first.arrays["a"] == recipe.arrays["a"] != second.arrays["a"]
    assert first.stream.uniform_numbers(1) != first.arrays["a"]


def test_a_table_without_a_recipe_is_not_changed() -> None:
    """Whatever it is."""
    assert filled({"network": 1}, [("network",)]) == {"network": 1}
    assert filled(3, []) == 3
