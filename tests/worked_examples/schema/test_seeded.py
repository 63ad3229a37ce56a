"""Random data: reproducible from their seed, exact where they must be."""

import numpy as np
import pytest

from worked_examples import NetworkExample, load_all


@pytest.fixture(scope="module")
def example() -> NetworkExample:
    """A network on random data."""
    committed = load_all()["numpy-dnn/324_1"]
    assert isinstance(committed, NetworkExample)
    return committed


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
