"""Random trainings of a network: settings, the epochs that are reached, and a threshold that stops at one of them."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import mpmath
from hypothesis import strategies as st

from verification.random_examples.generator.decimals import written
from verification.random_examples.generator.optimizers import learning_rates, optimizers
from verification.random_examples.truth.network import Network, Parameters, cost_of
from verification.random_examples.truth.numbers import Array, number, sign, size
from verification.random_examples.truth.training import Epoch, Settings
from verification.random_examples.truth.training import trained as epochs_of

BUDGET = 8000  # of a training: the cost of its gradients, times epochs
MOST_EPOCHS = 300
BATCHES = (0, 0, 1, 1, 2, 3)
DIVERGED = 1e6  # a parameter beyond this ends the training: float64 would overflow soon
LEAST_LOSS = 1e-12  # of a criterion: float64 stalls before it reaches much less


class Trained(NamedTuple):
    """A training: its table, the parameters at every epoch, the last of them, and how the book counts.

    ``seen`` is what the updates that lead to every epoch have seen, ``rate`` the learning rate in an epoch.
    """

    table: dict[str, Any]
    parameters: list[Parameters]
    first_epoch: int
    never_moves: bool
    words: frozenset[str]
    seen: Sequence[Sequence[tuple[Parameters, Array, Array]]] = ()
    rate: Callable[[int], Any] | None = None

    @property
    def last(self) -> int:
        """The epoch at which training stops."""
        return len(self.parameters) - 1

    @property
    def epochs(self) -> list[int]:
        """The epochs of which numbers are printed: the last and the first more often than others."""
        return [self.last, 0, self.last // 2, *range(min(self.last + 1, 4)), max(self.last - 1, 0)]


@st.composite
def trained(
    draw: st.DrawFn, network: Network, parameters: Parameters, x: Array, t: Array, batches: Sequence[int] = BATCHES
) -> Trained:
    """A training, for some epochs or until its loss is small enough; ``batches`` are the sizes of batches, 0 the full one."""
    table: dict[str, Any] = {"max_epochs": 1}
    settings = draw(settings_of(table, len(x), batches))
    cost = cost_of(network, parameters, x)
    most = max(1, min(MOST_EPOCHS, BUDGET // cost))
    wanted = draw(st.one_of(st.integers(1, min(most, 5)), st.integers(1, most)))
    reached = reached_epochs(network, parameters, x, t, settings, wanted)
    table["max_epochs"] = max(len(reached) - 1, 1)
    first = draw(st.integers(0, 1))
    if first or draw(st.booleans()):
        table["first_epoch"] = first
    if draw(st.booleans()):
        reached = draw(stopped(table, reached, first))
    moved = any(
        sign(value)
        for old, new in zip(parameters, after(network, parameters, x, t, settings), strict=True)
        for value in (new - old).ravel()
    )
    seen = [epoch.seen for epoch in reached]
    return Trained(table, [epoch.parameters for epoch in reached], first, not moved, words_of(table), seen, settings.rate)


def after(network: Network, parameters: Parameters, x: Array, t: Array, settings: Settings) -> Parameters:
    """The parameters after one epoch."""
    epochs = epochs_of(network, parameters, x, t, settings)
    next(epochs)
    return next(epochs).parameters


@st.composite
def settings_of(draw: st.DrawFn, table: dict[str, Any], samples: int, batches: Sequence[int] = BATCHES) -> Settings:
    """Optimizer, learning rate, batches and trainable parameters, written into the table."""
    options, (rate, written_rate) = draw(optimizers()), draw(learning_rates())
    table |= {"optimizer": options if len(options) > 1 or draw(st.booleans()) else options["name"], "learning_rate": written_rate}
    batch, seed, orders = draw(st.sampled_from(batches)), None, []
    if batch:
        table["batch_size"] = batch
        how = draw(st.sampled_from(("sequential", "swap shuffle", "lists", "lists")))
        if how == "swap shuffle":
            seed = draw(st.integers(0, 1000))
            table |= {"order": "swap shuffle", "seed": seed}
        elif how == "lists" and samples > batch:
            orders = draw(st.lists(st.permutations(range(samples)).map(list), min_size=1, max_size=3))
            table["order"] = orders
    biases = bool(draw(st.integers(0, 3)))
    if not biases:
        table["trainable"] = ["kernel"]
    return Settings(rate, batch, seed, biases, orders, options)


def reached_epochs(network: Network, parameters: Parameters, x: Array, t: Array, settings: Settings, most: int) -> list[Epoch]:
    """The epochs up to ``most``, or up to the one before a parameter becomes too great."""
    reached: list[Epoch] = []
    for epoch in epochs_of(network, parameters, x, t, settings):
        if epoch.number > 1 and max(map(size, epoch.parameters), default=0) > DIVERGED:
            break
        reached.append(epoch)
        if epoch.number == most:
            break
    return reached


@st.composite
def stopped(draw: st.DrawFn, table: dict[str, Any], reached: list[Epoch], first: int) -> list[Epoch]:
    """The epochs up to the one at which a criterion holds, which is written into the table."""
    comparison = draw(st.sampled_from(("loss_below", "loss_at_most")))
    chosen = draw(
        st.sampled_from([epoch for epoch in reached if epoch.loss is None or not 0 < epoch.loss < LEAST_LOSS] or reached[:1])
    )
    threshold = written_threshold(chosen.loss if chosen.loss is not None else mpmath.mpf(1), draw(st.integers(-1, 1)))
    limit = number(threshold)
    for epoch in reached:
        difference = None if epoch.loss is None else sign(epoch.loss - limit)
        if difference is not None and (difference < 0 or (difference == 0 and comparison == "loss_at_most")):
            table["stopping_criterion"] = {comparison: threshold, "epoch": epoch.number + first}
            table["max_epochs"] += draw(st.sampled_from((0, 1, 1000)))
            return reached[: epoch.number + 1]
    table["stopping_criterion"] = {comparison: threshold}
    return reached


def written_threshold(loss: Any, units: int) -> str:
    """A loss to three significant digits, some units more or less; 0 where it is none."""
    if not sign(loss):
        return "0"
    places = 2 - int(mpmath.floor(mpmath.log10(loss)))
    whole = int(mpmath.nint(loss * mpmath.mpf(10) ** places)) + units
    return written(whole, places) if places >= 0 else written(whole * 10**-places, 0)


def words_of(table: dict[str, Any]) -> frozenset[str]:
    """What of a training was drawn, for the count of what was tried."""
    criterion = table.get("stopping_criterion", {})
    stop = "loss_below" if "loss_below" in criterion else "loss_at_most" if criterion else "fixed epochs"
    optimizer, order, rate = table["optimizer"], table.get("order", "sequential"), table["learning_rate"]
    named = optimizer if isinstance(optimizer, str) else optimizer["name"]
    how = "constant rate" if isinstance(rate, str) else "list of rates" if isinstance(rate, list) else "rate by a formula"
    in_order = order if isinstance(order, str) else "order by lists"
    return frozenset(["training", named, how, f"batch_size {table.get('batch_size', 'full')}", in_order, stop])
