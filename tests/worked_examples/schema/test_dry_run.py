"""A calculation that cannot be computed, or not differentiated as it asks, is refused when it is loaded, in one line."""

from pathlib import Path

import pytest

from worked_examples import FixtureError, load

HEAD = """kind = "calculation"
id = "a/b"
title = "t"
provenance = "ours"
source = { document = "a", section = "s" }
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    """The file of a fixture."""
    file = tmp_path / "a" / "b.toml"
    file.parent.mkdir()
    return file


def refusal(file: Path, text: str) -> str:
    """The one line for a calculation, without its file."""
    file.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(FixtureError) as caught:
        load(file)
    line = str(caught.value)
    assert line.startswith(f"{file}: ")
    assert "\n" not in line
    return line.removeprefix(f"{file}: ")


def one(function: str, operands: str, *keys: str, printed: str = "") -> str:
    """A fixture of one step ``y``, differentiated; inputs a (2, 3), v (3), w (2), s ()."""
    inputs = 'a = [["1", "2", "3"], ["4", "5", "6"]]\nv = ["1", "2", "3"]\nw = ["1", "2"]\ns = "-2"\nhalf = "0.5"'
    step = "\n".join([f'[[steps]]\nname = "y"\nfunction = "{function}"\noperands = {operands}', *keys])
    block = f"[[printed]]\nwhere = 'w'\ntext = '{printed}'\n" if printed else ""
    return f'gradients_of = "y"\n{block}[inputs]\n{inputs}\n{step}\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (one("sum", '["a"]', "axis = 0"), "steps[0].axis: 'sum' does not use it; remove it, the function has no parameters"),
        (one("softmax", '["a"]', "axis = 0"), "steps[0].axis: 'softmax' does not use it"),
        (one("max", '["a"]', "axis = 0"), "steps[0].axis: 'max' does not use it"),
        (one("relu", '["a"]', 'index = "0"'), "steps[0].index: 'relu' does not use it"),
        (one("argmax", '["a"]', "shape = [6]"), "steps[0].shape: 'argmax' does not use it; remove it, accepted: axis"),
        (one("index", '["a"]'), "steps[0].index: missing; 'index' needs it"),
        (one("reshape", '["a"]'), "steps[0].shape: missing; 'reshape' needs it"),
        (one("max pooling", '["a"]'), "steps[0].size: missing; 'max pooling' needs it"),
        (one("add", '["a"]'), "steps[0].operands: 1 given; 'add' takes 2"),
        (one("exp", '["a", "v"]'), "steps[0].operands: 2 given; 'exp' takes 1"),
        (one("lstm", '["a", "v"]'), "steps[0].operands: 2 given; 'lstm' takes 4 or 5"),
        (one("stack", "[]"), "steps[0].operands: 0 given; 'stack' takes 1 or more"),
    ],
)
def test_what_a_function_would_ignore_or_lacks_is_refused(write: Path, text: str, message: str) -> None:
    """By the key: a parameter without use, one that is missing, a wrong number of operands."""
    assert refusal(write, text).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (one("add", '["v", "w"]'), "steps[0]: 'y' cannot be computed as 'add' of v (3,), w (2,): operands could not be broadcast"),
        (one("power", '["v", "w"]'), "steps[0]: 'y' cannot be computed as 'power' of v (3,), w (2,): operands could not be"),
        (one("dot", '["a", "w"]'), "steps[0]: 'y' cannot be computed as 'dot' of a (2, 3), w (2,): "),
        (one("index", '["v"]', 'index = "3"'), "steps[0]: 'y' cannot be computed as 'index' of v (3,): index 3 is out of bounds"),
        (one("reshape", '["a"]', "shape = [4]"), "steps[0]: 'y' cannot be computed as 'reshape' of a (2, 3): "),
        (one("pick", '["a", "w"]'), ""),
        (one("pick", '["a", "v"]'), "steps[0]: 'y' cannot be computed as 'pick' of a (2, 3), v (3,): accepted: a matrix, and"),
        (one("arange", '["s", "half", "half"]'), ""),
        (one("softmax", '["s"]'), "steps[0]: 'y' cannot be computed as 'softmax' of s (): "),
        (
            one("convolution", '["a", "a", "v"]'),
            "steps[0]: 'y' cannot be computed as 'convolution' of a (2, 3), a (2, 3), ",
        ),
        (one("concatenate", '["a", "v"]', "axis = 0"), "steps[0]: 'y' cannot be computed as 'concatenate' of a (2, 3), v (3,): "),
    ],
)
def test_operands_that_do_not_fit_are_refused(write: Path, text: str, message: str) -> None:
    """With the step, its operands' shapes and the reason; what fits is loaded."""
    if message:
        assert refusal(write, text).startswith(message)
    else:
        write.write_text(HEAD + text, encoding="utf-8")
        assert load(write).id == "a/b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            one("power", '["s", "half"]', printed="d_half = 1"),
            "printed[0].text: 'd_half': 'y' has no gradient with respect to 'half', a setting or an exponent",
        ),
        (
            one("dropout", '["v", "v", "half"]', printed="d_half = 1"),
            "printed[0].text: 'd_half': 'y' has no gradient with respect to 'half'",
        ),
        (one("exp", '["v"]', printed="y[3] = 1"), "printed[0].text: 'y[3]' is outside of 'y', which has shape (3,)"),
        (
            one("exp", '["v"]').replace('half = "0.5"', 'd_y = "1"'),
            "inputs.d_y: shape (), but 'y' has shape (3,)",
        ),
        (
            one("exp", '["v"]') + '[[steps]]\nname = "v"\nfunction = "exp"\noperands = ["v"]\n',
            "steps[1].name: 'v' is an input or an earlier step; write another name",
        ),
        (
            one("recurrent", '["c", "w2", "w2", "s"]').replace('half = "0.5"', 'c = [[["1", "2"]]]\nw2 = [["1", "0"], ["0", "1"]]'),
            "gradients_of: the gradient of 'y' with respect to 's' has shape (2,), the value ()",
        ),
    ],
)
def test_a_gradient_that_there_is_none_of_is_refused(write: Path, text: str, message: str) -> None:
    """Where it is printed: of a setting, of the exponent of a negative number; and gradients in another shape than the value's."""
    assert refusal(write, text).startswith(message)


def test_a_gradient_that_is_zero_may_be_printed(write: Path) -> None:
    """Of what the final step does not depend on: zeros, in the shape of the value."""
    write.write_text(HEAD + one("exp", '["v"]', printed="d_w = [0 0]"), encoding="utf-8")
    assert load(write).id == "a/b"
