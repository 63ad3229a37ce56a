"""Training of the oracle, epoch after epoch, with the losses that a stopping criterion compares."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from verification.random_examples.truth.network import Network, Parameters, gradients, loss
from verification.random_examples.truth.numbers import Array
from verification.random_examples.truth.optimizers import Optimizer


class Settings(NamedTuple):
    """How a network is trained.

    ``rate(epoch)`` is the learning rate of an epoch (from 0), ``batch`` the size of a batch (0: all samples). ``orders`` are given
    orders, one an epoch, again and again; without, ``seed`` is that of the swap shuffle, or the order is that of the data.
    """

    rate: Callable[[int], Any]
    batch: int = 0
    seed: int | None = None
    biases: bool = True
    orders: Sequence[Sequence[int]] = ()
    optimizer: Mapping[str, Any] = MappingProxyType({"name": "gradient descent"})


class Epoch(NamedTuple):
    """The parameters after so many epochs, and the loss that a criterion compares there; None before the first epoch online.

    ``seen`` is what the updates of the epoch have seen, one after the other: the parameters before it, and inputs and targets.
    """

    number: int
    parameters: Parameters
    loss: Any
    seen: Sequence[tuple[Parameters, Array, Array]] = ()


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
    updates = Updates(network, settings, Optimizer(settings.optimizer))
    batch = settings.batch or len(x)
    given = cycle(settings.orders) if settings.orders else orders(len(x), settings.seed)
    is_one_update = len(x) <= batch and not settings.orders
    yield Epoch(0, parameters, loss(network, parameters, x, t) if is_one_update else None)
    for number, order in enumerate(given, 1):
        losses, seen = [], []
        for begin in range(0, len(order), batch):
            rows = list(order[begin : begin + batch])
            losses.append(loss(network, parameters, x[rows], t[rows]))
            seen.append((parameters, x[rows], t[rows]))
            parameters = updates.after(parameters, x[rows], t[rows], number - 1)
        yield Epoch(number, parameters, loss(network, parameters, x, t) if is_one_update else sum(losses), seen)


class Updates:
    """The updates of a training, in turn."""

    def __init__(self, network: Network, settings: Settings, optimizer: Optimizer) -> None:
        self.network, self.settings, self.optimizer, self.count = network, settings, optimizer, 0

    def after(self, parameters: Parameters, x: Array, t: Array, epoch: int) -> Parameters:
        """The parameters after an update with a batch, in an epoch."""
        which = self.network.trained(biases=self.settings.biases)
        new, self.count = list(parameters), self.count + 1
        for place, gradient in zip(which, gradients(self.network, parameters, x, t, which), strict=True):
            new[place] = self.optimizer.moved(place, parameters[place], gradient, self.settings.rate(epoch), self.count)
        return tuple(new)
