"""The images of a session, and parameters for them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from adapters.schedule import minibatches, training_of
from verification.images import data
from verification.images.data import (
    DIGITS,
    available,
    images,
    initial,
    is_available,
    look_for_images,
    pretrained_parameters,
    scaled,
    stand_in,
    with_seed,
)
from verification.session import Session
from worked_examples import ImageExample
from worked_examples.datasets import sets
from worked_examples.errors import FixtureError, MissingDataError
from worked_examples.loading import ROOT

ImageExamples = Callable[[str], ImageExample]
INFERENCE, TRAINED = "study-notes/mnist-inference", "numpy-dnn/325_1"


def test_a_damaged_file_is_one_clear_error(tmp_path: Path) -> None:
    """A run with a truncated file ends before any test, with the file, what was found and what was expected."""
    folder = tmp_path / "mnist"
    folder.mkdir()
    for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        (folder / f"{name}-ubyte.gz").write_bytes(b"too short")
    command = [sys.executable, "-m", "pytest", "-q", "tests/test_worked_examples.py", f"--data={tmp_path}", "--engines=reference"]
    example = f"--examples=fixtures/{INFERENCE}.toml"
    done = subprocess.run([*command, example], cwd=ROOT.parent, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"ERROR: {folder / 'train-images-idx3-ubyte.gz'}: ")
    assert "9 bytes" in line
    assert "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609" in line


def test_a_session_loads_and_scales_a_set_once(session: Session) -> None:
    """The same objects are returned again; another session has its own."""
    assert images(session, DIGITS) is images(session, DIGITS)
    assert scaled(session, DIGITS, "test", "255") is scaled(session, DIGITS, "test", "255")
    assert images(Session(), DIGITS) is not images(session, DIGITS)


def test_digits_are_scaled_as_pixels_are(session: Session) -> None:
    """Where 255 becomes 1, so do the digits' 16; raw digits stay as they are."""
    assert scaled(session, DIGITS, "test", "255").x.max() == 1.0
    assert scaled(session, DIGITS, "test", "1").x.max() == 16.0


def test_a_network_of_784_pixels_runs_on_enlarged_digits(session: Session, image_example: ImageExamples) -> None:
    """One that is drawn for any number of pixels runs on the digits as they are."""
    names = {name: stand_in(image_example(name)) for name in ("ours/lenet", TRAINED, INFERENCE)}
    assert names == {"ours/lenet": "enlarged_digits", TRAINED: DIGITS, INFERENCE: DIGITS}
    assert scaled(session, "enlarged_digits", "test", "1").x.max() == 255.0


def test_images_are_looked_for_and_downloaded_once(
    monkeypatch: pytest.MonkeyPatch, session: Session, image_example: ImageExamples
) -> None:
    """Two examples need one set: one download, whose failure is what is said of the missing images from then on."""
    tried: list[str] = []

    def fails(name: str) -> str:
        tried.append(name)
        return "no network"

    def missing(name: str, *given: object) -> None:
        raise MissingDataError(f"{name}: {given[-1] if given else None}")

    monkeypatch.setattr(data, "fetch", fails)
    monkeypatch.setattr(data, "load", missing)
    monkeypatch.setattr(data, "pretrained", missing)
    look_for_images(session, [image_example(INFERENCE), image_example(TRAINED)])
    assert tried == ["mnist"]
    with pytest.raises(MissingDataError, match="mnist: no network"):
        available(session, image_example(TRAINED))
    assert not is_available(session, image_example(TRAINED))


def test_images_and_pretrained_parameters_are_both_needed(
    monkeypatch: pytest.MonkeyPatch, session: Session, image_example: ImageExamples
) -> None:
    """Images alone are enough for a training, and not for a pretrained network."""

    def missing(_: object) -> None:
        raise MissingDataError("no weights")

    monkeypatch.setattr(data, "load", lambda *_: sets.load(DIGITS))
    monkeypatch.setattr(data, "pretrained", missing)
    assert is_available(session, image_example(TRAINED))
    assert not is_available(session, image_example(INFERENCE))


def test_initial_parameters_are_those_of_the_fixture_s_seed(image_example: ImageExamples) -> None:
    """One pair a layer, the first kernel with a row an input."""
    (kernel, bias, *_), *_, (last, *_) = initial(image_example(TRAINED), 64)
    assert kernel.shape == (64, len(bias))
    assert last.shape[1] == 10


def test_a_seed_changes_weights_and_order(image_example: ImageExamples) -> None:
    """Another seed is another run; the first is the fixture's own."""
    example = image_example(TRAINED)
    assert with_seed(example, 1) == example
    other = with_seed(example, 2)
    assert not np.array_equal(initial(other, 64)[0].kernel, initial(example, 64)[0].kernel)
    assert not np.array_equal(minibatches(training_of(other), 100, 5), minibatches(training_of(example), 100, 5))


def test_nothing_of_a_pretrained_network_is_random(image_example: ImageExamples) -> None:
    """It has no seed to change."""
    with pytest.raises(ValueError, match=f"{INFERENCE} has no random training"):
        with_seed(image_example(INFERENCE), 2)


def test_pretrained_parameters_are_read_by_the_fixture_s_keys(
    monkeypatch: pytest.MonkeyPatch, session: Session, image_example: ImageExamples
) -> None:
    """Each kernel goes with its bias, in float64, whatever the file's type."""
    tables, layers = image_example(INFERENCE).written["layers"], initial(image_example(INFERENCE), 64)
    shapes = [(of["kernel"], layer.kernel.shape) for of, layer in zip(tables, layers, strict=True)]
    kernels = {name: np.full(shape, at, np.float32) for at, (name, shape) in enumerate(shapes)}
    biases = {of["bias"]: np.full(of["units"], at + len(layers), np.float32) for at, of in enumerate(tables)}
    arrays = kernels | biases
    monkeypatch.setattr(data, "load", lambda *_: sets.load(DIGITS))
    monkeypatch.setattr(data, "pretrained", lambda _: arrays)
    parameters = pretrained_parameters(session, image_example(INFERENCE))
    assert [(pair.kernel[0, 0], pair.bias[0]) for pair in parameters] == [(at, at + 3) for at in range(3)]
    assert {array.dtype for pair in parameters for array in pair} == {np.dtype("float64")}
    arrays["b3"] = np.ones(9)
    message = r"network.layers\[2\].bias: 'b3' has the shape \[9\]; accepted for these inputs: \[10\], from sample_weight.pkl$"
    with pytest.raises(FixtureError, match=message):
        pretrained_parameters(session, image_example(INFERENCE))
    del arrays["b2"]
    with pytest.raises(FixtureError) as raised:
        pretrained_parameters(session, image_example(INFERENCE))
    of_file = f"{image_example(INFERENCE).file}: network.layers[1].bias: 'b2' names no array; "
    assert str(raised.value).startswith(of_file)
    assert str(raised.value).endswith(", from sample_weight.pkl")


def test_a_network_that_is_not_pretrained_has_no_pretrained_parameters(session: Session, image_example: ImageExamples) -> None:
    """The error names the example."""
    with pytest.raises(ValueError, match=f"{TRAINED} has no pretrained network"):
        pretrained_parameters(session, image_example(TRAINED))
