"""Random trainings of a network: rule, optimizer, batches, weight decay, and the epochs that are reached."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from verification.random_examples.generator.optimizers import learning_rates, optimizers
from verification.random_examples.generator.training.losses import COEFFICIENTS, PARAMETERS, of_names
from verification.random_examples.generator.training.patience import Watched, patient
from verification.random_examples.generator.training.stopping import stopped
from verification.random_examples.truth.network import Network, Parameters, cost_of
from verification.random_examples.truth.numbers import Array, number, sign, size
from verification.random_examples.truth.training import Decay, Epoch, Settings
from verification.random_examples.truth.training import trained as epochs_of

BUDGET = 8000  # of a training: the cost of its gradients, times epochs
MOST_EPOCHS = 300
BATCHES = (0, 0, 1, 1, 2, 3)
DIVERGED = 1e6  # a parameter beyond this ends the training: float64 would overflow soon
PLAIN = {"name": "gradient descent"}
DECAYS = ("l2", "decoupled")
SEEDED = ("swap shuffle", "permutation", "with replacement")


class Trained(NamedTuple):
    """A training: its table, the parameters at every epoch, the last of them, and how the book counts.

    ``seen`` is what the updates that lead to every epoch have seen, ``rate`` the learning rate in an epoch; ``watched`` are the
    further data whose loss stops it.
    """

    table: dict[str, Any]
    parameters: list[Parameters]
    first_epoch: int
    never_moves: bool
    words: frozenset[str]
    seen: Sequence[Sequence[tuple[Parameters, Array, Array]]] = ()
    rate: Callable[[int], Any] | None = None
    watched: Watched | None = None

    @property
    def last(self) -> int:
        """The epoch at which training stops."""
        return len(self.parameters) - 1

    @property
    def epochs(self) -> list[int]:
        """The epochs of which numbers are printed: the last and the first more often than others.

        Where a program goes back to the parameters of the least loss, nothing is printed of the last epoch.
        """
        last = self.last - 1 if self.watched and self.watched.restored else self.last
        return [last, 0, last // 2, *range(min(last + 1, 4)), max(last - 1, 0)]


@st.composite
def trained(
    draw: st.DrawFn,
    network: Network,
    parameters: Parameters,
    x: Array,
    t: Array,
    sizes: Sequence[int] = BATCHES,
) -> Trained:
    """A training for some epochs or until a criterion holds.

    ``sizes`` are those of batches, 0 the full one.
    """
    table: dict[str, Any] = {"max_epochs": 1}
    settings = draw(settings_of(table, network, len(x), sizes))
    cost = cost_of(network, parameters, x)
    most = max(1, min(MOST_EPOCHS, BUDGET // cost))
    wanted = draw(st.one_of(st.integers(1, min(most, 5)), st.integers(1, most)))
    reached = reached_epochs(network, parameters, x, t, settings, wanted)
    table["max_epochs"] = max(len(reached) - 1, 1)
    first = draw(st.integers(0, 1))
    if first or draw(st.booleans()):
        table["first_epoch"] = first
    watched: Watched | None = None
    how = draw(st.sampled_from(("fixed", "fixed", "stopped", "stopped", "patient")))
    if how == "stopped":
        reached = draw(stopped(table, reached, first, of_classes=all(abs(value) in (0, 1) for value in t.ravel())))
    elif how == "patient":
        reached, watched = draw(patient(table, network, reached, first, x, t))
    moves = moved_by_loss(network, parameters, x, t, settings)
    seen = [epoch.seen for epoch in reached]
    return Trained(table, [epoch.parameters for epoch in reached], first, not moves, words_of(table), seen, settings.rate, watched)


def moved_by_loss(network: Network, parameters: Parameters, x: Array, t: Array, settings: Settings) -> bool:
    """Whether the loss alone, without penalty and weight decay, changes a parameter in the first epoch."""
    epochs = epochs_of(network._replace(penalty=None), parameters, x, t, settings._replace(decay=None))
    before, after = next(epochs).parameters, next(epochs).parameters
    return any(sign(value) for old, new in zip(before, after, strict=True) for value in (new - old).ravel())


@st.composite
def settings_of(draw: st.DrawFn, table: dict[str, Any], network: Network, samples: int, sizes: Sequence[int]) -> Settings:
    """Rule, optimizer, weight decay, learning rate, batches and trainable parameters, written into the table."""
    is_perceptron = network.rule == "perceptron"
    if is_perceptron or not draw(st.integers(0, 3)):
        table["rule"] = network.rule
    slips = not is_perceptron and draw(slip(table, network))
    options = draw(st.just(PLAIN) if is_perceptron or slips else optimizers())
    rate, written_rate = draw(learning_rates().filter(lambda found: isinstance(found[1], str)) if slips else learning_rates())
    table |= {"optimizer": options if len(options) > 1 or draw(st.booleans()) else options["name"], "learning_rate": written_rate}
    batch, seed, orders = draw(batches(table, samples, sizes))
    order = table["order"] if seed is not None else "sequential"
    by_updates = bool(0 < batch < samples and not samples % batch and not orders and draw(st.booleans()))
    if by_updates or not draw(st.integers(0, 3)):
        table["epoch_counts"] = "updates" if by_updates else "passes"
    places, kernels = network.trainable, of_names(network, ["kernel"])
    if not draw(st.integers(0, 3)) and not (network.penalty and set(network.penalty.places) - set(kernels)):
        table["trainable"] = ["kernel"]
        places = tuple(place for place in places if place in kernels)
    elif not draw(st.integers(0, 3)):
        table["trainable"] = list(PARAMETERS)
    decay = draw(weight_decays(table, network, places)) if not is_perceptron and not slips and not draw(st.integers(0, 2)) else None
    return Settings(rate, batch, seed, places, orders, options, decay, order, slips, by_updates)


@st.composite
def slip(draw: st.DrawFn, table: dict[str, Any], network: Network) -> bool:
    """Whether deltas go back through updated weights, now and then where they can: dense layers in a chain, and no penalty."""
    is_chain = len(network.activations) > 1 and network.is_chain_of_dense and network.penalty is None
    if not is_chain or draw(st.integers(0, 2)):
        return False
    table["rule"] = "updated weights"
    return True


@st.composite
def batches(draw: st.DrawFn, table: dict[str, Any], samples: int, sizes: Sequence[int]) -> tuple[int, int | None, list[list[int]]]:
    """The size of a batch, the seed of a drawn order and given orders, in which samples may be missing or come again."""
    batch = draw(st.sampled_from(sizes))
    if batch or draw(st.booleans()):
        table["batch_size"] = batch or "full"
    orders = ["sequential", *(SEEDED if samples > batch else SEEDED[:-1]), "permutations", "lists"] if batch else ["sequential"]
    how = draw(st.sampled_from(orders))
    if how in SEEDED:
        table |= {"order": how, "seed": draw(st.integers(0, 1000))}
    elif how == "permutations" and samples > batch:
        table["order"] = draw(st.lists(st.permutations(range(samples)).map(list), min_size=1, max_size=3))
    elif how == "lists":
        counts = range(batch, batch + 4)
        count = draw(st.sampled_from([count for count in counts if (count % batch or batch) >= min(filter(None, sizes))]))
        row = st.lists(st.integers(0, samples - 1), min_size=count, max_size=count)
        table["order"] = draw(st.lists(row, min_size=1, max_size=3))
    elif how == "sequential" and draw(st.booleans()):
        table["order"] = how
    return batch, table.get("seed"), table["order"] if isinstance(table.get("order"), list) else []


@st.composite
def weight_decays(draw: st.DrawFn, table: dict[str, Any], network: Network, places: tuple[int, ...]) -> Decay:
    """A weight decay of kernels, of biases where the training trains them, or of both, written into the table."""
    forms: list[list[str]] = [["kernel"], ["bias"], ["kernel", "bias"]]
    of = draw(st.sampled_from(forms if "bias" in table.get("trainable", PARAMETERS) else forms[:1]))
    form, coefficient = draw(st.sampled_from(DECAYS)), draw(st.sampled_from(COEFFICIENTS))
    is_default = of == forms[-1] and draw(st.booleans())
    table["weight_decay"] = {form: coefficient} | ({} if is_default else {"of": of})
    return Decay(number(coefficient), form == "decoupled", tuple(place for place in places if place in of_names(network, of)))


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


def words_of(table: dict[str, Any]) -> frozenset[str]:
    """What of a training was drawn, for the count of what was tried."""
    stop = next((key for key in table.get("stopping_criterion", {}) if key != "epoch"), "fixed epochs")
    optimizer, order, rate = table["optimizer"], table.get("order", "sequential"), table["learning_rate"]
    named = optimizer if isinstance(optimizer, str) else optimizer["name"]
    how = "constant rate" if isinstance(rate, str) else "list of rates" if isinstance(rate, list) else "rate by a formula"
    in_order = order if isinstance(order, str) else "order by lists"
    decay = [f"{form} weight decay" for form in table.get("weight_decay", {}) if form != "of"]
    rule = f"rule {table.get('rule', 'gradient')}"
    counted = f"epochs of {table.get('epoch_counts', 'passes')}"
    batches = f"batch_size {table.get('batch_size', 'full')}"
    return frozenset(["training", rule, named, how, batches, counted, in_order, stop, *decay])
