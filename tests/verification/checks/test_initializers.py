"""A sample of initial weights must have the formula's shape, mean and standard deviation, to five standard errors."""

from collections.abc import Callable

import numpy as np
import pytest

from adapters import Array
from adapters.reference.engine import Engine
from verification.records import Findings, Outcome
from worked_examples import InitializerExample, InitializerFormula


class Sampling(Engine):
    """An engine with a sample of a given mean and deviation, in units of the formula's."""

    def __init__(self, mean_errors: float = 0.0, deviation_errors: float = 0.0, value: float | None = None) -> None:
        self.mean_errors, self.deviation_errors, self.value = mean_errors, deviation_errors, value

    def sample_initializer(self, formula: InitializerFormula) -> Array:
        """Exact mean and deviation, so many standard errors off."""
        sample = super().sample_initializer(formula)
        deviation = float(formula.variance) ** 0.5
        error = deviation / sample.size**0.5
        standard = (sample - sample.mean()) / sample.std()
        changed = standard * (deviation + self.deviation_errors * error / 2**0.5) + self.mean_errors * error
        return changed if self.value is None else np.full(sample.shape, self.value)


@pytest.mark.parametrize("engine", [Sampling(4.99), Sampling(-4.99), Sampling(0, 4.99), Sampling(0, -4.99)])
def test_up_to_five_standard_errors_pass(
    engine: Engine, example: Callable[[str], InitializerExample], judged: Callable[..., Findings]
) -> None:
    """Of the mean and of the deviation, on both sides."""
    assert judged("sample", example("numpy-dnn/3110_1"), engine).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("engine", "word"),
    [
        (Sampling(5.01), ": mean "),
        (Sampling(-5.01), ": mean "),
        (Sampling(0, 5.01), ": standard deviation "),
        (Sampling(0, -5.01), ": standard deviation "),
        (Sampling(value=np.nan), " numbers are not finite"),
        (Sampling(value=np.inf), ": 1000000 of 1000000 numbers are not finite"),
        (Sampling(value=0.0), ": standard deviation 0.0"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_beyond_five_standard_errors_fails(
    engine: Engine, word: str, example: Callable[[str], InitializerExample], judged: Callable[..., Findings]
) -> None:
    """Every formula of the example is named."""
    chosen = example("numpy-dnn/3110_1")
    problems = judged("sample", chosen, engine).problems
    assert {distribution.formula for distribution in chosen.distributions} == {line.partition(":")[0] for line in problems}
    assert word in problems[0]


def test_a_transposed_kernel_is_caught(example: Callable[[str], InitializerExample], judged: Callable[..., Findings]) -> None:
    """The shape is inputs by outputs."""

    class Transposed(Engine):
        """Outputs by inputs."""

        def sample_initializer(self, formula: InitializerFormula) -> Array:
            """The transposed sample."""
            return super().sample_initializer(formula).T

    chosen = example("numpy-dnn/3110_1")
    wide = [distribution for distribution in chosen.distributions if distribution.fan_in != distribution.fan_out]
    problems = judged("sample", chosen, Transposed()).problems
    assert len(problems) == len(wide)
    assert all(": shape (" in problem for problem in problems)
