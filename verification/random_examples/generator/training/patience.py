"""Random stopping by patience: further data whose loss is watched, and the epoch after which too many were in vain."""

from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import strategies as st

from verification.random_examples.generator.decimals import decimal, texts
from verification.random_examples.generator.training.further import further_rows
from verification.random_examples.generator.training.stopping import near
from verification.random_examples.truth.network import Network, loss
from verification.random_examples.truth.numbers import Array, number, numbers, sign
from verification.random_examples.truth.stopping import waited
from verification.random_examples.truth.training import Epoch

NAME = "watched"
MOST = 3  # of patience
MIN_DELTAS = ("0", "0.001", "0.01", "0.1")


class Watched(NamedTuple):
    """Further data as a fixture gives them, as the oracle takes them, and whether the program went back to the best epoch."""

    table: dict[str, Any]
    x: Array
    t: Array
    restored: bool = False


@st.composite
def patient(
    draw: st.DrawFn, table: dict[str, Any], network: Network, reached: list[Epoch], first: int, x: Array, t: Array
) -> tuple[list[Epoch], Watched]:
    """The epochs up to the one at which the patience is lost, which is written into the table, and the data that it watches."""
    watched = draw(watched_data(network, x, t))
    losses = [loss(network, epoch.parameters, watched.x, watched.t) for epoch in reached[1:]]
    patience = draw(st.integers(1, MOST))
    criterion: dict[str, Any] = {"patience": patience, "of": NAME}
    if draw(st.booleans()):
        criterion["min_delta"] = draw(min_deltas(losses))
    if draw(st.booleans()):
        criterion["restores_best"] = draw(st.booleans())
    table["stopping_criterion"] = criterion
    for end in range(1, len(reached)):
        if waited(losses[:end], number(criterion.get("min_delta", "0"))) >= patience:
            criterion["epoch"] = reached[end].number + first
            table["max_epochs"] += draw(st.sampled_from((0, 1, 1000)))
            return reached[: end + 1], watched._replace(restored=criterion.get("restores_best", False))
    return reached, watched


@st.composite
def min_deltas(draw: st.DrawFn, losses: list[Any]) -> str:
    """Any number, or one near a fall of the loss."""
    falls = [before - after for before, after in pairwise(losses) if sign(before - after) > 0]
    fall = draw(st.sampled_from([None, *falls]))
    return draw(st.sampled_from(MIN_DELTAS)) if fall is None else near(fall, draw(st.integers(-1, 1)))


@st.composite
def watched_data(draw: st.DrawFn, network: Network, x: Array, t: Array) -> Watched:
    """A few samples, with targets of the training's; numbers of words are the training's too."""
    rows = [draw(st.integers(0, len(x) - 1)) for _ in range(draw(further_rows(network, len(x))))]
    of_words = any(layer.type == "embedding" for layer in network.layers)
    given = [[decimal(entry) for entry in x[row]] for row in rows] if of_words else draw(texts((len(rows), x.shape[1]), plain=True))
    targets = [[decimal(entry) for entry in t[row]] for row in rows]
    return Watched({"input": given, "target": targets}, numbers(given), t[rows])
