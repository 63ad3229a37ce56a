"""Engines behind one interface: the protocol, the registry, and nothing of any framework.

Arrays cross the interface as NumPy arrays in the books' layout: kernels ``(inputs, outputs)``, one pattern a row. A new engine is
one module with a class ``Engine`` and one line in ``ENGINES``.
"""

import importlib
import importlib.util
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from adapters.calculation import Calculation
    from reference.architecture import Count
    from worked_examples import (
        CalculationExample,
        DescentRun,
        GradientDescentExample,
        ImageExample,
        InitializerFormula,
        NetworkExample,
    )
    from worked_examples.schema.architecture import ArchitectureExample

Array: TypeAlias = np.ndarray[Any, Any]
ENGINES: Mapping[str, tuple[str, str]] = {  # name: (module, the package it needs)
    "reference": ("adapters.reference.engine", "numpy"),
    "keras": ("adapters.keras.engine", "tensorflow"),
    "torch": ("adapters.torch.engine", "torch"),
}


class Parameters(NamedTuple):
    """One layer's parameters, or the gradients with respect to them."""

    kernel: Array
    bias: Array


class Evaluation(NamedTuple):
    """One forward and backward pass: ``outputs[l]`` and ``gradients[l]`` of each layer, the loss ``()``, the input's gradient."""

    outputs: list[Array]
    loss: Array
    gradients: list[Parameters]
    input_gradient: Array


class Progress(NamedTuple):
    """Where a training stands: epochs done, and the loss that the stop rule is asked of.

    Where an epoch is several updates, that is the sum over the last epoch; before one was measured, a number that stops nothing.
    """

    epoch: int
    loss: Any


class Trainer(Protocol):
    """A network in training, from the example's initial weights."""

    path: str
    """``compiled`` or ``eager``: how the updates are carried out."""

    def advance(self, limit: int) -> Progress:
        """Update until the stop rule holds, the loss is no longer finite, or epoch ``limit`` is reached."""

    def parameters(self) -> list[Parameters]:
        """The parameters of every layer now."""

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """Go back to an epoch whose parameters were read before."""


class BatchMetrics(NamedTuple):
    """Of some batches, each before its own update: the sum of their losses, how many patterns were recognised, the smallest gap.

    A gap is the distance of a pattern's greatest output from the next; where it is small, rounding decides what is recognised.
    """

    loss: float
    n_correct: int
    gap: float


class MinibatchTrainer(Protocol):
    """A network that learns from images, batch by batch."""

    path: str
    """``compiled`` or ``eager``."""

    def learn(self, x: Array, labels: Array, batch: int) -> BatchMetrics:
        """One update for every ``batch`` rows of ``x (patterns, inputs)`` in turn, of which there must be a whole number."""

    def loss(self, x: Array, labels: Array) -> float:
        """The loss of these patterns as one batch now."""

    def outputs(self, x: Array, batch: int) -> Array:
        """The outputs ``(patterns, classes)`` now, computed ``batch`` rows at a time, of which there must be a whole number."""

    def parameters(self) -> list[Parameters]:
        """The parameters of every layer now."""


class Engine(Protocol):
    """What every engine can do, but for what ``lacks`` names."""

    unsupported: Mapping[str, str]
    """What the engine has not (an activation, ``compiled training``), each with the reason."""

    def versions(self) -> dict[str, str]:
        """The packages that compute, with their versions."""

    def evaluate(self, example: "NetworkExample", parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """One pass over the example's data with these parameters (None: its initial weights), differentiated by the engine."""

    def trainer(self, example: "NetworkExample", dtype: str, compiled: bool) -> Trainer:
        """A training of the example in the engine's compiled loop (where it has one) or by its ordinary public API."""

    def minibatch_trainer(
        self, example: "ImageExample", parameters: list[Parameters], dtype: str, compiled: bool
    ) -> MinibatchTrainer:
        """The example's network with these weights, its loss and its optimizer."""

    def calculate(self, example: "CalculationExample", dtype: str) -> "Calculation":
        """The values of all steps by the engine's own functions, and the gradients by its own differentiation."""

    def descend(self, example: "GradientDescentExample", run: "DescentRun", dtype: str) -> Array:
        """The point after a run's steps of the engine's own gradient descent along its own gradient."""

    def count(self, example: "ArchitectureExample") -> "dict[str, Count]":
        """The shape, the parameters and the operations of every layer of the engine's own model; nothing is computed."""

    def draw(self, distribution: "InitializerFormula") -> Array:
        """A kernel ``(fan_in, fan_out)`` drawn by the engine's own initializer."""


class MissingEngineError(RuntimeError):
    """An engine whose package is not installed."""


def installed(name: str) -> bool:
    """Whether the package that engine ``name`` needs can be imported; nothing is imported to find out."""
    return importlib.util.find_spec(ENGINES[name][1]) is not None


def load_engine(name: str) -> Engine:
    """Import the engine ``name``.

    Raises:
        MissingEngineError: where its package is not installed.

    """
    module, package = ENGINES[name]
    if not installed(name):
        raise MissingEngineError(f"engine '{name}' needs the package '{package}', which is not installed")
    adapter: Engine = importlib.import_module(module).Engine()
    return adapter
