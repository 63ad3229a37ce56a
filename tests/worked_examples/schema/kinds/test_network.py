"""Dense networks: layers, names and data that do not fit together are refused; random layers are given or random, never both."""

from collections.abc import Callable

import pytest

from worked_examples.schema.kinds.network import Network

NAME = "numpy-dnn/323_1"
RANDOM = {"seed": 1, "units": [2, 1], "activations": ["identity"], "kernels": ["he"]}
LAYER = {"kernel": [["1"], ["2"]], "bias": ["0"], "activation": "identity"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("units = [7, 8, 4]", "units = [7, 4]", "network.random: 1 layers, 2 activations, 2 distributions"),
        ("units = [7, 8, 4]", "units = [6, 8, 4]", "data: 7 inputs and 4 targets, but the network has 6 and 4"),
        ('O = "output"', "", "unreproducible_results[0].text: 'O' has no entry in [names]; known: epoch, T"),
        (
            'kernels = ["he", "lecun"]',
            'kernels = ["he", "lecum"]',
            "network.random.kernels[1]: 'lecum' is not a distribution; accepted: ",
        ),
        ("seed = 1\nunits", "seed = -1\nunits", "network.random.seed: Input should be greater than or equal to 0"),
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


def test_random_layers_are_layers_like_given_ones() -> None:
    """The layers of a random network are decimal strings that give the sampled float64 numbers."""
    network = Network.model_validate({"random": RANDOM, "loss": "half squared error"})
    assert network.random
    ((kernel, _),) = network.random.arrays()
    assert [[float(text) for text in row] for row in network.layers[0].kernel] == kernel.tolist()
    assert network.layers[0].bias == ["0"]


@pytest.mark.parametrize("source", [{}, {"random": RANDOM, "layers": [LAYER]}, {"layers": []}])
def test_layers_are_given_or_random(source: dict[str, object]) -> None:
    """Neither, and both where they differ, are refused."""
    with pytest.raises(ValueError, match="exactly one of layers and random must be given"):
        Network.model_validate({**source, "loss": "half squared error"})


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


def test_a_rounded_chain_refuses_terms_of_the_loss(refusal: Callable[..., str]) -> None:
    """They are none of its steps: without them it would not be the reader's chain."""
    assert refusal("ours/deltas", 'where = "consoles', 'arithmetic = "rounded chain"\nwhere = "consoles') == (
        "printed[0].arithmetic: 'rounded chain' does not carry on 'loss per sample', which is printed; "
        "accepted here: exact, float64, float32"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "layer 2 preactivation",
            "names.z2: 'layer 2 preactivation' is not a quantity; accepted: 'epoch', 'loss', 'loss per output', ",
        ),
        ("minus loss", "names.z2: 'minus loss' is not a quantity; accepted: 'epoch', "),
        ("layer 3 pre-activation", "printed[0].text: 'z2' means a layer that the network does not have"),
    ],
)
def test_a_wrong_quantity_is_refused(refusal: Callable[..., str], words: str, message: str) -> None:
    """With the name, and what is accepted."""
    assert refusal("ours/deltas", "layer 2 pre-activation", words).startswith(message)
