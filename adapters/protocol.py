"""The protocol of an engine, and the values that cross it.

All arrays are NumPy arrays in the books' layout: kernels ``(inputs, outputs)``, one sample a row, images ``(N, C, H, W)``,
sequences ``(N, T, features)``.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np

from adapters.calculation import Calculation
from reference.layer_types.parameters import NONE
from reference.sizes import Count
from worked_examples import CalculationExample, NetworkExample, SizedNetworkExample
from worked_examples.schema.framework_call import FrameworkCall, Probe

Array: TypeAlias = np.ndarray[Any, Any]


class Parameters(NamedTuple):
    """One layer's parameters, or the gradients with respect to them; an array is empty where the layer has none of that name."""

    kernel: Array = NONE
    bias: Array = NONE
    recurrent_kernel: Array = NONE
    recurrent_bias: Array = NONE


class Intermediates(NamedTuple):
    """What a pass computes on its way: of each layer ``l`` ``(samples, units)``, and the losses ``(samples, outputs)``.

    ``losses`` are the terms whose sum is the loss: one for every output of every sample. ``penalty`` is what is added to their
    (reduced) sum for the size of the parameters; None where nothing is.
    """

    pre_activations: list[Array]
    pre_activation_gradients: list[Array]
    output_gradients: list[Array]
    losses: Array
    penalty: Array | None = None


class Evaluation(NamedTuple):
    """One forward and backward pass: ``outputs[l]`` and ``gradients[l]`` of each layer, the loss ``()``, the input's gradient.

    ``intermediates`` are None in what was recorded without them; an engine gives them.
    """

    outputs: list[Array]
    loss: Array
    gradients: list[Parameters]
    input_gradient: Array
    intermediates: Intermediates | None = None


class Progress(NamedTuple):
    """How far a training has come: epochs done, and the loss that the stopping criterion tests.

    Where an epoch is several updates, that is the sum over the last epoch, each loss taken before its own update; before the first
    epoch it is a number that stops nothing.
    """

    epoch: int
    loss: Any


class BatchMetrics(NamedTuple):
    """Metrics of some batches, each taken before its own update.

    ``loss`` is the sum of the batches' losses, ``n_correct`` the number of samples whose greatest output is that of the greatest
    target. ``min_margin`` is the least distance between the two largest outputs of a sample: where it is small, rounding decides
    the predicted class.
    """

    loss: float
    n_correct: int
    min_margin: float


class Trainer(Protocol):
    """A network in training, from the example's initial parameters.

    It trains on the example's data, epoch after epoch, and on batches that it is handed, of as many samples as there may be.
    """

    path: str
    """``compiled`` or ``eager``: how the updates are carried out."""

    def advance(self, limit: int) -> Progress:
        """Update until the stopping criterion holds, the loss is not finite, or epoch ``limit`` is reached."""

    def train_batches(self, x: Array, t: Array, batch_size: int) -> BatchMetrics:
        """One update for every ``batch_size`` rows of ``x (samples, inputs)`` in turn; ``batch_size`` divides ``samples``.

        ``t (samples, outputs)`` are the targets of several outputs. No stopping criterion is tested, and no epoch is counted.
        """

    def loss_on(self, x: Array, t: Array) -> float:
        """The loss of these samples as one batch now."""

    def outputs_for(self, x: Array, batch_size: int) -> Array:
        """The outputs ``(samples, outputs)`` now, computed ``batch_size`` rows at a time; ``batch_size`` divides ``samples``."""

    def parameters(self) -> list[Parameters]:
        """The parameters of every layer now, and after them all that the next update depends on besides: the optimizer's state.

        Each array of the state is one ``Parameters`` for every layer, in the form of the reference's formula: a net of two layers
        has with momentum its two layers, then their velocities.
        """

    def before_updates(self) -> list[list[Parameters]]:
        """Train one epoch, in which no stopping criterion is tested; the parameters before each of its updates."""

    def restore(self, epoch: int, parameters: list[Parameters]) -> None:
        """Go back to an epoch whose parameters, with the state behind them, were read before."""


class Engine(Protocol):
    """What an engine computes; what it does not support is named in ``unsupported`` and never called."""

    unsupported: Mapping[str, str]
    """Capability -> reason. The capabilities are listed in ``adapters.capabilities``."""

    def versions(self) -> dict[str, str]:
        """The packages that compute, with their versions."""

    def evaluate(self, example: NetworkExample, parameters: list[Parameters] | None, dtype: str) -> Evaluation:
        """One pass over the example's data with these parameters (None: its initial ones), differentiated by the engine.

        They may be those of a ``Trainer``: the state of an optimizer behind the layers plays no part.
        """

    def trainer(self, example: NetworkExample, dtype: str, compiled: bool) -> Trainer:
        """A training of the example in the engine's compiled loop, where it has one that is worth it, or by its public API."""

    def calculate(self, example: CalculationExample, dtype: str) -> Calculation:
        """The values of all steps by the engine's own functions, and the gradients by its own differentiation."""

    def count(self, example: NetworkExample | SizedNetworkExample) -> list[Count]:
        """The shape, the parameters and the MACs of every layer of the engine's own model; nothing is computed."""

    def measure_convention(self, family: str, call: FrameworkCall, probe: Probe) -> dict[str, Array]:
        """What a call of the engine's own API computes from the probe, in float64 arrays by name.

        The families and their names: optimizer -> parameters; function -> value, gradient; layer -> output, and where training
        differs from inference, both; initializer -> the statistics of a sample; training -> weights, loss.

        Raises:
            ValueError: for a call that is not in the engine's list of accepted names.

        """
