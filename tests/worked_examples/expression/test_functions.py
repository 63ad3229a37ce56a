"""The functions of expressions: exact where rational, the reference's where it has them, and bounded."""

from fractions import Fraction

import pytest

from worked_examples.expression.functions import FUNCTIONS, OF_THE_REFERENCE, plain


def test_functions_of_the_reference_have_its_names() -> None:
    """With ``_`` for blanks."""
    assert {name.replace(" ", "_") for name in OF_THE_REFERENCE} <= FUNCTIONS.keys()


@pytest.mark.parametrize(
    ("name", "arguments", "value"),
    [
        ("dot", ([[Fraction(1, 3)]], [[Fraction(3)]]), [[Fraction(1)]]),
        ("half_squared_error", ([Fraction(1)], [Fraction(0)]), Fraction(1, 2)),
        ("mean", ([Fraction(1), Fraction(2)],), Fraction(3, 2)),
        ("range", (Fraction(3),), [0, 1, 2]),
        ("round", (Fraction(1, 8), 2), Fraction(3, 25)),
        ("shape", ([[1, 2, 3], [4, 5, 6]],), [2, 3]),
        ("float32", (Fraction(1, 10),), Fraction(13421773, 134217728)),
        ("index", ([5, 6], 6), 1),
    ],
)
def test_a_rational_result_is_exact(name: str, arguments: tuple[object, ...], value: object) -> None:
    """Fractions in, fractions out."""
    assert FUNCTIONS[name](*arguments) == value


@pytest.mark.parametrize(("name", "arguments"), [("range", (10**9,)), ("zip", ([1], [1, 2])), ("shape", ([[1], [1, 2]],))])
def test_what_has_no_value_is_refused(name: str, arguments: tuple[object, ...]) -> None:
    """Endless ranges, lists of different lengths."""
    with pytest.raises(ValueError, match=r"more than 100,000|longer|shorter|different lengths"):
        FUNCTIONS[name](*arguments)


def test_results_of_numpy_are_numbers_of_python() -> None:
    """Whole numbers are fractions, so that division stays exact."""
    values = plain([1, 2.5, True, (3,)])
    assert values == [Fraction(1), 2.5, True, [Fraction(3)]]
    assert [type(entry) for entry in values] == [Fraction, float, bool, list]
