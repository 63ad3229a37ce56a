"""What the tests of injected faults share: wrong engines, and a check that fails only with the fault."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from adapters import Array, BatchMetrics, Calculation, Evaluation, Parameters
from adapters import Engine as Protocol
from adapters.reference.engine import Engine
from adapters.reference.training import Trainer
from reference.sizes import Count
from verification.case import Case
from verification.check import judge, message
from verification.exact import arithmetic
from verification.records import Findings, Outcome
from verification.registry import checks_of
from verification.session import Session
from worked_examples import NetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe
from worked_examples.schema.kinds.network_sizes import SizedNetworkExample


class Capable(Engine):
    """The reference without anything that it does not support."""

    unsupported: Mapping[str, str] = MappingProxyType({})


class ShiftedTrainer(Trainer):
    """Steps of another length on batches, and outputs of the first row for all."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """With a learning rate of its own."""
        self.learning_rate = self.number("0.5")[()]
        return super().train_batches(x, t, batch_size)

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """As if all rows were the first."""
        return np.repeat(super().outputs_for(x[:1], 1), len(x), axis=0)


class Shifted(Capable):
    """An engine that computes everything a little, or a lot, wrong."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """One more, everywhere."""
        return arithmetic.each(lambda array: np.asarray(array + 1), super().evaluate(example, parameters, dtype))

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """Steps twice as long, in the compiled loop four times."""
        trainer = ShiftedTrainer(example, dtype)
        trainer.learning_rate = trainer.learning_rate * (4 if compiled else 2)
        return trainer

    def calculate(self, example: Any, dtype: str) -> Calculation:
        """One more, everywhere."""
        calculation = super().calculate(example, dtype)
        values, gradients = (
            {name: array + 1 for name, array in arrays.items()} for arrays in (calculation.values, calculation.gradients)
        )
        return Calculation(values, gradients, {})

    def count(self, example: NetworkExample | SizedNetworkExample) -> list[Count]:
        """One weight more in every layer."""
        return [count._replace(weights=count.weights + 1) for count in super().count(example)]

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """Nothing that any framework computes."""
        return {name: np.full(6, np.pi) for name in ("parameters", "value", "gradient", "output", "weights", "loss")}


class ShiftedCompiled(Capable):
    """An engine whose compiled loop alone is wrong."""

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """Steps twice as long in the compiled loop."""
        trainer = (ShiftedTrainer if compiled else Trainer)(example, dtype)
        trainer.learning_rate = trainer.learning_rate * (2 if compiled else 1)
        return trainer


@pytest.fixture(scope="session")
def engines() -> Mapping[str, Protocol]:
    """The reference as it is, the one that supports everything, and those with faults, by name."""
    return {"reference": Engine(), "capable": Capable(), "shifted": Shifted(), "shifted when compiled": ShiftedCompiled()}


@pytest.fixture
def judged_in_one() -> Callable[[Iterable[str], Any, Protocol], list[Findings]]:
    """``judged_in_one(checks, example, engine)``: the findings of several checks on one engine, which trains once for all."""

    def findings(names: Iterable[str], example: Any, engine: Protocol, engine_name: str = "faulty") -> list[Findings]:
        session = Session([example], engine_names=("reference", engine_name), engines={engine_name: engine})
        case = Case(example, engine_name, session)
        known = {check.name: check for check in checks_of(case)}
        return [judge(known[name], case) for name in names]

    return findings


@pytest.fixture
def caught(network: Callable[[str], NetworkExample], judged: Callable[..., Findings]) -> Callable[[Protocol, str, str], str]:
    """``caught(engine, example, check)``: the whole message of a check that only the faulty engine fails."""

    def text(engine: Protocol, name: str, check_name: str) -> str:
        example = network(name)
        assert judged(check_name, example).outcome is Outcome.PASSED
        findings = judged(check_name, example, engine)
        assert findings.outcome is Outcome.FAILED
        failure = message(findings, example, most=len(findings.problems))
        assert failure.startswith(f"{name} on faulty (float64), {check_name}: {example.title}\n")
        assert "\n  next: " in failure
        return failure

    return text
