"""Networks on images: drawn parameters are trained, pretrained ones evaluated; every printed name and formula can be read."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from worked_examples import ImageExample, load
from worked_examples.loading import ROOT
from worked_examples.schema.layers.images import ConvolutionLayer

TRAINED = "dl-python/twolayer-backprop"
EVALUATED = "study-notes/mnist-inference"
LENET = "ours/lenet"
ONES = str(["1"] * 10).replace("'", '"')
NORMALIZED = f'{{ type = "batch normalization", scale = {ONES}, offset = {ONES}, epsilon = "1", activation = "softmax" }}'


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            TRAINED,
            'images = "mnist"',
            'images = "minst"',
            "data.images: 'minst' is not a data set of images; accepted: fashion, mnist; did",
        ),
        (
            TRAINED,
            "[names]",
            '[[inference_settings]]\nname = "a"\nimages = "test"\ndivisor = "1"\nbatch_size = 1\n[names]',
            "drawn parameters go with [training], pretrained ones with [[inference_settings]]",
        ),
        (TRAINED, 'loss = "loss of the batch"', "", "log[0].text: 'loss' has no entry in [names]; known: iteration"),
        (TRAINED, 'loss = "loss of the batch"', 'loss = "lost"', "names.loss: 'lost' is not a quantity; accepted: accuracy, "),
        (
            TRAINED,
            "units = 10",
            "units = 12",
            "network.layers[1].units: 12, but kernel has 10; leave it out",
        ),
        (
            EVALUATED,
            "units = 10,",
            "units = 9,",
            "network.layers[2]: 9 outputs; accepted at the end: 10, the classes of the images",
        ),
        (
            TRAINED,
            '"softmax"',
            '"sigmoid"',
            "network: cross entropy needs probabilities: the last activation is sigmoid, not softmax",
        ),
        (
            TRAINED,
            'provenance = "random"',
            'provenance = "random"\npretrained = "sample_weight.pkl"',
            "exactly one of recipe and pretrained must be given",
        ),
        (
            EVALUATED,
            'pretrained = "sample_weight.pkl"',
            'pretrained = "weights.pkl"',
            "pretrained: 'weights.pkl' is not a file of pretrained parameters; accepted: sample_weight.pkl",
        ),
        (TRAINED, 'kernel = "W2"', 'kernel = "W3"', "network.layers[1].kernel: 'W3' names no array; accepted: W1, W2"),
        (
            TRAINED,
            "units = 50,",
            "units = 40,",
            "network.layers[0].units: 40, but kernel has 50; leave it out",
        ),
        (
            TRAINED,
            "standard_normal((inputs, 50))",
            "standard_normal((700, 50))",
            "network.layers[0].kernel: 700 rows, but the data has 784 units",
        ),
        (
            TRAINED,
            "standard_normal((inputs, 50))",
            "standard_normal(50)",
            "network.layers[0].kernel: an array of the shape [50]; accepted: 2 ",
        ),
        (TRAINED, "[data]", "[written]\n[data]", "unknown key 'written'; accepted: "),
        (
            TRAINED,
            'loss = "cross entropy"',
            'loss = "hinge"',
            "network.loss: 'hinge' takes targets 1 and -1, but those of classes are 1 and 0",
        ),
        (
            EVALUATED,
            'bias = "b1", units = 50',
            'bias = "b1"',
            "network.layers[0].kernel: missing; where only its size is known: units",
        ),
        (
            EVALUATED,
            "units = 100",
            "units = 12000",
            "network.layers: 771,260 numbers; accepted: at most 700,000",
        ),
        (
            LENET,
            "(8, 4, 5, 5)",
            "(8, 3, 5, 5)",
            "network.layers[3].kernel: filters of 3 channels, but layers[2] has 4",
        ),
        (LENET, "8 * 4 * 4", "8 * 4 * 5", "network.layers[6].kernel: 160 rows, but layers[5] has 128 units"),
        (
            LENET,
            'size = 2 },\n  { type = "convolution"',
            'size = 30 },\n  { type = "convolution"',
            "network.layers[2].size: windows of",
        ),
        (
            LENET,
            '{ type = "reshape", shape = [1, 28, 28] },',
            '{ type = "reshape", shape = [1, 28, 27] },',
            "network.layers[0].shape: 756 numbers, but the data has 784",
        ),
        (
            TRAINED,
            '{ kernel = "W1", bias = "0", units = 50',
            '{ type = "embedding", kernel = "W2" },\n  { type = "flatten" },\n  { kernel = "W1", bias = "0", units = 50',
            "network.layers[2].kernel: 784 rows, but layers[1] has 7840 units",
        ),
        (LENET, "batch_size = 20", "batch_size = 64", "training.batch_size: 64; accepted: a divisor of the 60,000 images"),
        (
            EVALUATED,
            '{ kernel = "W2"',
            '{ type = "batch normalization", scale = "b1", offset = "b1", epsilon = "1" },\n  { kernel = "W2"',
            "network.layers[1].running_mean: missing; predictions are of images that are in no batch of the training",
        ),
        (
            "study-notes/twolayer",
            '{ kernel = "W2", bias = "0", units = 10, activation = "softmax" },',
            f'{{ kernel = "W2", bias = "0", activation = "identity" }}, {NORMALIZED},',
            "network.layers[2].running_mean: missing; 'training accuracy' is of images that are in no batch of the training",
        ),
        (
            "numpy-dnn/325_2",
            '{ kernel = "W2", bias = "0", units = 10, activation = "softmax" },',
            f'{{ kernel = "W2", bias = "0", activation = "identity" }}, {NORMALIZED},',
            "network.layers[2].running_mean: missing; a batch of one sample has no statistics of its own",
        ),
        (
            LENET,
            'activation = "tanh" },\n  { type = "max pooling", size = 2 },\n  { type = "flatten" }',
            'activation = "tanh" },\n  { type = "dropout", keep_prob = "1", mask = [[["1"]]] },\n  { type = "flatten" }',
            "network.layers[4].mask: the shape [1, 1, 1]; accepted: [8, 8, 8], that of a sample of layers[3]",
        ),
        (TRAINED, "W1 = ", "inputs = 3\nW1 = ", "recipe.draw: 'inputs = 3': 'inputs' is known already; write another name"),
        (
            TRAINED,
            'draw = """',
            'parameters = "rand(shape)"\ndraw = """',
            "recipe.parameters: accepted where the fixture has the data; write draw, and names in the layers",
        ),
        (
            TRAINED,
            'bias = "0"',
            'bias = "0 1"',
            "network.layers[0].bias[0]: '0 1' is not a number; accepted: a decimal string such as",
        ),
        (TRAINED, '"iteration + 1"', '"iteration + a"', "log[0].updates: 'a' in 'iteration + a' is unknown; accepted: "),
        (
            EVALUATED,
            'inference_setting = "test, raw, one by one"',
            'inference_setting = "raw"',
            "printed[2].inference_setting: 'raw' is not a name in [[inference_settings]]",
        ),
        (
            EVALUATED,
            'inference_setting = "test, raw, one by one"',
            "",
            "printed[2].inference_setting: missing; 'Accuracy' is a result under one of test, scaled, one by one, test, scaled, in",
        ),
        (
            EVALUATED,
            'inference_setting = "test, raw, one by one"',
            'text = "Accuracy = 1"\n[[log]]\nwhere = "console"\nupdates = "line"',
            "log: of a training, but there is no [training]; write its numbers in [[printed]]",
        ),
        (
            TRAINED,
            '[[log]]\nwhere = "console of mymnistlearning.py"\nupdates = "iteration + 1"',
            '[[printed]]\nwhere = "console of mymnistlearning.py"',
            "printed[0].text: 'loss' is a result of the training; write its rows in [[log]]",
        ),
        (TRAINED, 'updates = "iteration + 1"', "", "log[0].updates: missing"),
    ],
)
def test_a_bad_network_on_images_is_refused(refusal: Callable[..., str], name: str, old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(name, old, new).startswith(message)


def test_a_log_row_begins_where_the_first_name_is_printed_again() -> None:
    """The scalars of each row, as printed."""
    example = load(ROOT / f"{TRAINED}.toml")
    assert isinstance(example, ImageExample)
    assert example.log[0].lines[:2] == [
        {"iteration": "0", "loss": "2.29989748219"},
        {"iteration": "1", "loss": "2.29828420777"},
    ]


def test_layers_can_be_made_for_other_images() -> None:
    """With fewer pixels the first kernel has fewer rows, also where the weights of the example are pretrained."""
    for name, shapes in ((TRAINED, [(64, 50), (50, 10)]), (EVALUATED, [(64, 50), (50, 100), (100, 10)])):
        example = load(ROOT / f"{name}.toml")
        assert isinstance(example, ImageExample)
        assert [layer.kernel.shape for layer in example.network_for(64).parameters("float64")] == shapes


def test_layers_of_every_type_are_those_of_other_networks() -> None:
    """Names in them stand for what the recipe draws, numbers for all entries; sizes that the page's images have fit no others."""
    example = load(ROOT / f"{LENET}.toml")
    assert isinstance(example, ImageExample)
    assert isinstance(layer := example.network.layers[1], ConvolutionLayer)
    assert example.recipe
    assert layer.kernel is example.recipe.arrays["K1"]
    assert layer.bias == ["0"] * 4
    assert example.columns_of_stand_in == 784
    with pytest.raises(ValueError, match=r"^network.layers\[0\].shape: 784 numbers, but the data has 64$"):
        example.network_for(64)


def test_a_dense_network_of_784_inputs_runs_on_enlarged_digits(changed: Callable[[str, str, str], Path]) -> None:
    """Its recipe does not use the number of inputs; one that does fits the digits as they are."""
    for new, columns in (("standard_normal((784, 50))", 784), ("standard_normal((inputs, 50))", 64)):
        example = load(changed(TRAINED, "standard_normal((inputs, 50))", new))
        assert isinstance(example, ImageExample)
        assert example.columns_of_stand_in == columns


def test_a_fraction_in_a_log_is_refused(refusal: Callable[..., str]) -> None:
    """Rows are computed with, and percentiles need decimals."""
    text = (ROOT / f"{TRAINED}.toml").read_text(encoding="utf-8")
    number = re.search(r"loss = ([0-9.]+)", text)
    assert number
    assert refusal(TRAINED, number[0], "loss = 1/2") == "log[0].text: 'loss' is 1/2 in row 1; accepted: a finite decimal"
