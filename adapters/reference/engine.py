"""The reference as an engine."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from adapters.calculation import Calculation
from adapters.protocol import Array, Evaluation, Parameters
from adapters.reference import conventions, operations, sizes
from adapters.reference.network import as_layers, evaluate, initial_layers
from adapters.reference.traced.compiler import compiler
from adapters.reference.traced.trainer import trainer
from adapters.reference.training import Trainer
from reference.sizes import Count
from worked_examples import CalculationExample, NetworkExample, SizedNetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe


class Engine:
    """NumPy, by the formulas in ``reference``; see ``adapters.Engine``. Every ``dtype`` may be any number type.

    Without a C compiler, trainings run in the book's loop as written.
    """

    unsupported: Mapping[str, str] = MappingProxyType({} if compiler() else {"compiled training": "no C compiler (cc) is at hand"})

    def versions(self) -> dict[str, str]:
        """See ``adapters.Engine``."""
        return {"numpy": np.__version__}

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """See ``adapters.Engine``."""
        return evaluate(example, as_layers(parameters) if parameters else initial_layers(example, dtype), dtype)

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """See ``adapters.Engine``; eager where an update cannot be recorded, ``why_eager`` says why."""
        return trainer(example, dtype) if compiled else Trainer(example, dtype)

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """See ``adapters.Engine``."""
        return operations.calculate(example, dtype)

    def count(self, example: NetworkExample | SizedNetworkExample) -> list[Count]:
        """See ``adapters.Engine``."""
        return sizes.count(example)

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """See ``adapters.Engine``; the calls are names of the reference's formulas."""
        return conventions.measure(family, call, probe)
