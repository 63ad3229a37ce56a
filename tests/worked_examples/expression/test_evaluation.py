"""The language of expressions: exact, closed, and clear about what it refuses."""

import ast
import re
from fractions import Fraction
from math import exp
from typing import Any

import pytest

from worked_examples.expression.evaluation import RULES, check, evaluate, names
from worked_examples.expression.grammar import NODES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2 == 0.3", True),
        ("1e-7", Fraction(1, 10_000_000)),
        ("hit / (hit + miss)", Fraction(3, 4)),
        ("7 // 2, 7 % 2, 2 ** -3, -hit", [3, 1, Fraction(1, 8), -3]),
        ("0 < miss <= 1 < hit", True),
        ("0 < miss < 1", False),
        ("not (hit in [1, 2]) and 'b' in words", True),
        ("hit not in (3, 4) or miss == 2", False),
        ("words[0] + words[-1]", "ab"),
        ("[1, 2, 3, 4][1:hit]", [2, 3]),
        ("{13: 'epoch', 16: 'Y'}[13]", "epoch"),
        ("shape([[1, 2, 3], [4, 5, 6]])", [2, 3]),
        ("[a * b for a, b in zip([1, 2], [3, 4])]", [3, 8]),
        ("sum(a for a in range(5)\n   if a % 2 == 1)", 4),
        ("mean([1, 2]), count([1, 2, 1], 1), position([5, 6], 6), len(words)", [Fraction(3, 2), 2, 1, 2]),
        ("round(0.125, 2), round(2.5), ceil(0.1), floor(-0.1)", [Fraction(3, 25), 2, 1, -1]),
        ("[[1, 2]] @ [[0.5], [0.25]]", [[1]]),
        ("[[1, 2]].T", [[1], [2]]),
        ("sum([[1, 2], [3, 4]], axis=0)", [4, 6]),
        ("reshape([1, 2, 3, 4], (2, 2))", [[1, 2], [3, 4]]),
        ("where([1, 0], [0.1, 0.2], [3, 4])", [Fraction(1, 10), 4]),
        ("maximum(1, 2), max([1, 2]), concatenate([[1], [2]], axis=0)", [2, 2, [1, 2]]),
        ("half_squared_error([0.1, 0.2], [0, 0])", Fraction(1, 40)),
        ("softmax([0, 0])", [0.5, 0.5]),
        ("step([-1, 0, 0.1])", [0, 0, 1]),
        ("sigmoid(1)", 1 / (1 + exp(-1))),
        ("sqrt(4)", 2.0),
        ("float32(0.1) == 0.1", False),
        ("float64(0.5)", Fraction(1, 2)),
        ("he_deviation(2, 5)", 1.0),
        ("double(hit)", 6),
        ("exp(-inf), -inf < miss, [inf for inf in [1, 2]]", [0.0, True, [1, 2]]),
        ("softmax([0, -inf, 0])", [0.5, 0.0, 0.5]),
        ("any([False, miss == 1]) and all([True])", True),
    ],
)
def test_an_expression_has_the_value_that_one_expects(text: str, value: Any) -> None:
    """Decimals are fractions, lists and comparisons are Python's, functions are the reference's."""
    known = {"hit": Fraction(3), "miss": Fraction(1), "words": ["a", "b"], "double": lambda number: 2 * number}
    assert evaluate(text, known) == value


def test_what_stays_rational_stays_exact() -> None:
    """No result on the way from decimals through the four operations is a float."""
    for text in (
        "1/3",
        "[0.1] @ [3]",
        "sum([0.1], axis=0)",
        "mean([0.1])",
        "2 ** 10",
        "round(1/3, 2)",
        "len([1])",
        "range(2)[1]",
        "argmax([1, 2])",
    ):
        assert isinstance(evaluate(text, {}), Fraction), text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is not an expression"),
        ("1 +", "'1 +' is not an expression"),
        ("1) + (1", "'1) + (1' is not an expression"),
        ("x = 1", "'x = 1' is not an expression"),
        ("'\\d'", "''\\d'' is not an expression"),
        ("(" * 500 + ")" * 500, "is not an expression"),
        ("a\0b", "is not an expression"),
        ("hitt + 1", "'hitt' in 'hitt + 1' is unknown; accepted: hit, miss; did you mean 'hit'?"),
        ("summ([1])", "did you mean 'sum'?"),
        ("[a for a in [1]] + a", "'a' in '[a for a in [1]] + a' is unknown"),
        ("__import__('os')", "'__import__' in '__import__('os')' is unknown"),
        ("hit.real", "'hit.real' in 'hit.real' is not accepted (Attribute)"),
        ("(lambda: 1)()", "is not accepted (Call)"),
        ("sum(x for x in [1] for y in [2])", "is not accepted (GeneratorExp)"),
        ("round(1, decimals=2)", "is not accepted (Call)"),
        ("dot([1], [2])", "'dot([1], [2])' in 'dot([1], [2])': 'dot' has a sign; write a @ b"),
        ("1 + max(1, 2)", "'max(1, 2)' in '1 + max(1, 2)': 2 arguments without a keyword; 'max' takes 1"),
        ("sum([1], axes=0)", "'sum([1], axes=0)' in 'sum([1], axes=0)': 'sum' has no parameter 'axes'; accepted: axis, keepdims"),
        ("sum([1], **hit)", "is not accepted (Call)"),
        ("[1].shape", "'[1].shape' in '[1].shape' is not accepted (Attribute)"),
        ("sum(*[1])", "is not accepted (Starred)"),
        ("{**hit}", "is not accepted (Dict)"),
        ("f'{hit}'", "is not accepted (JoinedStr)"),
        ("hit if miss else 1", "is not accepted (IfExp)"),
        ("hit := 3", "'hit := 3' is not an expression"),
        ("[1 for hit[0] in [1]]", "is not accepted (ListComp)"),
        ("None", "'None' in 'None' is not accepted (Constant)"),
        ("1j", "'1j' in '1j' is not accepted (Constant)"),
        ("0x10", "'0x10' is not a number; accepted: decimal digits such as 0.05 or 1e-7"),
        ("1e99999", "'1e99999' is not a number"),
        ("1 & 2", "is not accepted (BitAnd)"),
    ],
)
def test_what_is_not_an_expression_is_refused_before_anything_is_computed(text: str, message: str) -> None:
    """The message quotes what is refused and names what is accepted."""
    with pytest.raises(ValueError, match=re.escape(message)):
        check(text, {"hit", "miss"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hit / 0", "'hit / 0' has no value: ZeroDivisionError"),
        ("[1][3]", "has no value: IndexError"),
        ("{1: 2}[3]", "has no value: KeyError"),
        ("[1][0.5]", "has no value: TypeError"),
        ("hit + 'a'", "has no value: TypeError"),
        ("shape([[1], [1, 2]])", "lists of different lengths at one depth"),
        ("[[1, 2]] @ [[1, 2]]", "has no value: ValueError"),
        ("sqrt(-1)", "has no value: ValueError: not a number for these operands"),
        ("log(-1) < 0", "has no value: ValueError: not a number for these operands"),
        ("inf - inf < 0", "has no value: ValueError: not a number for these operands"),
        ("0 * inf", "has no value: ValueError: not a number for these operands"),
        ("softmax([-inf, -inf])", "has no value: ValueError: not a number for these operands"),
        ("10 ** 10 ** 10", "a power of more than 100,000 digits"),
        ("range(10 ** 9)", "a range of more than 100,000 numbers"),
        ("zip([1], [1, 2])", "has no value: ValueError"),
    ],
)
def test_an_expression_without_a_value_is_one_clear_error(text: str, message: str) -> None:
    """Division by 0, a missing entry, shapes that do not fit, numbers beyond measure: the message quotes the text."""
    with pytest.raises(ValueError, match=f"{re.escape(message)}") as caught:
        evaluate(text, {"hit": Fraction(3)})
    assert str(caught.value).startswith(f"'{text}' has no value: ")


def test_names_are_those_that_need_values() -> None:
    """Functions of the table and names that a comprehension binds need none; a called name outside the table does."""
    assert names("sum(a * x for a in y) + f(len)") == {"x", "y", "f", "len"}
    assert names("x < inf") == {"x"}


def test_every_accepted_node_has_a_rule() -> None:
    """What the grammar lets through can be walked, and nothing else has a rule."""
    assert set(RULES) == {*NODES, ast.Attribute}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sum([sum([c for c in range(100000)]) for b in range(100000)])", "its loops make more than 200,000 entries"),
        ("len([range(100000) for b in range(1000)])", "its loops make more than 200,000 entries"),
        ("[sum(range(100000)) for b in range(100000)]", "its loops make more than 200,000 entries"),
        ("[sum(arange(1000)) for b in range(100000)]", "its loops make more than 200,000 entries"),
        ("1" + 1000 * "+1", "an expression of 2,001 characters; accepted: at most 2,000"),
        ("1" + 150 * "+1", "has more than 100 operations in each other; accepted: at most so many"),
        (150 * "-" + "1", "has more than 100 operations in each other; accepted: at most so many"),
        (1_000 * "(" + "1", "is not an expression"),
    ],
    ids=range(8),
)
def test_an_expression_beyond_the_limits_is_refused(text: str, message: str) -> None:
    """No expression recurses deeply, or computes for ever."""
    with pytest.raises(ValueError, match=message):
        evaluate(text, {})
