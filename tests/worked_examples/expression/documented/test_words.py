"""Words for every function: operands by name, what is given, the gradient."""

import re

import pytest

from reference.functions import ANY_NUMBER
from reference.graph import FUNCTIONS
from worked_examples.expression.callables import OPERATORS, PARAMETERS
from worked_examples.expression.documented.words import OF_PARAMETERS, WORDS


def test_every_name_has_words() -> None:
    """Functions and parameters, and nothing else."""
    assert set(WORDS) == set(FUNCTIONS)
    assert set(OF_PARAMETERS) == set(PARAMETERS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_operands_are_as_many_as_the_function_takes(name: str) -> None:
    """Least and most, those in brackets counted only for the latter."""
    operands, (least, most) = WORDS[name].operands, FUNCTIONS[name].operands
    if most < ANY_NUMBER and name != "arange":
        always, every = re.sub(r"\[.*\]", "", operands), re.sub(r"[\[\]]", "", operands)
        assert [len(text.split(",")) for text in (always, every)] == [least, most]
    else:
        assert "[" in operands


@pytest.mark.parametrize("name", FUNCTIONS)
def test_words_fit_into_a_table(name: str) -> None:
    """One line, no bar, and the operands are named where a sign has a and b."""
    assert not any(sign in text for text in WORDS[name] for sign in "|\n")
    assert name not in OPERATORS or set(WORDS[name].operands.split(", ")) <= {"a", "b"}
