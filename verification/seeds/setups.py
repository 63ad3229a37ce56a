"""The training of an example without its seed, read from the fixture."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from worked_examples import NetworkExample

Rows: TypeAlias = tuple[tuple[float, ...], ...]
LOSS_FACTORS: Mapping[str, Callable[[int], Fraction]] = {  # gradient of the loss over that of the half squared error, by outputs
    "half squared error": lambda _: Fraction(1),
    "mean squared error": lambda outputs: Fraction(2, outputs),
}


class Setup(NamedTuple):
    """A training of a dense network, one sample an update, without its seed.

    ``kernels`` are names of distributions, one a layer. ``learning_rate`` is that on the half squared error, the loss of every
    formula of ``verification.seeds``; ``loss_below`` ends a training, and is 0 where nothing but ``max_epochs`` does.
    """

    units: tuple[int, ...]
    activations: tuple[str, ...]
    kernels: tuple[str, ...]
    learning_rate: float
    order: str
    inputs: Rows
    targets: Rows
    max_epochs: int
    loss_below: float = 0.0

    @property
    def label(self) -> str:
        """The units, as in ``7-8-4``."""
        return "-".join(map(str, self.units))


def setup_of(example: NetworkExample, order: str = "") -> Setup:
    """The training of an example with random kernels; ``order`` replaces the fixture's order of the samples.

    Raises:
        ValueError: where the example has no random kernels or no training, is trained otherwise than one sample an update with
            all biases, or has a loss that is not a multiple of the half squared error.

    """
    training, network = example.training, example.network
    if training is None or network.random is None:
        raise ValueError(f"{example.id}: no training of random kernels")
    if training.updates(example.data.samples) != example.data.samples or not training.trains_biases:
        raise ValueError(f"{example.id}: seeds are trained with one sample an update, biases included")
    if not training.constant_rate or isinstance(training.order, list):
        raise ValueError(
            f"{example.id}: seeds are trained by gradient descent at one learning rate, in an order that is not a list"
        )
    inputs, targets = (floats(rows) for rows in example.data.pair)
    return Setup(
        units=tuple(network.random.units),
        activations=tuple(network.random.activations),
        kernels=tuple(network.random.kernels),
        learning_rate=float(Fraction(training.constant_rate) * loss_factor(example)),
        order=order or training.order,
        inputs=inputs,
        targets=targets,
        max_epochs=training.max_epochs,
        loss_below=float(training.criterion.threshold) if training.stopping_criterion else 0.0,
    )


def loss_factor(example: NetworkExample) -> Fraction:
    """The factor of the learning rate that turns the example's loss into the half squared error.

    Raises:
        ValueError: where its loss is not a multiple of that.

    """
    if example.network.loss not in LOSS_FACTORS:
        raise ValueError(f"{example.id}: {example.network.loss} is not a multiple of the half squared error")
    return LOSS_FACTORS[example.network.loss](len(example.network.layers[-1].bias))


def floats(rows: list[list[str]]) -> Rows:
    """Rows of decimal strings in float64."""
    return tuple(tuple(map(float, row)) for row in rows)
