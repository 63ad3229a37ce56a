"""Dense networks: layers, names and data that do not fit together are refused."""

from collections.abc import Callable

import pytest

from worked_examples.schema.kinds.network import Network

NAME = "numpy-dnn/323_1"
LAYER = {"kernel": [["1"], ["2"]], "bias": ["0"], "activation": "identity"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("randn(7, 8)", "randn(6, 8)", "data: 7 inputs and 4 targets, but the network has 6 and 4"),
        ("randn(8, 4)", "randn(7, 4)", "network.layers[1].kernel: 7 rows, but layers[0] has 8 units"),
        ('O = "output"', "", "unreproducible_results[0].text: 'O' has no entry in [names]; known: epoch, T"),
        (
            'loss = "half',
            'loss = "huge',
            "network.loss: 'huge squared error' is not a loss; accepted: cross entropy, half squared error,",
        ),
    ],
)
def test_a_bad_network_is_refused(refusal: Callable[..., str], old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(NAME, old, new).startswith(message)


def test_a_network_has_layers() -> None:
    """None at all is refused."""
    with pytest.raises(ValueError, match="layers\n  Field required"):
        Network.model_validate({"loss": "half squared error"})
    with pytest.raises(ValueError, match="List should have at least 1 item"):
        Network.model_validate({"layers": [], "loss": "half squared error"})


def test_each_layer_fits_the_one_below() -> None:
    """A kernel has as many rows as the layer below has units."""
    with pytest.raises(ValueError, match=r"layers\[1\].kernel: 2 rows, but layers\[0\] has 1 units"):
        Network.model_validate({"layers": [LAYER, LAYER], "loss": "half squared error"})


def test_cross_entropy_needs_probabilities() -> None:
    """The last activation must be softmax."""
    with pytest.raises(ValueError, match="cross entropy needs probabilities: the last activation is identity, not softmax"):
        Network.model_validate({"layers": [LAYER], "loss": "cross entropy"})


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ("units = [3, 2, 3, 2, 3]", "variants[0].units: 4 layers, but the network has 3"),
        (
            "units = [2, 3, 2, 3]\nsamples = 3\nseed = 8\n\n[[variants]]\nunits = [2, 3, 2, 3]",
            "variants[1]: the sizes of variants[0]",
        ),
    ],
)
def test_a_variant_has_the_layers_of_its_example_and_other_sizes(refusal: Callable[..., str], new: str, message: str) -> None:
    """Too many layers, and two variants that would have one id, are refused."""
    assert refusal("numpy-dnn/exercise-2-3-2-3", "units = [2, 3, 2, 3]", new) == message
