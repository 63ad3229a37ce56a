"""Steps and inputs together."""

import re

import pytest

from worked_examples.schema.calculations.steps import check_used, with_constants


def test_numbers_of_the_steps_are_inputs() -> None:
    """Under their own texts."""
    assert with_constants({"a": "1"}, ["0.5"]) == {"a": "1", "0.5": "0.5"}


@pytest.mark.parametrize("name", ["3x", "in", "a b", "0.5"])
def test_an_input_has_a_name_that_formulas_can_use(name: str) -> None:
    """Not even the text of a number with another value."""
    message = f"'{name}' is not a name for formulas; accepted: letters, digits and '_', no digit first"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        with_constants({name: "1"}, ["0.5"])


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ("y = a\nz = ab", "steps: line 2: 'ab' is neither an input nor an earlier step; accepted: a, b, y, z; did you mean 'b'?"),
        ("y = a\nb = a", "steps: line 2: 'b' is an input; write another name"),
    ],
)
def test_steps_use_what_there_is(steps: str, message: str) -> None:
    """Inputs and earlier steps, and give their values other names."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_used(steps, {"a": "1", "b": "2", "0.5": "0.5"})
