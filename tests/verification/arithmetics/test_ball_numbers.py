"""The numbers of a network from balls: they enclose what the reference computes in the type."""

from collections.abc import Callable

import flint
import pytest

from adapters import Parameters
from verification.arithmetics.ball_numbers import BallNumbers
from verification.case import Case
from verification.certification.certified_value import certified_value
from verification.exact import arithmetic
from verification.rounding.running_bound import precision
from verification.runs.engine_numbers import EngineNumbers
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.printed.moments import AVERAGED, SUMMED
from worked_examples.printed.quantities import quantity


class FromRun(BallNumbers):
    """Balls around the parameters that the reference has at an epoch."""

    def __init__(self, case: Case[NetworkExample]) -> None:
        super().__init__(case.example, case.dtype)
        self.engine = EngineNumbers(case)

    def parameters(self, epoch: int) -> list[Parameters] | None:
        """Without a radius."""
        found = self.engine.parameters(epoch)
        return found and arithmetic.exactly(found)

    def bits(self, example: NetworkExample) -> int:
        """Those of the type, for its sums."""
        return precision(example, self.dtype)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    "words", ["mae", "mae for test", "delta [1, 0]", "gap", "right", "output for test [1, 0]", "learning rate"]
)
def test_formulas_and_further_data_are_enclosed(words: str, dtype: str, network: Callable[[str], NetworkExample]) -> None:
    """From the same parameters, at epoch 1."""
    example = network("ours/loss-table")
    numbers = FromRun(Case(example, "reference", Session([example]), dtype))
    named = quantity(words, example.formulas)
    assert certified_value(numbers.measured(named, 1)).encloses(float(numbers.engine.measured(named, 1)))


@pytest.mark.parametrize("over", [SUMMED, AVERAGED])
@pytest.mark.parametrize("words", ["loss", "mae"])
def test_what_is_taken_over_updates_is_enclosed(words: str, over: str, network: Callable[[str], NetworkExample]) -> None:
    """In float32, whatever the order of summation; the precision that is set afterwards is the one before."""
    example, before = network("ours/loss-table"), flint.ctx.prec
    numbers = FromRun(Case(example, "reference", Session([example]), "float32"))
    named = quantity(words, example.formulas)._replace(over=over)
    assert certified_value(numbers.measured(named, 1)).encloses(float(numbers.engine.measured(named, 1)))
    assert flint.ctx.prec == before
