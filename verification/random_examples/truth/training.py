"""Training of the oracle, epoch after epoch, with the losses and errors that a stopping criterion tests."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from verification.random_examples.truth.branches import Branches
from verification.random_examples.truth.network import Network, Parameters, gradients, loss, outputs
from verification.random_examples.truth.numbers import Array
from verification.random_examples.truth.optimizers import Optimizer
from verification.random_examples.truth.stopping import errors
from verification.random_examples.truth.updated_weights import slipped_gradients


class Decay(NamedTuple):
    """Weight decay of the parameters at some places: in the gradient, or ``decoupled`` from it."""

    coefficient: Any
    decoupled: bool
    places: tuple[int, ...]

    def before_step(self, w: Array, g: Array, rate: Any) -> tuple[Array, Array]:
        """The parameters and the gradient that a step takes: ``w - rate c w`` and ``g``, or ``w`` and ``g + c w``."""
        return (w - rate * self.coefficient * w, g) if self.decoupled else (w, g + self.coefficient * w)


class Settings(NamedTuple):
    """How a network is trained.

    ``rate(epoch)`` is the learning rate of an epoch (from 0), ``batch`` the size of a batch (0: all samples). ``orders`` are given
    orders, one an epoch, again and again; without, ``order`` is one of ``ORDERS``, drawn from ``seed``, and where epochs are
    ``updates`` each has the next batch of it.
    ``trained`` are the places of the parameters that are updated (None: of all that the layers train). Where the program ``slips``,
    deltas go back through updated weights.
    """

    rate: Callable[[int], Any]
    batch: int = 0
    seed: int | None = None
    trained: tuple[int, ...] | None = None
    orders: Sequence[Sequence[int]] = ()
    optimizer: Mapping[str, Any] = MappingProxyType({"name": "gradient descent"})
    decay: Decay | None = None
    order: str = "sequential"
    slips: bool = False
    updates: bool = False


class Epoch(NamedTuple):
    """The parameters after so many epochs, and the loss and errors that a criterion tests there.

    Before the first epoch online there are none. Errors are counted by each way of telling classes. ``seen`` is what the updates of
    the epoch have seen, one after the other: the parameters before it, and inputs and targets.
    """

    number: int
    parameters: Parameters
    loss: Any
    errors: Mapping[str, int]
    seen: Sequence[tuple[Parameters, Array, Array]] = ()


Orders = Iterator[list[int]]


def sequential(samples: int, seed: int | None, batch: int) -> Orders:
    """The samples in the order of the data."""
    while True:
        yield list(range(samples))


def swap_shuffle(samples: int, seed: int | None, batch: int) -> Orders:
    """One list whose every place is swapped with a random one before each epoch."""
    order, random = list(range(samples)), Random(seed)  # noqa: S311 -- the generator that fixtures name
    while True:
        for place in range(samples):
            other = random.randrange(0, samples)
            order[place], order[other] = order[other], order[place]
        yield list(order)


def permutation(samples: int, seed: int | None, batch: int) -> Orders:
    """A new permutation before each epoch."""
    random = np.random.RandomState(seed)  # the generator that fixtures name
    while True:
        yield [int(sample) for sample in random.permutation(samples)]


def with_replacement(samples: int, seed: int | None, batch: int) -> Orders:
    """As many batches as it takes to hold all samples, each chosen when its update comes."""
    random = np.random.RandomState(seed)  # the generator that fixtures name
    while True:
        chosen = [random.choice(samples, batch) for _ in range(0, samples, batch)]
        yield [int(sample) for row in chosen for sample in row]


ORDERS: Mapping[str, Callable[[int, int | None, int], Orders]] = {
    "sequential": sequential,
    "swap shuffle": swap_shuffle,
    "permutation": permutation,
    "with replacement": with_replacement,
}
"""The samples of every epoch, of so many samples, from a seed, for batches of a size; by the words of a fixture."""


def trained(network: Network, parameters: Parameters, x: Array, t: Array, settings: Settings) -> Iterator[Epoch]:
    """The epochs of a training that nothing stops.

    Where an epoch is one update, loss and errors at an epoch are those of its parameters. Where it is several, they are the sums of
    those met during the epoch, each before the update with its samples; there are none before the first epoch.
    """
    updates = Updates(network, settings, Optimizer(settings.optimizer))
    batch = settings.batch or len(x)
    given = cycle(settings.orders) if settings.orders else ORDERS[settings.order](len(x), settings.seed, batch)
    if settings.updates:
        given = ([*order[begin : begin + batch]] for order in given for begin in range(0, len(order), batch))
    is_one_update = len(x) <= batch and not settings.orders
    yield met(network, 0, parameters, [(parameters, x, t)] if is_one_update else [])
    for number, order in enumerate(given, 1):
        seen = []
        for begin in range(0, len(order), batch):
            rows = list(order[begin : begin + batch])
            seen.append((parameters, x[rows], t[rows]))
            parameters = updates.after(parameters, x[rows], t[rows], number - 1)
        tested = [(parameters, x, t)] if is_one_update else seen
        yield met(network, number, parameters, tested)._replace(seen=seen)


def met(network: Network, number: int, parameters: Parameters, seen: Sequence[tuple[Parameters, Array, Array]]) -> Epoch:
    """An epoch with the sums of the losses and errors of what it has seen: parameters, inputs and targets."""
    counts = Counter[str]()
    for before, x, t in seen:
        counts.update(errors(outputs(network, before, x, Branches())[-1], t))
    return Epoch(number, parameters, sum(loss(network, *of_batch) for of_batch in seen) if seen else None, counts)


class Updates:
    """The updates of a training, in turn."""

    def __init__(self, network: Network, settings: Settings, optimizer: Optimizer) -> None:
        self.network, self.settings, self.optimizer, self.count = network, settings, optimizer, 0

    def after(self, parameters: Parameters, x: Array, t: Array, epoch: int) -> Parameters:
        """The parameters after an update with a batch, in an epoch."""
        which = self.network.trainable if self.settings.trained is None else self.settings.trained
        new, self.count = list(parameters), self.count + 1
        rate, decay = self.settings.rate(epoch), self.settings.decay
        for place, gradient in zip(which, self.gradients(parameters, x, t, which, rate), strict=True):
            w, g = parameters[place], gradient
            if decay and place in decay.places:
                w, g = decay.before_step(w, g, rate)
            new[place] = self.optimizer.moved(place, w, g, rate, self.count)
        return tuple(new)

    def gradients(self, parameters: Parameters, x: Array, t: Array, which: tuple[int, ...], rate: Any) -> list[Array]:
        """What the updates take for the gradients at some places."""
        if not self.settings.slips:
            return gradients(self.network, parameters, x, t, which)
        found = slipped_gradients(self.network, parameters, x, t, rate, which)
        return [found[place] for place in which]
