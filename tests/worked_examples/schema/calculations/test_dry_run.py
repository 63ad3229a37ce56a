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


def one(formula: str, printed: str = "") -> str:
    """A fixture of one step ``y``, differentiated; inputs a (2, 3), v (3), w (2), s ()."""
    inputs = 'a = [["1", "2", "3"], ["4", "5", "6"]]\nv = ["1", "2", "3"]\nw = ["1", "2"]\ns = "-2"\nhalf = "0.5"'
    block = f"[[printed]]\nwhere = 'w'\ntext = '{printed}'\n" if printed else ""
    return f'gradients_of = "y"\nsteps = "y = {formula}"\n{block}[inputs]\n{inputs}\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (one("v + w"), "steps: line 1: 'y' cannot be computed as 'add' of v (3,), w (2,): operands could not be broadcast"),
        (one("v ** w"), "steps: line 1: 'y' cannot be computed as 'power' of v (3,), w (2,): operands could not be"),
        (one("a @ w"), "steps: line 1: 'y' cannot be computed as 'dot' of a (2, 3), w (2,): "),
        (one("v[3]"), "steps: line 1: 'y' cannot be computed as 'index' of v (3,): index 3 is out of bounds"),
        (one("reshape(a, (4,))"), "steps: line 1: 'y' cannot be computed as 'reshape' of a (2, 3): "),
        (one("pick(a, w)"), ""),
        (one("pick(a, v)"), "steps: line 1: 'y' cannot be computed as 'pick' of a (2, 3), v (3,): accepted: a matrix, and"),
        (one("arange(s, half, half)"), ""),
        (
            one("arange(0, 0.3, 0.1)"),
            "steps: line 1: 'y': whether 'arange' ends before 0.3 hangs on rounding; write a stop between two entries",
        ),
        (
            one("arange(0.01, 0.67, 0.11)"),
            "steps: line 1: 'y': whether 'arange' ends before 0.67 hangs on rounding; write a stop between two entries",
        ),
        (one("arange(-1, 1, 0.125)"), ""),
        (one("arange(s, half, s)"), "steps: line 1: 'y' has no entries: shape (0,); write operands that make some"),
        (
            one("10 ** (10 ** 10)"),
            "steps: line 1: 'y': 'power' has an exponent of 1e+10; accepted: from -10,000 to 10,000",
        ),
        (one("v * split_of"), "steps: line 1: 'split_of' is neither an input nor an earlier step; accepted: a, half, s, v, w, y"),
        (one("linspace(s, half, 1000000) + linspace(s, v[0], 2)"), "steps: line 1: 'y' cannot be computed as 'add' of "),
        (one("where(v, a, w)"), "steps: line 1: 'y' cannot be computed as 'where' of v (3,), a (2, 3), w (2,): "),
        (one("sum(v, axis=1)"), "steps: line 1: 'y' cannot be computed as 'sum' of v (3,): axis 1 is out of bounds"),
        (
            one("1 - sqrt(s)"),
            "steps: line 1: 'sqrt(s)': 'sqrt' of these operands is not a number; write others",
        ),
        (one("s ** half"), "steps: line 1: 'y': 'power' of these operands is not a number; write others"),
        (one("softmax(s)"), "steps: line 1: 'y' cannot be computed as 'softmax' of s (): "),
        (
            one("convolution(a, a, v)"),
            "steps: line 1: 'y' cannot be computed as 'convolution' of a (2, 3), a (2, 3), ",
        ),
        (one("concatenate([a, v], axis=0)"), "steps: line 1: 'y' cannot be computed as 'concatenate' of a (2, 3), v (3,): "),
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
            one("s ** v", printed="d_v = [1 1 1]"),
            "printed[0].text: 'd_v': 'y' has no gradient with respect to 'v', a setting or an exponent",
        ),
        (
            one("dropout(v, v, half)", printed="d_half = 1"),
            "printed[0].text: 'd_half': 'y' has no gradient with respect to 'half'",
        ),
        (one("exp(v)", printed="y[3] = 1"), "printed[0].text: 'y[3]' is outside of 'y', which has shape (3,)"),
        (
            one("exp(v)").replace('half = "0.5"', 'd_y = "1"'),
            "inputs.d_y: shape (), but 'y' has shape (3,)",
        ),
        (
            one("exp(v)\\nv = exp(v)"),
            "steps: line 2: 'v' is used before, in line 1; write another name, or this line first",
        ),
        (
            one("recurrent(c, w2, w2, s)").replace('half = "0.5"', 'c = [[["1", "2"]]]\nw2 = [["1", "0"], ["0", "1"]]'),
            "gradients_of: the gradient of 'y' with respect to 's' has shape (2,), the value ()",
        ),
    ],
)
def test_a_gradient_that_there_is_none_of_is_refused(write: Path, text: str, message: str) -> None:
    """Where it is printed: of a setting, of the exponent of a negative number; and gradients in another shape than the value's."""
    assert refusal(write, text).startswith(message)


def test_a_gradient_that_is_zero_may_be_printed(write: Path) -> None:
    """Of what the final step does not depend on: zeros, in the shape of the value."""
    write.write_text(HEAD + one("exp(v)", printed="d_w = [0 0]"), encoding="utf-8")
    assert load(write).id == "a/b"
