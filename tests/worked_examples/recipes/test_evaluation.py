"""Draws are evaluated by rules, in the arithmetic of the book's NumPy; whatever is hostile ends in one line."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

Draws = Callable[..., dict[str, Any]]


def test_arithmetic_is_numpy_s_in_the_order_written(draws: Draws) -> None:
    """Every operation, comparison, entry and part."""
    text = """
    x = rand(3, 4)
    a = -(2*x - 0.1) / 3 + x**2
    b = x // 0.3 + x % 0.3
    c = x > 0.5
    d = x[0]
    e = x[1:, ::2]
    f = x[-1, 2] * 7 / 2
    g = x[permutation(3)]
    h = [1, 2, 3][1]
    i = 7 // 2 + 2**10 + (0.1 <= 0.2)
    """
    random = np.random.RandomState(1)
    x = random.random_sample((3, 4))
    expected = [x, -(2 * x - 0.1) / 3 + x**2, x // 0.3 + x % 0.3, x > 0.5, x[0], x[1:, ::2], x[-1, 2] * 7 / 2]
    expected += [x[random.permutation(3)], 2, 1028]
    for (name, value), numbers in zip(draws(text).items(), expected, strict=True):
        assert np.array_equal(value, numbers), name


def test_a_single_number_of_pytorch_stays_in_its_type(draws: Draws) -> None:
    """An entry of a float32 tensor is float32, times a number of Python too."""
    values = draws("x = rand(3)\na = x[0]\nb = a * 0.1\nc = rand(2, 2)[0, 1] - a", "torch.manual_seed", dtype="float32")
    assert {value.dtype for value in values.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("a = b", "'b' has no value; accepted: "),
        ("a = randm(3)", "'randm' is not a call of this generator; accepted: "),
        ("a = [1, 2] * 3", "a list has no arithmetic; write array([...])"),
        ("a = 'x'", "the text 'x' is no part of a draw"),
        ("a = not 1", "'not' is no part of a draw"),
        ("a = 1 < 2 < 3", "accepted: one comparison, <, <=, > or >="),
        ("a = 1 == 1", "accepted: one comparison, <, <=, > or >="),
        ("a = {1: 2}", "Dict is no part of a draw; accepted: calls, arithmetic, lists and loops in lists"),
        ("a = 1 and 2", "BoolOp is no part of a draw; accepted: calls, arithmetic, lists and loops in lists"),
        ("a = [i for i in range(3) if i]", "a loop has one name and no condition"),
        ("a = [i for i in 3]", "a loop runs over a list, as in [random() for i in range(3)]"),
        ("a = 3[0]", "a number has no entries"),
        ("a = arange(3)[0.5]", "an index is a whole number"),
        ("a = arange(3)[7]", "index 7 is out of bounds for axis 0 with size 3"),
        ("a = zeros((2, 2))[arange(2), 0]", "an array of whole numbers is the only index, as in x[permutation(4)]"),
        ("a = zeros((1, 700000))[zeros(700000)]", "490,000,000,000 numbers; accepted: at most 700,000"),
        ("a = uniform(0, 1, 2, 3, 4)", "uniform: too many positional arguments"),
        ("a = shuffle([1, 2])", "a shuffle is made in place and has no value; write it on a line of its own"),
        ("shuffle(3)", "only an array or a list is shuffled"),
        ("a, b = randn(3)", "2 names, but not as many values"),
        ("random = 3", "'random' is a function; write another name"),
        ("a = 1 / 0", "float division by zero"),
        ("a = zeros(1) / 0", "invalid value encountered in divide"),
        ("a = (-8)**0.5", "a root of a negative number"),
        ("a = sqrt(-1)", "math domain error"),
        ("a = 9**9**9**9", "(34, 'Numerical result out of range')"),
        ("a = normal(0, -1, 3)", "scale < 0"),
        ("a = choice(5, 10, False)", "Cannot take a larger sample than population when 'replace=False'"),
        (
            "a = choice(700000, 1, False)",
            "choice among 700,000 without replacement; accepted: at most 1,000; write permutation(n)",
        ),
        ("a = zeros((700000, 1)) + zeros((1, 700000))", "more than 7,000,000 numbers in all; accepted: at most so many"),
        (
            "a = [[random() for i in range(9000)] for j in range(9000)]",
            "its loops evaluate more than 150,000 expressions; draw arrays instead",
        ),
        ("a = arange(0, 5, 0)", "range() arg 3 must not be zero"),
        ("a = randn(-1)", "-1; accepted: a whole number from 1 to 700,000"),
    ],
)
def test_what_has_no_value_is_refused_in_one_line(statement: str, reason: str, draws: Draws) -> None:
    """The message quotes the statement; nothing takes long."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 -- the whole message is compared
        draws(statement)
    message = str(raised.value)
    assert message.startswith(f"'{statement}': {reason}")
    assert reason.endswith("accepted: ") or message == f"'{statement}': {reason}"
    assert "\n" not in message
