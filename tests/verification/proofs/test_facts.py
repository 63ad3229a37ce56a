"""What every proof may use."""

from fractions import Fraction

import pytest

from verification.proofs.facts import facts, printed_in, printed_numbers
from worked_examples import FixtureError, load_all

EXAMPLES = load_all()


def test_unreproducible_results_are_printed_numbers_too() -> None:
    """321_1 prints its error twice, in the first epoch and where training stops, each exactly as printed."""
    assert printed_numbers(EXAMPLES["numpy-dnn/321_1"])["Error"] == [Fraction("0.5003"), Fraction("0.0001")]


def test_the_numbers_of_another_page_are_found_by_its_id() -> None:
    """They are those of that example."""
    assert printed_in("numpy-dnn/321_1") == printed_numbers(EXAMPLES["numpy-dnn/321_1"])


def test_a_page_that_is_not_there_is_named() -> None:
    """The error has the id."""
    with pytest.raises(FixtureError, match=r"numpy-dnn/nothing\.toml: no such file"):
        printed_in("numpy-dnn/nothing")


def test_every_example_has_the_common_facts() -> None:
    """Printed numbers, those of other pages, and the fractions of seeds for claims."""
    known = facts(EXAMPLES["numpy-dnn/322_1"])
    assert known["seed_claims_of"]("numpy-dnn/322_1") == {"every output is on its target's side of 0.5": 0.857}
    assert {"printed", "printed_in", "kernels"} <= known.keys()
