"""The functions of expressions: exact where rational, the reference's where it has them, and bounded."""

from fractions import Fraction

import pytest

from worked_examples.expression.callables import CALLABLES, SIGNS
from worked_examples.expression.functions import LISTS, computed, plain


def test_no_function_of_lists_has_the_name_of_one_of_formulas() -> None:
    """A name has one meaning in every text."""
    assert not LISTS.keys() & {*CALLABLES, *SIGNS}


@pytest.mark.parametrize(
    ("name", "operands", "parameters", "value"),
    [
        ("dot", ([[Fraction(1, 3)]], [[Fraction(3)]]), {}, [[Fraction(1)]]),
        ("half squared error", ([Fraction(1)], [Fraction(0)]), {}, Fraction(1, 2)),
        ("mean", ([Fraction(1), Fraction(2)],), {}, Fraction(3, 2)),
        ("sum", ([[Fraction(1), Fraction(2)], [Fraction(3), Fraction(4)]],), {"axis": 0}, [4, 6]),
        ("max", ([Fraction(1, 3), Fraction(1, 2)],), {}, Fraction(1, 2)),
    ],
)
def test_functions_of_formulas_are_exact_where_they_stay_rational(
    name: str, operands: tuple[object, ...], parameters: dict[str, object], value: object
) -> None:
    """Fractions in, fractions out."""
    assert computed(name, operands, parameters) == value


@pytest.mark.parametrize(
    ("name", "operands", "message"),
    [
        ("sqrt", (Fraction(-1),), "not a number for these operands"),
        (
            "arange",
            (Fraction(0), Fraction(10**12), Fraction(1)),
            "'arange' would make 1,000,000,000,000 numbers; accepted: at most",
        ),
    ],
)
def test_what_is_no_number_or_too_large_is_refused(name: str, operands: tuple[object, ...], message: str) -> None:
    """A proof must not rest on a comparison with nan."""
    with pytest.raises(ValueError, match=message):
        computed(name, operands, {})


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("range", (Fraction(3),), [0, 1, 2]),
        ("round", (Fraction(1, 8), 2), Fraction(3, 25)),
        ("shape", ([[1, 2, 3], [4, 5, 6]],), [2, 3]),
        ("float32", (Fraction(1, 10),), Fraction(13421773, 134217728)),
        ("position", ([5, 6], 6), 1),
    ],
)
def test_functions_of_lists_are_exact(name: str, arguments: tuple[object, ...], value: object) -> None:
    """Fractions in, fractions out."""
    assert LISTS[name](*arguments) == value


@pytest.mark.parametrize(("name", "arguments"), [("range", (10**9,)), ("zip", ([1], [1, 2])), ("shape", ([[1], [1, 2]],))])
def test_what_has_no_value_is_refused(name: str, arguments: tuple[object, ...]) -> None:
    """Endless ranges, lists of different lengths."""
    with pytest.raises(ValueError, match=r"more than 100,000|longer|shorter|different lengths"):
        LISTS[name](*arguments)


def test_results_of_numpy_are_numbers_of_python() -> None:
    """Whole numbers are fractions, so that division stays exact."""
    values = plain([1, 2.5, True, (3,)])
    assert values == [Fraction(1), 2.5, True, [Fraction(3)]]
    assert [type(entry) for entry in values] == [Fraction, float, bool, list]
