"""Random optimizers with their options, and learning rates that may change from epoch to epoch."""

from collections.abc import Callable
from typing import Any, TypeAlias

from hypothesis import strategies as st

from verification.random_examples.truth.numbers import number
from verification.random_examples.truth.optimizers import STEPS

RATES = ("0.1", "0.5", "0.01", "1", "0.05", "0.3", "0.25")
SHARES = ("0.9", "0.5", "0.99", "0.25")
EPSILONS = ("1e-8", "1e-7", "1e-3", "0.1")
Rate: TypeAlias = tuple[Callable[[int], Any], Any]

NEEDED = {"momentum": ("momentum",), "adagrad": ("epsilon",), "rmsprop": ("epsilon",)}
ADMITTED = {
    "adagrad": ("eps_in_sqrt", "initial_accumulator"),
    "adadelta": ("rho", "epsilon"),
    "rmsprop": ("rho", "eps_in_sqrt"),
    "adam": ("beta1", "beta2", "epsilon", "epsilon_hat"),
}
VALUES = {
    **dict.fromkeys(("momentum", "rho", "beta1", "beta2", "dampening"), SHARES),
    **dict.fromkeys(("eps_in_sqrt", "epsilon_hat"), (True, False)),
    "epsilon": EPSILONS,
    "initial_accumulator": ("0", "0.1", "1"),
}
VELOCITIES: list[dict[str, Any]] = [
    {},
    {"velocity": "rate inside"},
    {"velocity": "rate outside"},
    {"nesterov": True},
    {"velocity": "rate outside", "nesterov": True},
]


@st.composite
def optimizers(draw: st.DrawFn) -> dict[str, Any]:
    """An optimizer as the table of a fixture: plain gradient descent more often than others."""
    name = draw(st.sampled_from(("gradient descent", "gradient descent", *STEPS)))
    keys = [*NEEDED.get(name, ()), *(key for key in ADMITTED.get(name, ()) if draw(st.booleans()))]
    options = {"name": name, **{key: draw(st.sampled_from(VALUES[key])) for key in keys}}
    if name == "momentum":
        share = {"velocity": "rate outside", "dampening": draw(st.sampled_from(SHARES))}
        options |= draw(st.sampled_from([*VELOCITIES, {"velocity": "average"}, {"nesterov": False}, share, share]))
    if name == "rmsprop":
        with_velocity = {"momentum": draw(st.sampled_from(SHARES)), **draw(st.sampled_from(VELOCITIES[:3]))}
        options |= draw(st.sampled_from([{}, {"centered": False}, {"centered": True}, with_velocity]))
    return options


@st.composite
def learning_rates(draw: st.DrawFn) -> Rate:
    """The rate of every epoch, and how a fixture writes it: a number, more often than a formula or a list."""
    start = draw(st.sampled_from(RATES))
    match draw(st.sampled_from(("constant", "constant", "constant", "times", "decay", "list"))):
        case "times":
            factor, every = draw(st.sampled_from(SHARES)), draw(st.integers(1, 4))
            table = {"start": start, "times": factor, **({"every": every} if every > 1 or draw(st.booleans()) else {})}
            return lambda epoch: number(start) * number(factor) ** (epoch // every), table
        case "decay":
            decay = draw(st.sampled_from(("0.1", "0.01", "1")))
            return lambda epoch: number(start) / (1 + number(decay) * epoch), {"start": start, "decay": decay}
        case "list":
            warm_up = draw(st.sampled_from(([], [], ["0"])))
            rates = [*warm_up, *draw(st.lists(st.sampled_from(RATES), min_size=1, max_size=4))]
            return lambda epoch: number(rates[min(epoch, len(rates) - 1)]), rates
    return lambda _: number(start), start
