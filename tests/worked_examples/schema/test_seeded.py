"""Random weights and data are those of the listings."""

import numpy as np
import pytest

from worked_examples import NetworkExample, load_all
from worked_examples.schema.seeded import RandomLayers


@pytest.fixture(scope="module")
def example() -> NetworkExample:
    """A network on random data."""
    found = load_all()["numpy-dnn/324_1"]
    assert isinstance(found, NetworkExample)
    return found


def test_random_kernels_are_the_listing_s() -> None:
    """The listing's own calls after np.random.seed give the kernels, bit for bit."""
    layers = RandomLayers(seed=1, units=[7, 8, 4], activations=["relu", "sigmoid"], kernels=["he", "lecun"]).draw()
    np.random.seed(1)  # noqa: NPY002 -- as in the listing
    first, second = np.random.randn(7, 8) / np.sqrt(7 / 2), np.random.randn(8, 4) / np.sqrt(8)  # noqa: NPY002 -- as in the listing
    for kernel, (strings, bias, _) in zip((first, second), layers, strict=True):
        assert np.array_equal(np.array(strings, dtype=float), kernel)
        assert set(bias) == {"0"}


def test_glorot_s_uniform_kernels_keep_to_their_limits() -> None:
    """Uniform kernels lie within sqrt(6 / (inputs + outputs)), and come near it."""
    ((kernel, _, _),) = RandomLayers(seed=1, units=[50, 30], activations=["sigmoid"], kernels=["glorot uniform"]).draw()
    limit, greatest = np.sqrt(6 / 80), np.abs(np.array(kernel, dtype=float)).max()
    assert 0.99 * limit < greatest < limit


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
