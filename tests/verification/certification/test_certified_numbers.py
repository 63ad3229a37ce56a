"""The numbers of a network from certified parameters."""

from collections.abc import Callable

import pytest

from reference.comparisons import UndecidedError
from verification.certification.certified_numbers import CertifiedNumbers
from verification.certification.certified_value import certified_value
from verification.certification.when_judged import certified
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.printed.moments import SUMMED
from worked_examples.printed.quantities import quantity

Network = Callable[[str], NetworkExample]


def numbers_of(example: NetworkExample) -> CertifiedNumbers:
    """In a session of its own."""
    return CertifiedNumbers(example, certified(Session([example]), example))


@pytest.mark.parametrize(
    "words", ["mae", "mae for test after update", "output for test [1, 0]", "gap", "lrate * mae", "delta [2, 0]"]
)
def test_formulas_and_further_data_have_at_least_20_digits(words: str, network: Network) -> None:
    """The parameters have 25."""
    example = network("ours/loss-table")
    example = example.model_copy(update={"quantities": {**example.quantities, "scaled": "lrate * mae"}})
    named = quantity(words.replace("lrate * mae", "scaled"), example.formulas)
    value = certified_value(numbers_of(example).measured(named, 1))
    assert 0 < value.radius < abs(value.decimal).scaleb(-20)


def test_a_sum_over_an_epoch_needs_the_next_one(network: Network) -> None:
    """Only where it is certified too, its updates are made."""
    numbers = numbers_of(network("ours/loss-table"))
    summed = quantity("loss")._replace(over=SUMMED)
    assert certified_value(numbers.measured(summed, 9)).radius < 1e-20
    assert numbers.measured(summed, 10) is None
    assert numbers.measured(quantity("loss"), 11) is None


def test_the_training_s_own_sum_is_that_of_its_losses(network: Network) -> None:
    """What the stopping criterion tests is the certified sum of the epoch before."""
    example = network("ours/one-by-one")
    known = certified(Session([example]), example)
    assert known.stop_epoch
    summed = CertifiedNumbers(example, known).measured(quantity("loss")._replace(over=SUMMED), known.stop_epoch - 1)
    value, tested = certified_value(summed), known.loss(known.stop_epoch)
    assert abs(value.decimal - tested.decimal) <= value.radius + tested.radius


def test_a_tie_of_decimals_is_decided_and_any_other_is_not(network: Network) -> None:
    """Without training numbers are rational."""
    example = network("numpy-dnn/matrix-2x2").model_copy(update={"quantities": {"tie": "output[0, 0] >= 19"}})
    assert certified_value(numbers_of(example).measured(quantity("tie", example.formulas), 0)).decimal == 1
    trained = network("ours/loss-table").model_copy(
        update={"quantities": {**network("ours/loss-table").quantities, "tie": "sum(output) >= sum(output + 0)"}}
    )
    with pytest.raises(UndecidedError):
        numbers_of(trained).measured(quantity("tie", trained.formulas), 1)
