"""Training of the oracle: gradient descent, epoch after epoch, with the losses that a stopping criterion compares."""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from verification.random_examples.truth.network import Network, Parameters, gradients, loss
from verification.random_examples.truth.numbers import Array


class Settings(NamedTuple):
    """How a network is trained; ``seed``: of the swap shuffle with batches of one sample; None: in the order of the data."""

    learning_rate: Any
    online: bool = False
    seed: int | None = None
    biases: bool = True


class Epoch(NamedTuple):
    """The parameters after so many epochs, and the loss that a criterion compares there; None before the first epoch online."""

    number: int
    parameters: Parameters
    loss: Any


def orders(samples: int, seed: int | None) -> Iterator[list[int]]:
    """The samples of every epoch: in order, or one list whose every place is swapped with a random one before each epoch."""
    order, random = list(range(samples)), Random(seed)  # noqa: S311 -- the generator that fixtures name
    while True:
        if seed is not None:
            for place in range(samples):
                other = random.randrange(0, samples)
                order[place], order[other] = order[other], order[place]
        yield list(order)


def trained(network: Network, parameters: Parameters, x: Array, t: Array, settings: Settings) -> Iterator[Epoch]:
    """The epochs of a training that nothing stops.

    Where an epoch is one update, the loss at an epoch is that of its parameters. Where it is several, the loss is the sum of those
    met during the epoch, each before the update with its sample; there is none before the first epoch.
    """
    which = tuple(place for place in range(len(parameters)) if settings.biases or place % 2 == 0)
    if not settings.online or len(x) == 1:
        number = 0
        while True:
            yield Epoch(number, parameters, loss(network, parameters, x, t))
            parameters, number = updated(network, parameters, x, t, settings, which), number + 1
    yield Epoch(0, parameters, None)
    for number, order in enumerate(orders(len(x), settings.seed), 1):
        losses = []
        for sample in order:
            rows = x[[sample]], t[[sample]]
            losses.append(loss(network, parameters, *rows))
            parameters = updated(network, parameters, *rows, settings, which)
        yield Epoch(number, parameters, sum(losses))


def updated(network: Network, parameters: Parameters, x: Array, t: Array, settings: Settings, which: tuple[int, ...]) -> Parameters:
    """The parameters after one update: ``W - learning_rate * gradient``."""
    new = list(parameters)
    for place, gradient in zip(which, gradients(network, parameters, x, t, which), strict=True):
        new[place] = parameters[place] - settings.learning_rate * gradient
    return tuple(new)
