"""Random reductions and penalties of a loss, and layers that share a parameter or keep some as they are."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from verification.random_examples.generator.decimals import texts
from verification.random_examples.truth.losses import Penalty
from verification.random_examples.truth.network import Network
from verification.random_examples.truth.numbers import number

PARAMETERS = ("kernel", "bias")  # of every layer, in turn
ADDED = ("bias", "recurrent_bias", "offset")
REDUCTIONS = ("sum", "sum", "mean")
ITS_OWN_MEAN = "mean squared error"  # over outputs already
PENALIZED = (["kernel"], ["kernel"], ["bias"], ["kernel", "bias"], ["bias", "kernel"])
COEFFICIENTS = ("0.1", "0.01", "0.5", "0.001", "0.25")


def of_names(network: Network, of: Sequence[str]) -> tuple[int, ...]:
    """The places of the parameters that are named: ``kernel`` is all that is multiplied, ``bias`` what is added."""
    return tuple(place for place, (_, name) in enumerate(network.places) if PARAMETERS[name in ADDED] in of)


@st.composite
def reductions(draw: st.DrawFn, loss: str) -> dict[str, str]:
    """The reductions over samples and over outputs, as the table of a network and as the oracle have them."""
    over_outputs = "sum" if loss == ITS_OWN_MEAN else draw(st.sampled_from(REDUCTIONS))
    written = {"output_reduction": over_outputs} if over_outputs == "mean" or draw(st.booleans()) else {}
    return {"reduction": draw(st.sampled_from(REDUCTIONS)), **written}


@st.composite
def penalties(draw: st.DrawFn, table: dict[str, Any], network: Network) -> Penalty | None:
    """A penalty of kernels, biases or both, which the network has, written into its table; none in most cases."""
    known = [of for of in PENALIZED if all(of_names(network, [name]) for name in of)]
    if not known or draw(st.integers(0, 2)):
        return None
    sums = draw(st.sampled_from((["l2"], ["l1"], ["l1", "l2"])))
    written: dict[str, Any] = {key: draw(st.sampled_from(COEFFICIENTS)) for key in sums}
    half = "l2" in sums and draw(st.booleans())
    if half or draw(st.booleans()):
        written["half"] = half
    of = draw(st.sampled_from(known))
    if of != ["kernel"] or draw(st.booleans()):
        written["of"] = of
    table["penalty"] = written
    l1, l2 = (number(written.get(key, "0")) for key in ("l1", "l2"))
    return Penalty(l1, l2, half, of_names(network, of))


def shared(bias: str) -> st.SearchStrategy[Any]:
    """A number that all units share, as a layer writes it."""
    return st.sampled_from((bias, [bias]))


@st.composite
def biases(draw: st.DrawFn, units: int) -> tuple[list[str], dict[str, Any]]:
    """A bias, and its keys in the table of a layer: a number for each unit, seldom one that all share."""
    if draw(st.integers(0, 9)):
        bias: list[str] = draw(texts((units,), plain=True))
        return bias, {"bias": bias}
    one = draw(texts((), plain=True))
    return [one], {"bias": draw(shared(one)), "shared_bias": True}
