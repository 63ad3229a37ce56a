"""Formulas of a network's quantities."""

from collections.abc import Callable

import pytest

from worked_examples.printed.quantities import Quantity
from worked_examples.schema.quantities import formulas_of, of_further_data

NAMES = {"E": "loss", "T": "loss for test", "B": "layer 1 bias after update", "w": "layer 1 kernel transposed [0, 1]"}


def test_a_formula_has_the_lines_of_those_above_that_it_uses() -> None:
    """Each once, and the quantities that all of them are of."""
    found = formulas_of({"a": "E + 1", "b": "2 * input", "c": "a * a", "d": "(c -\n a) / E"}, NAMES)["d"]
    assert found.text == "a = E + 1\nc = a * a\nd = (c - a) / E"
    assert found.operands == {"E": Quantity("loss")}
    assert set(found.compiled.constants) == {"1"}


def test_names_mean_what_the_book_says() -> None:
    """An entry, further data, a formula by a name of its own; the book's name comes before that of every formula."""
    found = formulas_of({"a": "w + T", "b": "A + output"}, {**NAMES, "A": "a transposed", "output": "layer 1 output"})
    assert found["a"].operands == {
        "w": Quantity("kernel", 1, entry=(0, 1), transposed=True),
        "T": Quantity("loss", data="test"),
    }
    assert found["b"].operands == {"A": Quantity("formula", formula="a", transposed=True), "output": Quantity("output", 1)}
    assert list(of_further_data("b", found)) == ["T"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mean(abs(target - outptu))", "'outptu' is neither in [names] nor a formula above; accepted: E_test, Y_test, d, epoch, "),
        ("mean(abs(target - output)", "'mae = mean(abs(target - output)' is not a formula"),
        ("1; b = 2", "'mae = 1; b = 2' is more than one formula; write each on a line of its own"),
        ("b = 2", "'mae = b = 2' is not a formula with a name; write NAME = FORMULA"),
        ("mean(x for x in output)", "'(x for x in output)': no loops; functions take whole arrays"),
        (
            "sum(Y_test)",
            "'Y_test' means 'output for test after update'; give a name to the quantity itself, and write 'after "
            "update' behind the "
            "formula's name",
        ),
        ("gap - 1", "'gap' is neither in [names] nor a formula above; accepted: E_test, "),
        ("__import__('os')", "'__import__('os')': '__import__' is not a function; accepted: "),
        ("", "'mae =' is not a formula"),
    ],
)
def test_a_wrong_formula_is_refused(refusal: Callable[..., str], text: str, message: str) -> None:
    """With its name, and what to write."""
    assert refusal("ours/loss-table", 'mae = "mean(abs(target - output))"', f'mae = "{text}"').startswith(
        f"quantities.mae: {message}"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("loss", "loss: 'loss' means 'loss' in every formula; write another name"),
        ("learning_rate", "learning_rate: 'learning_rate' means 'learning rate' in every formula; write another name"),
        ("error", "error: 'error' is in [names] too; write another name"),
        ('"a-b"', "a-b: 'a-b' is not a name for formulas; accepted: letters, digits and '_', no digit first"),
        ('"if"', "if: 'if = mean(abs(target - output))' is not a formula"),
    ],
)
def test_a_wrong_name_is_refused(refusal: Callable[..., str], name: str, message: str) -> None:
    """One name has one meaning."""
    assert refusal("ours/loss-table", "mae = ", f"{name} = ") == f"quantities.{message}"
