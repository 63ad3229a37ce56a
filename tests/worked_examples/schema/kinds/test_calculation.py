"""Calculations: steps in order, names that mean something, indices as in NumPy."""

from collections.abc import Callable

import pytest

from worked_examples import CalculationExample
from worked_examples.schema.kinds.calculation import slices

NAME = "dl-python/relu-layer"
HEAD = {"kind": "calculation", "id": "a/b", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('operands = ["input"]', 'operands = ["inptu"]', "steps[0].operands: 'inptu' is neither an input nor an earlier step"),
        ('gradients_of = "forward"', 'gradients_of = "backward"', "gradients_of: 'backward' is not a step"),
        ('function = "relu"', 'function = "rleu"', "steps[0].function: 'rleu' is not a function; accepted: add, "),
        (
            "d_input = [[",
            "d_inptu = [[",
            "printed[0].text: 'd_inptu' is neither an input nor a step; known: d_forward, forward, input",
        ),
        ('["-1.5", "2.7"]', '["-1.5"]', "inputs.input: lists of different lengths at one depth"),
        (
            'function = "relu"',
            'function = "relu"\nindex = "a"',
            "steps[0].index: 'a' is not an index; accepted: whole numbers and slices",
        ),
        (
            'function = "relu"',
            'function = "relu"\nsize = [1, 2, 3]',
            "steps[0].size: [1, 2, 3] is not an extent; accepted: a whole",
        ),
        (
            'function = "relu"',
            'function = "relu"\nstride = -1',
            "steps[0].stride: -1 is not an extent; accepted: a whole number from 0",
        ),
        ("[inputs]", "[random]\ninput = { shape = [2, 2], seed = 1 }\n[inputs]", "inputs: 'input' is in [random] too"),
    ],
)
def test_a_bad_calculation_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_random_arrays_are_inputs() -> None:
    """They come after the given inputs, and steps use them like these."""
    random = {"x": {"shape": [2], "seed": 1}}
    step = {"name": "y", "function": "add", "operands": ["a", "x"]}
    example = CalculationExample.model_validate({**HEAD, "random": random, "inputs": {"a": "1"}, "steps": [step]})
    assert list(example.inputs) == ["a", "x"]
    assert example.inputs["x"] == example.random["x"].texts
    assert CalculationExample.model_validate(example.model_dump()) == example


@pytest.mark.parametrize(
    ("text", "index"),
    [("1", (1,)), ("0:4,1", (slice(0, 4), 1)), ("::-1", (slice(None, None, -1),)), (" -1 , : ", (-1, slice(None, None)))],
)
def test_an_index_is_that_of_numpy(text: str, index: tuple[int | slice, ...]) -> None:
    """Whole numbers and slices."""
    assert slices(text) == index


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("forward", ("forward", False, (), "")),
        ("d_input[0, 1]", ("input", True, (0, 1), "")),
        ("d_forward", ("d_forward", False, (), "")),
        ("input.shape", ("input", False, (), "shape")),
    ],
)
def test_a_printed_name_is_a_value_or_a_gradient(name: str, meaning: tuple[object, ...]) -> None:
    """``d_NAME`` is the gradient, unless an input has that name."""
    step = {"name": "forward", "function": "relu", "operands": ["input"]}
    inputs = {"input": [["1", "2"]], "d_forward": [["1", "1"]]}
    example = CalculationExample.model_validate({**HEAD, "inputs": inputs, "steps": [step], "gradients_of": "forward"})
    assert example.part(0, name) == meaning


def test_a_block_may_name_a_value_in_words(loaded: Callable[..., CalculationExample]) -> None:
    """A line of words above a value stands for the name that the block gives it."""
    example = loaded(NAME, "text = ", 'names = { "The result" = "forward" }\ntext = ')
    assert example.part(0, "The result").name == "forward"
