"""Random arrays and layers: reproducible from their seed, exact where they must be."""

import math

import numpy as np
import pytest

from worked_examples import NetworkExample, load_all
from worked_examples.schema.seeded import RandomLayers


@pytest.fixture(scope="module")
def example() -> NetworkExample:
    """A network on random data."""
    committed = load_all()["numpy-dnn/324_1"]
    assert isinstance(committed, NetworkExample)
    return committed


def test_layers_come_from_one_stream() -> None:
    """The first kernel, then the second, as a listing after ``np.random.seed`` gets them; biases are zeros."""
    layers = RandomLayers(seed=5, units=[4, 3, 2], activations=["relu", "sigmoid"], kernels=["he", "lecun"]).arrays()
    np.random.seed(5)  # noqa: NPY002 -- the listings' way
    expected = [np.random.randn(4, 3) / np.sqrt(4 / 2), np.random.randn(3, 2) / np.sqrt(3)]  # noqa: NPY002
    for (kernel, bias), expected_kernel in zip(layers, expected, strict=True):
        assert np.array_equal(kernel, expected_kernel)
        assert not bias.any()


def test_glorot_uniform_has_its_limits() -> None:
    """No entry is beyond sqrt(6 / (rows + columns)), and some are close."""
    ((kernel, _),) = RandomLayers(seed=1, units=[50, 30], activations=["sigmoid"], kernels=["glorot uniform"]).arrays()
    limit = math.sqrt(6 / 80)
    assert 0.99 * limit < np.abs(kernel).max() <= limit


def test_random_data_are_float64_of_the_stated_shapes(example: NetworkExample) -> None:
    """Inputs and targets come from one stream, inputs first; more samples begin with the same inputs; balls are exact."""
    data = example.data
    assert data.random is not None
    x, t = data.numbers("float64")
    assert (x.shape, t.shape) == data.shapes
    more = data.random.model_copy(update={"samples": data.samples + 5})
    more.__dict__.pop("arrays", None)
    assert np.array_equal(more.arrays[0][: data.samples], x)
    assert float(data.numbers("ball")[0][0, 0].mid()) == x[0, 0]
