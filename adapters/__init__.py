"""Engines behind one protocol. This package imports no framework.

A further engine is one sub-package whose module ``engine`` has a class ``Engine``, as ``adapters/protocol.py`` says, and one entry
in ``ENGINES``. The sub-packages ``reference``, ``keras`` and ``torch`` have the same modules:

- ``engine``: the class, which delegates to the others;
- ``network``: an example's network, and one pass over its data;
- ``training``: its training, and in a framework ``compiled_training`` that in one compiled loop;
- ``optimizers``: the rules by which trainings update parameters;
- ``operations`` and ``layers``: the functions of calculations;
- ``sizes``: the shapes, parameters and MACs of a network's layers;
- ``conventions``: calls of the engine's own API on a probe.
"""

import importlib
import importlib.util
from collections.abc import Mapping

from adapters.calculation import Calculation
from adapters.protocol import (
    Array,
    BatchMetrics,
    Engine,
    Evaluation,
    Intermediates,
    Parameters,
    Progress,
    Trainer,
)

__all__ = [
    "ENGINES",
    "Array",
    "BatchMetrics",
    "Calculation",
    "Engine",
    "Evaluation",
    "Intermediates",
    "MissingEngineError",
    "Parameters",
    "Progress",
    "Registry",
    "Trainer",
    "installed",
    "load_engine",
]

Registry = Mapping[str, tuple[str, str]]
ENGINES: Registry = {  # name: (module, the package that it needs)
    "reference": ("adapters.reference.engine", "numpy"),
    "keras": ("adapters.keras.engine", "tensorflow"),
    "torch": ("adapters.torch.engine", "torch"),
}


class MissingEngineError(RuntimeError):
    """An engine whose package is not installed."""


def installed(name: str, engines: Registry = ENGINES) -> bool:
    """Whether the package that engine ``name`` needs can be imported; nothing is imported to find out."""
    return importlib.util.find_spec(engines[name][1]) is not None


def load_engine(name: str, engines: Registry = ENGINES) -> Engine:
    """The engine ``name``, imported.

    Raises:
        MissingEngineError: where its package is not installed.

    """
    module, package = engines[name]
    if not installed(name, engines):
        raise MissingEngineError(f"engine '{name}' needs the package '{package}', which is not installed")
    engine: Engine = importlib.import_module(module).Engine()
    return engine
