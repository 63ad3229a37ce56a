"""How many samples further data have that a network's layers take."""

from hypothesis import strategies as st

from verification.random_examples.truth.network import Layer, Network

MOST_ROWS = 3


def further_rows(network: Network, samples: int) -> st.SearchStrategy[int]:
    """As many as the training has where a layer has a mask for each, two or more where one takes their statistics, else any."""
    if any("mask" in layer.options for layer in network.layers):
        return st.just(samples)
    return st.integers(2 if any(map(takes_statistics, network.layers)) else 1, MOST_ROWS)


def takes_statistics(layer: Layer) -> bool:
    """Whether a layer normalizes by the batch."""
    return layer.type == "batch normalization" and "running_mean" not in layer.options
