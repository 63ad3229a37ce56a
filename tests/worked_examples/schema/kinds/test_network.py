"""Dense networks: layers, names and data that do not fit together are refused."""

from collections.abc import Callable
from typing import Any

import pytest

from worked_examples import FixtureError
from worked_examples.schema.layers.dense import DenseLayer
from worked_examples.schema.layers.network import Network

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
            "network.loss: 'huge squared error' is not a loss; accepted: binary cross entropy, binary cross entropy from logits, ",
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


def test_a_single_bias_is_that_of_every_unit() -> None:
    """Written once, it is the same layer; what is no number is refused as in a list."""
    once = DenseLayer.model_validate({"kernel": [["1", "2", "3"]], "bias": "0.35", "activation": "identity"})
    assert once.bias == ["0.35"] * 3
    with pytest.raises(ValueError, match="'x' is not a number; accepted: a decimal string"):
        DenseLayer.model_validate({"kernel": [["1", "2", "3"]], "bias": "x", "activation": "identity"})


def test_cross_entropy_needs_probabilities() -> None:
    """The last activation must be softmax, or sigmoid where each output is a probability of its own."""
    with pytest.raises(ValueError, match="cross entropy needs probabilities: the last activation is identity, not softmax"):
        Network.model_validate({"layers": [LAYER], "loss": "cross entropy"})
    with pytest.raises(ValueError, match="sparse cross entropy needs probabilities: the last activation is identity, not softmax"):
        Network.model_validate({"layers": [LAYER], "loss": "sparse cross entropy"})
    with pytest.raises(ValueError, match="binary cross entropy needs probabilities: the last activation is identity, not sigmoid"):
        Network.model_validate({"layers": [LAYER], "loss": "binary cross entropy"})


@pytest.mark.parametrize("loss", ["cross entropy from logits", "binary cross entropy from logits"])
def test_a_loss_from_logits_needs_logits(loss: str) -> None:
    """The activation is inside of the loss."""
    layer = LAYER | {"activation": "sigmoid"}
    with pytest.raises(ValueError, match=f"{loss} needs logits: the last activation is sigmoid, not identity"):
        Network.model_validate({"layers": [layer], "loss": loss})


def test_a_mean_over_outputs_is_taken_once() -> None:
    """The mean squared error is one."""
    with pytest.raises(ValueError, match="a mean over outputs already; write loss = 'squared error'"):
        Network.model_validate({"layers": [LAYER], "loss": "mean squared error", "output_reduction": "mean"})


ONE_LAYER = """
kind = "network"
network.loss = "LOSS"
network.layers = [{ kernel = [["1"]], bias = ["0"], activation = "identity" }]
data = { input = [["1"]], target = TARGET }
names = { y = "output" }
printed = [{ where = "on the page", arithmetic = "rounded chain", epoch = 0, text = "y = 1" }]
"""


@pytest.mark.parametrize(
    ("loss", "target", "message"),
    [
        ("hinge", '[["0"]]', "data.target[0]: 0; accepted under the hinge loss: 1 and -1"),
        ("cross entropy from logits", '[["2"]]', "data.target[0]: sums to 2; accepted under cross entropy: numbers that sum to 1"),
        (
            "cross entropy from logits",
            '"one hot of [1]"',
            "data: 1 inputs and 2 targets, but the network has 1 and 1",
        ),
        (
            "squared error",
            '"one hot of [0, 1"',
            "data.target: 'one hot of [0, 1' is not a list of labels; accepted: 'one hot of [0, 1, 2]', or with a number of "
            "classes: 'one hot of [0, 1, 1] with 3 classes'",
        ),
        (
            "hinge",
            '[["-1"]]',
            "printed[0].arithmetic: 'rounded chain' does not carry on the loss 'hinge'; accepted here: exact, float64, float32",
        ),
    ],
)
def test_targets_and_losses_that_do_not_fit_are_refused(
    written: Callable[[str], Any], loss: str, target: str, message: str
) -> None:
    """In one line with the key."""
    with pytest.raises(FixtureError) as caught:
        written(ONE_LAYER.replace("LOSS", loss).replace("TARGET", target))
    assert str(caught.value).endswith(f".toml: {message}")


def test_a_reduction_is_sum_or_mean() -> None:
    """Nothing else is accepted; without one losses are summed."""
    assert Network.model_validate({"layers": [LAYER], "loss": "squared error"}).reduction == "sum"
    with pytest.raises(ValueError, match=r"'batchmean' is not a reduction; accepted: mean, sum; did you mean 'mean'\?"):
        Network.model_validate({"layers": [LAYER], "loss": "squared error", "reduction": "batchmean"})


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
            "names.z2: 'layer 2 preactivation' is not a quantity; accepted: 'epoch', 'learning rate', 'loss', ",
        ),
        ("minus loss", "names.z2: 'minus loss' is not a quantity; accepted: 'epoch', "),
        ("layer 3 pre-activation", "printed[0].text: 'z2' means a layer that the network does not have"),
    ],
)
def test_a_wrong_quantity_is_refused(refusal: Callable[..., str], words: str, message: str) -> None:
    """With the name, and what is accepted."""
    assert refusal("ours/deltas", "layer 2 pre-activation", words).startswith(message)


PERCEPTRON = """
kind = "network"
network.LOSS
network.layers = [{ kernel = [["1"]], bias = ["0"], activation = "ACTIVATION" }]
data = { input = [["1"]], target = [["1"]] }
training = { rule = "perceptron", OPTIMIZER, learning_rate = "RATE", max_epochs = 3 }
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "ACTIVATION",
            "sigmoid",
            "training.rule: the perceptron has one layer; accepted as its activation: step, step at zero, bipolar step, "
            "bipolar step at zero",
        ),
        (
            "LOSS",
            'loss = "squared error"',
            "training.rule: accepted for the perceptron: loss = 'half squared error', summed, without a penalty",
        ),
        (
            "OPTIMIZER",
            'optimizer = "gradient descent", weight_decay = { l2 = "0.1" }',
            "training.rule: the perceptron's is a step of its own; accepted with it: optimizer = 'gradient descent' alone",
        ),
        ("RATE", "0", "training.learning_rate: 0, so that no parameter is changed; leave out [training]"),
    ],
)
def test_a_rule_that_does_not_fit_its_network_is_refused(written: Callable[[str], Any], old: str, new: str, message: str) -> None:
    """The perceptron is one layer of steps, with a rule of its own."""
    rest = {"LOSS": 'loss = "half squared error"', "ACTIVATION": "step", "OPTIMIZER": 'optimizer = "gradient descent"', "RATE": "1"}
    text = PERCEPTRON.replace(old, new)
    for key, value in rest.items():
        text = text.replace(key, value)
    with pytest.raises(FixtureError) as caught:
        written(text)
    assert str(caught.value).endswith(f".toml: {message}")


def test_a_perceptron_may_have_step_units(written: Callable[[str], Any]) -> None:
    """By its rule a step is trained."""
    text = PERCEPTRON.replace("LOSS", 'loss = "half squared error"').replace("ACTIVATION", "bipolar step")
    example = written(text.replace("OPTIMIZER", 'optimizer = "gradient descent"').replace("RATE", "1"))
    assert example.training.rule == "perceptron"


UPDATED = """
kind = "network"
network.loss = "half squared error"
network.layers = [
  { kernel = [["1"]], bias = "none", activation = "tanh" },
  { kernel = [["1"]], bias = "none", activation = "tanh" },
]
data = { input = [["1"]], target = [["1"]] }
training = { rule = "updated weights", optimizer = "gradient descent", learning_rate = "1", max_epochs = 3 }
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '"gradient descent"',
            '{ name = "momentum", momentum = "0.9" }',
            "training.rule: 'updated weights'; accepted with it: optimizer = 'gradient descent' alone, at one learning rate",
        ),
        (
            'learning_rate = "1"',
            'learning_rate = ["1", "0.5"]',
            "training.rule: 'updated weights'; accepted with it: optimizer = 'gradient descent' alone, at one learning rate",
        ),
        (
            '  { kernel = [["1"]], bias = "none", activation = "tanh" },\n',
            "",
            "training.rule: 'updated weights'; accepted for two or more dense layers in a chain",
        ),
        (
            "network.layers",
            'network.penalty = { l2 = "1", of = ["kernel"] }\nnetwork.layers',
            "training.rule: 'updated weights'; accepted without a penalty; remove network.penalty",
        ),
    ],
)
def test_updated_weights_that_nothing_goes_back_through_are_refused(
    written: Callable[[str], Any], old: str, new: str, message: str
) -> None:
    """The rule is that of plain programs: gradient descent through dense layers."""
    assert old in UPDATED
    with pytest.raises(FixtureError) as caught:
        written(UPDATED.replace(old, new, 1))
    assert str(caught.value).endswith(f".toml: {message}")


LABELLED = """
kind = "network"
network.loss = "sparse cross entropy"
network.layers = [{ kernel = [["1", "2"]], bias = "0", activation = "softmax" }]
"""
ROWS = 'data = { input = [["1"], ["2"]], target = "one hot of [0, 1]" }\n'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ROWS, ""),
        (
            ROWS.replace('"one hot of [0, 1]"', '[["0", "1"], ["0.25", "0.75"]]'),
            "data.target[1]: [0.25, 0.75]; accepted under sparse cross entropy: a single 1 among 0, as in 'one hot of [0, 2, 1]'",
        ),
        (
            ROWS + 'further_data.test = { input = [["1"]], target = [["1", "1"]] }\n',
            "further_data.test.target[0]: [1, 1]; accepted under sparse cross entropy: a single 1 among 0, as in "
            "'one hot of [0, 2, 1]'",
        ),
        (
            "data.random = { seed = 1, samples = 2, inputs = 1, outputs = 2 }\n",
            "data.random: accepted under sparse cross entropy: input and target, target = 'one hot of [0, 2, 1]'",
        ),
    ],
)
def test_a_loss_of_labels_has_labels(written: Callable[[str], Any], data: str, message: str) -> None:
    """Rows with a single 1."""
    if message:
        with pytest.raises(FixtureError) as raised:
            written(LABELLED + data)
        assert str(raised.value).endswith(message)
    else:
        assert written(LABELLED + data).network.loss == "sparse cross entropy"
