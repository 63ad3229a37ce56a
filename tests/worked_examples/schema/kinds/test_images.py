"""Networks on images: drawn parameters are trained, pretrained ones evaluated; every printed name and formula can be read."""

import re
from collections.abc import Callable

import pytest

from worked_examples import ImageExample, load
from worked_examples.loading import ROOT

TRAINED = "dl-python/twolayer-backprop"
EVALUATED = "study-notes/mnist-inference"


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
            "network.layers[1].units: 12; accepted at the end: 10, the classes of the images",
        ),
        (
            EVALUATED,
            "units = 10,",
            "units = 9,",
            "network.layers[2].units: 9; accepted at the end: 10, the classes of the images",
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
            "network.layers[0].kernel: 'W1' has the shape [784, 50]; accepted for these inputs: [784, 40]",
        ),
        (
            TRAINED,
            "standard_normal((inputs, 50))",
            "standard_normal((784, 50))",
            "network.layers[0].kernel: 'W1' has the shape [784, 50]; accepted for these inputs: [64, 50]; "
            "without the page's images there are 64: draw (inputs, units) numbers",
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
            "network.layers[0].bias: '0 1' is not a number; accepted: a decimal string such as",
        ),
        (TRAINED, '"iteration + 1"', '"iteration + a"', "log[0].updates: 'a' in 'iteration + a' is unknown; accepted: "),
        (
            EVALUATED,
            'inference_setting = "test, raw, one by one"',
            'inference_setting = "raw"',
            "printed[0].inference_setting: 'raw' is not a name in [[inference_settings]]",
        ),
        (
            EVALUATED,
            'inference_setting = "test, raw, one by one"',
            "",
            "printed[0].inference_setting: missing; 'Accuracy' is a result under one of test, scaled, one by one, test, scaled, in",
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
        assert [kernel.shape for kernel, _ in example.layers(64)] == shapes


def test_a_fraction_in_a_log_is_refused(refusal: Callable[..., str]) -> None:
    """Rows are computed with, and percentiles need decimals."""
    text = (ROOT / f"{TRAINED}.toml").read_text(encoding="utf-8")
    number = re.search(r"loss = ([0-9.]+)", text)
    assert number
    assert refusal(TRAINED, number[0], "loss = 1/2") == "log[0].text: 'loss' is 1/2 in row 1; accepted: a finite decimal"
