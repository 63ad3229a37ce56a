"""What every proof may use."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from verification.case import Case
from verification.proofs.facts import facts, printed_numbers
from worked_examples import FixtureError

OnReference = Callable[[str], Case[Any]]
CLAIM = "epoch 10,000: every output is on its target's side of 0.5"


def test_unreproducible_results_are_printed_numbers_too(on_reference: OnReference) -> None:
    """321_1 prints its error twice, in the first epoch and where training stops, each exactly as printed."""
    assert printed_numbers(on_reference("numpy-dnn/321_1").example)["Error"] == [Fraction("0.5003"), Fraction("0.0001")]


def test_what_is_wrong_in_print_proves_nothing(on_reference: OnReference) -> None:
    """Where an erratum is listed of some number of a name, its numbers are refused; others of the example are not."""
    numbers = printed_numbers(on_reference("numpy-dnn/312_1").example)
    assert numbers["epoch"]
    example = on_reference("linear-algebra/backward-hidden").example
    wrong = next(erratum.number for block in example.blocks for erratum in block.errata)
    with pytest.raises(ValueError, match=f"{wrong}'\\] is wrong in print, as an erratum says; use what is computed"):
        printed_numbers(example)[wrong]


def test_the_numbers_of_another_example_are_found_by_its_id(on_reference: OnReference) -> None:
    """They are those of that example."""
    printed_in = facts(on_reference("numpy-dnn/322_1"))["printed_in"]
    assert printed_in("numpy-dnn/321_1") == printed_numbers(on_reference("numpy-dnn/321_1").example)


def test_an_example_that_is_not_there_is_named(on_reference: OnReference) -> None:
    """The error has the id."""
    printed_in = facts(on_reference("numpy-dnn/322_1"))["printed_in"]
    with pytest.raises(FixtureError, match="'numpy-dnn/nothing' is not the id of an example"):
        printed_in("numpy-dnn/nothing")


def test_every_example_has_the_common_facts(on_reference: OnReference) -> None:
    """Printed numbers, those of other examples, and the fractions of seeds for claims."""
    known = facts(on_reference("numpy-dnn/322_1"))
    assert set(known["trainings_in"]("float16").values()) == {True, False}
    assert known["seed_claims_of"]("numpy-dnn/322_1") == {CLAIM: 0.857}
    assert {"printed", "printed_in", "kernels"} <= known.keys()
