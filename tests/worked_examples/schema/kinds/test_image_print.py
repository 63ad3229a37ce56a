"""What a table prints of one image: of a setting that names it, in the shape of outputs or of a label."""

from collections.abc import Callable

import pytest

from worked_examples import ImageExample, load
from worked_examples.loading import ROOT

PRETRAINED, TRAINED = "dl-python/mnist-pretrained", "dl-python/twolayer-backprop"
SETTING = "training, scaled, in batches of 10; of image 15313"
OUTPUTS = "y = [1.41822547e-05 2.35181437e-06 1.51875982e-04 3.35034133e-06]"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            PRETRAINED,
            "image = 15313",
            "image = 60000",
            "inference_settings[2].image: 60000; accepted: 0 to 59999, one of the 60,000 training images",
        ),
        (
            PRETRAINED,
            'images = "training"\ndivisor = "255"\nbatch_size = 10\n',
            'images = "test"\ndivisor = "255"\nbatch_size = 10\n',
            "inference_settings[2].image: 15313; accepted: 0 to 9999, one of the 10,000 test images",
        ),
        (
            PRETRAINED,
            "image = 15313",
            "",
            f"printed[5].inference_setting: '{SETTING}' names no image, whose label 'label' is; "
            "write image = N in it, counted from 0",
        ),
        (
            PRETRAINED,
            f'inference_setting = "{SETTING}"',
            "",
            "printed[5].inference_setting: missing; 'label' is the label of the image of one of training, scaled, one by one, "
            "training, scaled, in batches of 100, training, scaled, in batches of 10; of image 15313, training, raw, one by one, "
            "training, raw, in batches of 100, test, scaled, one by one, test, scaled, in batches of 100, test, raw, one by one, "
            "test, raw, in batches of 100",
        ),
        (
            PRETRAINED,
            OUTPUTS,
            "y = 1.41822547e-05",
            "printed[5].text: 'y' is a single number; accepted: the outputs of one image, a list of at most 10",
        ),
        (
            PRETRAINED,
            OUTPUTS,
            "y = [[1.41822547e-05 2.35181437e-06]]",
            "printed[5].text: 'y' is a matrix; accepted: the outputs of one image, a list of at most 10",
        ),
        (
            PRETRAINED,
            OUTPUTS,
            "y = [1 2 3 4 5 6 7 8 9 10 11]",
            "printed[5].text: 'y' is 11 numbers; accepted: the outputs of one image, a list of at most 10",
        ),
        (
            PRETRAINED,
            "guess = 4",
            "guess = [4 5]",
            "printed[5].text: 'guess' is not a single number; accepted: the predicted label of one image",
        ),
        (
            PRETRAINED,
            'arithmetic = "float32"',
            'arithmetic = "rounded chain"',
            "printed[5].arithmetic: 'rounded chain'; accepted for 'label', of one image: exact, float64, float32",
        ),
        (
            PRETRAINED,
            'units = 100, activation = "sigmoid"',
            'layout = "(out, in)", units = 100, activation = "sigmoid"',
            "printed[5].arithmetic: 'float32'; accepted for 'label', of one image: exact",
        ),
        (
            TRAINED,
            'loss = "loss of the batch"',
            'loss = "output"',
            "log[0].text: 'loss' is the output of one image; accepted in an example with [[inference_settings]]",
        ),
    ],
)
def test_numbers_of_no_known_image_are_refused(refusal: Callable[..., str], name: str, old: str, new: str, message: str) -> None:
    """The message names the key and what to write."""
    assert refusal(name, old, new) == message


def test_a_negative_number_of_an_image_is_refused(refusal: Callable[..., str]) -> None:
    """Images are counted from 0."""
    assert refusal(PRETRAINED, "image = 15313", "image = -1") == (
        "inference_settings[2].image: Input should be greater than or equal to 0; found -1"
    )


def test_the_outputs_of_an_image_are_read_from_the_first_on() -> None:
    """Four of ten may be printed."""
    example = load(ROOT / f"{PRETRAINED}.toml")
    assert isinstance(example, ImageExample)
    (outputs,) = (item.values for block in example.printed for item in block.items if item.name == "y")
    assert outputs == ["1.41822547e-05", "2.35181437e-06", "1.51875982e-04", "3.35034133e-06"]
