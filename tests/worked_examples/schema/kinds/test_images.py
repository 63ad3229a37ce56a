"""Image networks: random weights are trained, pretrained ones evaluated; every printed name and formula can be read."""

import re
from collections.abc import Callable

import pytest

from worked_examples import ImageExample, load
from worked_examples.loading import ROOT
from worked_examples.schema.kinds.images import LogTable

TRAINED = "dl-python/twolayer-backprop"
EVALUATED = "study-notes/mnist-inference"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            TRAINED,
            'data_set = "mnist"',
            'data_set = "minst"',
            "images.data_set: 'minst' is not a data set of images; accepted: fashion, mnist; did",
        ),
        (
            TRAINED,
            "[names]",
            '[[inference_settings]]\nname = "a"\nimages = "test"\ndivisor = "1"\nbatch_size = 1\n[names]',
            "random weights go with [training], pretrained weights with [[inference_settings]]",
        ),
        (TRAINED, 'loss = "loss of the batch"', "", "printed[0].text: 'loss' has no entry in [names]; known: iteration"),
        (TRAINED, 'loss = "loss of the batch"', 'loss = "lost"', "names.loss: 'lost' is not a quantity; accepted: accuracy, "),
        (
            TRAINED,
            "units = [784, 50, 10]",
            "units = [784, 50, 12]",
            "network.random.units: 12 at the end; accepted: 10, the classes of the images",
        ),
        (
            EVALUATED,
            "units = [784, 50, 100, 10]",
            "units = [784, 50, 100, 9]",
            "network.pretrained.units: 9 at the end; accepted: 10, the classes of the images",
        ),
        (
            TRAINED,
            '"softmax"]',
            '"sigmoid"]',
            "network: cross entropy needs probabilities: the last activation is sigmoid, not softmax",
        ),
        (
            TRAINED,
            "[network.random]",
            "[network.pretrained]",
            "network.pretrained: unknown key 'seed'; accepted: activations, biases, kernels, units",
        ),
        (TRAINED, '"iteration + 1"', '"iteration + a"', "printed[0].updates: 'a' in 'iteration + a' is unknown; accepted: "),
        (
            EVALUATED,
            'inference_setting = "test, raw, one by one"',
            'inference_setting = "raw"',
            "printed[0].inference_setting: 'raw' is not a name in [[inference_settings]]",
        ),
    ],
)
def test_a_bad_image_network_is_refused(refusal: Callable[..., str], name: str, old: str, new: str, message: str) -> None:
    """The message names the key and what is accepted."""
    assert refusal(name, old, new).startswith(message)


def test_a_log_row_begins_where_the_first_name_is_printed_again() -> None:
    """The scalars of each row, as printed."""
    example = load(ROOT / f"{TRAINED}.toml")
    assert isinstance(example, ImageExample)
    assert example.printed[0].lines[:2] == [
        {"iteration": "0", "loss": "2.29989748219"},
        {"iteration": "1", "loss": "2.29828420777"},
    ]


def test_layers_can_be_made_for_other_images() -> None:
    """With fewer pixels the first kernel has fewer rows, also where the weights of the example are pretrained."""
    for name, shapes in ((TRAINED, [(64, 50), (50, 10)]), (EVALUATED, [(64, 50), (50, 100), (100, 10)])):
        example = load(ROOT / f"{name}.toml")
        assert isinstance(example, ImageExample)
        assert [kernel.shape for kernel, _ in example.layers(64)] == shapes


def test_rows_of_a_log_are_plain_decimals() -> None:
    """Percent signs and commas between thousands are read; a fraction stays what it is."""
    table = LogTable(where="here", text="n = 1,000, accuracy = 92.50%\nn = 2,000, accuracy = 1/2")
    assert table.lines == [{"n": "1000", "accuracy": "0.9250"}, {"n": "2000", "accuracy": "1/2"}]


def test_a_fit_is_a_log() -> None:
    """Every epoch of a progress bar is a row."""
    bar = "4/4 [====] - 0s 2ms/step - loss: 0.{} - accuracy: 0.50"
    table = LogTable(where="here", text="\n".join(f"Epoch {epoch}/2\n{bar.format(9 - epoch)}" for epoch in (1, 2)))
    assert table.lines == [{"Epoch": "1", "loss": "0.8", "accuracy": "0.50"}, {"Epoch": "2", "loss": "0.7", "accuracy": "0.50"}]


def test_a_fraction_in_a_log_is_refused(refusal: Callable[..., str]) -> None:
    """Rows are computed with, and percentiles need decimals."""
    text = (ROOT / f"{TRAINED}.toml").read_text(encoding="utf-8")
    number = re.search(r"loss = ([0-9.]+)", text)
    assert number
    assert refusal(TRAINED, number[0], "loss = 1/2") == "printed[0].text: 'loss' is 1/2 in row 1; accepted: a finite decimal"
