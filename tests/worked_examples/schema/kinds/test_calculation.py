"""Calculations: steps in order, names that mean something."""

from collections.abc import Callable

import pytest

from worked_examples import CalculationExample

NAME = "dl-python/relu-layer"
HEAD = {"kind": "calculation", "id": "a/b", "title": "t", "provenance": "ours", "source": {"document": "a", "section": "s"}}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "relu(input)",
            "relu(inptu)",
            "steps: line 1: 'inptu' is neither an input nor an earlier step; accepted: d_forward, forward, input; did",
        ),
        (
            'steps = """\nforward = relu(input)\n"""',
            "steps = [1]",
            "steps: not a text; write formulas, one a line: steps = 'y = a + b'",
        ),
        (
            'gradients_of = "forward"',
            'gradients_of = "forward"\nrounded = ["inptu"]',
            "rounded: 'inptu' is not an input; accepted: ",
        ),
        ('gradients_of = "forward"', 'gradients_of = "backward"', "gradients_of: 'backward' is not a step"),
        ("relu(input)", "rleu(input)", "steps: line 1: 'rleu(input)': 'rleu' is not a function; accepted: abs, "),
        ("relu(input)", "relu(input)\nd_forward = input", "steps: line 2: 'd_forward' is an input; write another name"),
        (
            "[inputs]",
            '[inputs]\n3x = "1"',
            "inputs: '3x' is not a name for formulas; accepted: letters, digits and '_', no digit first",
        ),
        (
            "[inputs]",
            '[inputs]\nin = "1"',
            "inputs: 'in' is not a name for formulas; accepted: letters, digits and '_', no digit first",
        ),
        (
            "d_input = [[",
            "d_inptu = [[",
            "printed[0].text: 'd_inptu' is neither an input nor a step; known: d_forward, forward, input",
        ),
        ('["-1.5", "2.7"]', '["-1.5"]', "inputs.input: lists of different lengths at one depth"),
    ],
)
def test_a_bad_calculation_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_drawn_numbers_are_inputs() -> None:
    """They come after the given inputs, and steps use them like these."""
    recipe = {"generator": "numpy.random.seed", "seed": 1, "draw": "x = randint(-1023, 1024, 2) / 1024"}
    example = CalculationExample.model_validate({**HEAD, "recipe": recipe, "inputs": {"a": "1"}, "steps": "y = a + x"})
    assert list(example.inputs) == ["a", "x"]
    assert example.recipe
    assert example.inputs["x"] == example.recipe.texts["x"]
    assert CalculationExample.model_validate(example.model_dump()) == example


def test_numbers_in_formulas_are_inputs() -> None:
    """By their own text, exactly; they are no names that are printed, and an input cannot take their place."""
    table = {**HEAD, "inputs": {"a": "1"}, "steps": "y = 0.1 * a + 0.10"}
    example = CalculationExample.model_validate(table)
    assert example.inputs == {"a": "1", "0.1": "0.1", "0.10": "0.10"}
    assert example.names == ["a", "y"]
    assert CalculationExample.model_validate(example.model_dump()) == example
    with pytest.raises(ValueError, match=r"'0\.1' is not a name for formulas; accepted: letters, digits and '_', no digit first"):
        CalculationExample.model_validate({**table, "inputs": {"a": "1", "0.1": "0.2"}})


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("forward", ("forward", False, (), "", 0)),
        ("d_input[0, 1]", ("input", True, (0, 1), "", 0)),
        ("d_forward", ("d_forward", False, (), "", 0)),
        ("input.shape", ("input", False, (), "shape", 0)),
    ],
)
def test_a_printed_name_is_a_value_or_a_gradient(name: str, meaning: tuple[object, ...]) -> None:
    """``d_NAME`` is the gradient, unless an input has that name."""
    inputs = {"input": [["1", "2"]], "d_forward": [["1", "1"]]}
    example = CalculationExample.model_validate(
        {**HEAD, "inputs": inputs, "steps": "forward = relu(input)", "gradients_of": "forward"}
    )
    assert example.part(0, name) == meaning


def test_a_block_may_name_a_value_in_words(loaded: Callable[..., CalculationExample]) -> None:
    """A line of words above a value stands for the name that the block gives it."""
    example = loaded(NAME, "text = ", 'names = { "The result" = "forward" }\ntext = ')
    assert example.part(0, "The result").name == "forward"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'dtype = "float16"\n',
            'dtype = "float61"\n',
            "statements[0].dtype: 'float61' is not a smaller type; accepted: float16, float32; ",
        ),
        ('dtype = "float16"\n', "", "statements[0]: trainings and dtype belong together"),
        (
            '"numpy-dnn/311_1", reaches_printed_epoch',
            '"numpy-dnn/311_1", reaches',
            "statements[0].trainings[0]: unknown key 'reaches'; ",
        ),
        (
            'dtype = "float16"\ntrainings',
            "passes = 3\ntrainings",
            "statements[0]: exactly one of updates, passes, loss_above, fewer_epochs_than, trainings must be given",
        ),
    ],
)
def test_a_bad_claim_about_a_type_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal("dl-python/float16", old, new).startswith(message)


def test_a_calculation_has_no_training_of_its_own() -> None:
    """A statement about one belongs to a network."""
    statement = {"where": "w", "says": "s", "passes": 3}
    with pytest.raises(ValueError, match=r"statements\[0\]: a calculation has no training; accepted: trainings and dtype"):
        CalculationExample.model_validate({**HEAD, "steps": "y = 1 + 1", "statements": [statement]})
