"""The layers of conventions on the reference."""

import numpy as np

from adapters.reference.layers import LAYERS


def test_padding_can_be_given_for_each_side() -> None:
    """Rows below and columns to the right only: a filter of one 1 at its last corner sees the padding there."""
    x, filters = np.arange(1.0, 5).reshape(1, 1, 2, 2), np.array([[[[0.0, 0.0], [0.0, 1.0]]]])
    y = LAYERS["convolution"]({"padding": [0, 1, 0, 1]}, x, filters, np.zeros(1))["output"]
    assert y[0, 0].tolist() == [[4, 0], [0, 0]]


def test_layer_normalization_is_over_every_sample() -> None:
    """Of 1, 3 the mean is 2 and the variance 1, so that epsilon 3 gives -1/2 and 1/2; then scale and shift."""
    y = LAYERS["layer normalization"](
        {"epsilon": 3}, np.array([[1.0, 3.0], [5.0, 5.0]]), np.array([2.0, 4.0]), np.array([10.0, 0.0])
    )
    assert y["output"].tolist() == [[9, 2], [10, 0]]


def test_batch_normalization_runs_on() -> None:
    """A running mean of 0 becomes a quarter of the batch's 4; the variance is biased, or unbiased."""
    x, ones, zeros = np.array([[2.0], [6.0]]), np.ones(1), np.zeros(1)
    options = {"momentum": 0.75, "epsilon": 0.0}
    biased, unbiased = (LAYERS[f"batch normalization{name}"](options, x, ones, zeros, zeros, zeros) for name in ("", ", unbiased"))
    assert [float(state["running mean"][0]) for state in (biased, unbiased)] == [1.0, 1.0]
    assert [float(state["running variance"][0]) for state in (biased, unbiased)] == [1.0, 2.0]


def test_the_two_dropouts_scale_at_different_times() -> None:
    """The original at inference, the inverted in training."""
    ones = np.ones((2, 3))
    assert LAYERS["dropout"]({"keep_prob": 0.25}, ones) == {"training": 1, "inference": 0.25}
    assert LAYERS["dropout, inverted"]({"keep_prob": 0.25}, ones) == {"training": 4, "inference": 1}
